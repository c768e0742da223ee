import { type EmulatedResponse, type IncomingRequest, isObject, parsed } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import type { AssetStore } from './asset-store.ts'
import { failure, success } from './envelope.ts'
import { badRequest } from './merge-patch.ts'
import { formOf } from './upload-form.ts'

/** Begins a session for the assets of a Worker; authorization is settled before. */
export function beginAssets(assets: AssetStore, call: IncomingRequest): EmulatedResponse {
  const body = parsed(call.body)
  const manifest = isObject(body) && isObject(body.manifest) ? Object.entries(body.manifest) : undefined
  if (!manifest) return badRequest('manifest must be an object')
  const hashes = manifest.map(([path, about]) => [path, isObject(about) ? String(about.hash) : ''])
  const { jwt, missing } = assets.begin(Object.fromEntries(hashes))
  return success(200, { jwt, buckets: missing.length > 0 ? [missing] : [] })
}

/** The calls that come with a session's own token instead of an API token. */
export async function assetCall(
  assets: AssetStore,
  { operation }: Route,
  call: IncomingRequest,
): Promise<EmulatedResponse> {
  const jwt = call.headers.authorization?.replace(/^Bearer /, '') ?? ''
  if (!assets.knows(jwt)) return failure(403, [{ code: 8000013, message: 'Authorization failed' }])
  if (operation === 'assets-upload') {
    const form = [...((await formOf(call)) ?? [])]
    const contents = await Promise.all(form.map(async ([hash, part]) => [hash, await textOf(part)] as const))
    return success(200, { jwt: assets.put(jwt, contents) })
  }
  const body = parsed(call.body)
  if (operation === 'pages-assets-upload') {
    const files = [body].flat().filter(isObject)
    assets.put(
      jwt,
      files.map(({ key, value }) => [String(key), String(value)]),
    )
    return success(200, { successful_key_count: files.length, unsuccessful_keys: [] })
  }
  const hashes = isObject(body) && Array.isArray(body.hashes) ? body.hashes.map(String) : []
  return success(200, operation === 'pages-check-missing' ? assets.missing(hashes) : null)
}

async function textOf(part: string | Blob): Promise<string> {
  return typeof part === 'string' ? part : part.text()
}
