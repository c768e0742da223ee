import { type EmulatedResponse, type IncomingRequest, isObject, parsed } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import { failure, success } from './envelope.ts'
import { badRequest, mergePatch, noMergePatch } from './merge-patch.ts'
import type { StoredWorker, WorkerStore } from './worker-store.ts'

/** What one request may create, change and delete. */
const MOST_OPERATIONS = 100

/** The calls on one Worker's secrets and Previews base configuration; authorization is settled before. */
export function workerCall(
  store: WorkerStore,
  { operation, params }: Route,
  call: IncomingRequest,
): EmulatedResponse {
  const { account = '', worker: name = '' } = params
  const worker = store.get(account, name)
  if (!worker) return unknownWorker()
  if (operation === 'worker-secrets') return success(200, Object.keys(worker.secrets).map(describedSecret))
  if (operation === 'worker') return success(200, described(worker))
  const refused = noMergePatch(call)
  if (refused) return refused
  const patch = parsed(call.body)
  const changed = operation === 'worker-secrets-bulk' ? withSecrets(worker, patch) : withBase(worker, patch)
  if ('status' in changed) return changed
  store.set(account, name, changed)
  if (operation === 'worker-patch') return success(200, described(changed))
  const secrets = Object.keys(changed.secrets).map(secret => [secret, describedSecret(secret)])
  return success(200, Object.fromEntries(secrets))
}

function unknownWorker(): EmulatedResponse {
  return failure(404, [{ code: 10007, message: 'This Worker does not exist on your account.' }])
}

function describedSecret(name: string): Record<string, string> {
  return { name, type: 'secret_text' }
}

/** All of a patch of secrets is done, or nothing. It makes a version of its own, which is deployed at once. */
function withSecrets(worker: StoredWorker, patch: unknown): StoredWorker | EmulatedResponse {
  const secrets = isObject(patch) && isObject(patch.secrets) ? patch.secrets : undefined
  if (!secrets) return badRequest('secrets must be an object')
  const operations = Object.entries(secrets)
  if (operations.length > MOST_OPERATIONS)
    return badRequest(`A request may have at most ${MOST_OPERATIONS} operations`)
  if (!worker.isLatestDeployed) return notDeployed()
  const kept = new Map(Object.entries(worker.secrets))
  for (const [name, secret] of operations) {
    if (worker.vars.includes(name)) return nameInUse(name)
    if (secret === null) kept.delete(name)
    else if (isSecret(secret) && secret.name === name) kept.set(name, secret.text)
    else return badRequest(`secrets.${name} must have its name, the type secret_text, and a text`)
  }
  return { ...worker, secrets: Object.fromEntries(kept) }
}

function isSecret(value: unknown): value is { name?: unknown; text: string } {
  return isObject(value) && value.type === 'secret_text' && typeof value.text === 'string'
}

function notDeployed(): EmulatedResponse {
  const message =
    "Secret edit failed. You attempted to modify a secret, but the latest version of your Worker isn't currently deployed."
  return failure(400, [{ code: 10215, message }])
}

function nameInUse(name: string): EmulatedResponse {
  const message = `Binding name '${name}' already in use. Please use a different name and try again.`
  return failure(400, [{ code: 10053, message }])
}

/** Only the member previews_base_config can be changed here. */
function withBase(worker: StoredWorker, patch: unknown): StoredWorker | EmulatedResponse {
  const base = isObject(patch) ? patch.previews_base_config : undefined
  if (base === undefined) return worker
  const merged = mergePatch(worker.previewsBaseConfig, base)
  const env = isObject(merged) ? merged.env : undefined
  for (const [name, value] of Object.entries(isObject(env) ? env : {})) {
    if (
      !isObject(value) ||
      typeof value.type !== 'string' ||
      (value.type === 'secret_text' && !isSecret(value))
    )
      return badRequest(`previews_base_config.env.${name} must have a type and what belongs to it`)
  }
  return { ...worker, previewsBaseConfig: merged === null ? undefined : merged }
}

function described({ id, name, previewsBaseConfig }: StoredWorker): Record<string, unknown> {
  const shown =
    previewsBaseConfig === undefined ? {} : { previews_base_config: withoutValues(previewsBaseConfig) }
  const subdomain = { enabled: true, previews_enabled: true }
  return { id, name, subdomain, logpush: false, tags: [], tail_consumers: [], ...shown }
}

/** A base configuration as Cloudflare shows it: the values of secrets left out. */
function withoutValues(base: unknown): unknown {
  if (!isObject(base) || !isObject(base.env)) return base
  const env = Object.entries(base.env).map(([name, value]) => [
    name,
    isSecret(value) ? { type: 'secret_text' } : value,
  ])
  return { ...base, env: Object.fromEntries(env) }
}
