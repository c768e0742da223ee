import type { ServiceResponse } from './request.ts'
import type { Trial } from './trial.ts'

const MERGE_PATCH = 'application/merge-patch+json'

/** The path of a Worker: as a script, which has secrets, or as a Worker, which has a Previews base configuration. */
export function workerPath(
  { settings }: Trial,
  kind: 'scripts' | 'workers',
  worker = settings.worker,
): string {
  return `/accounts/${settings.accountId}/workers/${kind}/${worker}`
}

/** Writes and removes secrets of the Worker: null removes one. */
export function patchSecrets(
  trial: Trial,
  values: Readonly<Record<string, string | null>>,
  worker?: string,
): Promise<ServiceResponse> {
  const secrets = Object.entries(values).map(([name, text]) => [
    name,
    text === null ? null : { name, type: 'secret_text', text },
  ])
  const body = { secrets: Object.fromEntries(secrets) }
  const path = `${workerPath(trial, 'scripts', worker)}/secrets-bulk`
  return trial.api('PATCH', path, { body, contentType: MERGE_PATCH })
}

/** The same for the secrets of its Previews base configuration. */
export function patchBase(
  trial: Trial,
  values: Readonly<Record<string, string | null>>,
): Promise<ServiceResponse> {
  const env = Object.entries(values).map(([name, text]) => [
    name,
    text === null ? null : { type: 'secret_text', text },
  ])
  const body = { previews_base_config: { env: Object.fromEntries(env) } }
  return trial.api('PATCH', workerPath(trial, 'workers'), { body, contentType: MERGE_PATCH })
}
