import { RequestError } from '../http/error.ts'
import { isObject } from '../http/json.ts'
import { missingPermissionHint } from './hints.ts'
import type { AccountClient } from './keys.ts'
import { type ApiRequest, requestAndRead } from './request.ts'
import { type ApiResponse, unexpectedResponseError } from './response.ts'

/** Secrets of a Worker: its own, or those of its Previews base configuration, which each new preview starts with. */
export interface WorkerOrPreviews {
  readonly worker: string
  readonly kind: 'worker' | 'worker-previews'
}

const WORKER_NOT_FOUND: readonly number[] = [10007, 10090]
const MERGE_PATCH = 'application/merge-patch+json'

/** Where they are, in words: `the secrets of the Worker "app"`. */
export const describeSecrets = ({ worker, kind }: WorkerOrPreviews): string =>
  kind === 'worker'
    ? `the secrets of the Worker "${worker}"`
    : `the Previews base configuration of the Worker "${worker}"`

/**
 * Lists the names of the secrets. Nobody can read their values.
 * https://developers.cloudflare.com/api/resources/workers/subresources/scripts/subresources/secrets/methods/list/
 * https://developers.cloudflare.com/api/resources/workers/subresources/beta/subresources/workers/methods/get/
 * @returns undefined when there is no such Worker in the account
 * @throws RequestError
 */
export async function listSecretNames(
  account: AccountClient,
  secrets: WorkerOrPreviews,
): Promise<readonly string[] | undefined> {
  const { isOwn, path } = locate(account, secrets)
  const list: ApiRequest = { operation: `read ${describeSecrets(secrets)}`, method: 'GET', path }
  try {
    return await requestAndRead(
      account,
      isOwn ? { ...list, path: `${path}/secrets` } : list,
      isOwn ? readOwn : readBase,
    )
  } catch (error) {
    if (error instanceof RequestError && error.codes.some(code => WORKER_NOT_FOUND.includes(code))) return undefined
    throw withPermissionHint(error)
  }
}

/**
 * Changes secrets, all of them or none: a text is a secret's new value, null removes it, and others stay as they are.
 * The Worker's own are deployed at once. As a merge patch (RFC 7396) it does no harm when it is sent twice.
 * https://developers.cloudflare.com/changelog/post/2026-06-03-bulk-secrets-api/
 * https://developers.cloudflare.com/api/resources/workers/subresources/beta/subresources/workers/methods/edit/
 * @throws RequestError
 */
export async function patchSecrets(
  account: AccountClient,
  secrets: WorkerOrPreviews,
  values: Readonly<Record<string, string | null>>,
): Promise<void> {
  const { isOwn, path } = locate(account, secrets)
  const entries = Object.entries(values).map(([name, text]) => {
    const secret = { ...(isOwn && { name }), type: 'secret_text', text }
    return [name, text === null ? null : secret] as const
  })
  const patch = Object.fromEntries(entries)
  const change: ApiRequest = {
    operation: `change ${describeSecrets(secrets)}`,
    method: 'PATCH',
    path: isOwn ? `${path}/secrets-bulk` : path,
    contentType: MERGE_PATCH,
    body: isOwn ? { secrets: patch } : { previews_base_config: { env: patch } },
  }
  try {
    await requestAndRead(account, change, checkSuccess)
  } catch (error) {
    throw withPermissionHint(error)
  }
}

function locate({ accountId }: AccountClient, { worker, kind }: WorkerOrPreviews): { isOwn: boolean; path: string } {
  const isOwn = kind === 'worker'
  return { isOwn, path: `/accounts/${accountId}/workers/${isOwn ? 'scripts' : 'workers'}/${worker}` }
}

function readOwn(response: ApiResponse): readonly string[] {
  const { json } = response
  const result = json?.success === true ? (json.result ?? []) : json?.result
  if (!Array.isArray(result)) throw unexpectedResponseError(response, 'the response has no list of secrets')
  return result.flatMap((secret: unknown) => (isSecret(secret) && typeof secret.name === 'string' ? secret.name : []))
}

function readBase(response: ApiResponse): readonly string[] {
  const { result } = response.json ?? {}
  if (!isObject(result)) throw unexpectedResponseError(response, 'the response has no Worker')
  const { env } = isObject(result.previews_base_config) ? result.previews_base_config : {}
  return Object.entries(isObject(env) ? env : {}).flatMap(([name, binding]) => (isSecret(binding) ? name : []))
}

const isSecret = (value: unknown): value is { name?: unknown } => isObject(value) && value.type === 'secret_text'

function checkSuccess(response: ApiResponse): void {
  if (response.json?.success !== true) {
    throw unexpectedResponseError(response, 'the response does not say that they were changed')
  }
}

/** The same codes are given for keys, where another permission is missing. */
function withPermissionHint(error: unknown): unknown {
  if (!(error instanceof RequestError) || !error.isPermissionRefused) return error
  return error.withHint(missingPermissionHint('Workers Scripts: Edit, beside Calls Write,'))
}
