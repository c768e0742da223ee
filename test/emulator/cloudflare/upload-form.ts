import { type IncomingRequest, isObject, parsed } from '../emulated-response.ts'
import type { AssetStore } from './asset-store.ts'
import type { Code } from './worker-store.ts'

/** The code and the metadata of a form that Wrangler uploads. */
export interface UploadForm {
  readonly metadata: Readonly<Record<string, unknown>>
  readonly code: Code
}

/** Reads a multipart form: `metadata` is JSON, every other part a module or a source map. Undefined when it is none. */
export async function readUpload(call: IncomingRequest, assets: AssetStore): Promise<UploadForm | undefined> {
  const form = await formOf(call)
  const metadata = parsed(String(form?.get('metadata') ?? ''))
  if (!form || !isObject(metadata)) return undefined
  const modules: Record<string, string> = {}
  for (const [, part] of form) if (typeof part === 'object') modules[part.name] = await part.text()
  const jwt = isObject(metadata.assets) ? metadata.assets.jwt : undefined
  const files = typeof jwt === 'string' ? assets.filesOf(jwt) : {}
  return (
    files && { metadata, code: { mainModule: String(metadata.main_module ?? ''), modules, assets: files } }
  )
}

/** The parts of a multipart form; undefined when it is none, or a broken one. */
export async function formOf({ headers, body }: IncomingRequest): Promise<FormData | undefined> {
  const type = headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return undefined
  return new Response(body, { headers: { 'content-type': type } }).formData().catch(() => undefined)
}
