import { randomBytes } from 'node:crypto'
import { type EmulatedResponse, type IncomingRequest, isObject, parsed } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import type { AssetStore } from './asset-store.ts'
import { failure, success } from './envelope.ts'
import { badRequest } from './merge-patch.ts'
import { readUpload } from './upload-form.ts'
import type { StoredPreview, StoredWorker, WorkerStore } from './worker-store.ts'

type Env = Readonly<Record<string, unknown>>

/** What the previews of an account are called by. */
const DOMAIN = 'octo.workers.dev'

/** The calls on one Worker's previews, in the order in which Wrangler makes them; authorization is settled before. */
export async function previewCall(
  store: WorkerStore,
  assets: AssetStore,
  { operation, params }: Route,
  call: IncomingRequest,
): Promise<EmulatedResponse> {
  const { account = '', worker: workerName = '', preview: wanted = '' } = params
  const worker = store.get(account, workerName)
  if (!worker) return failure(404, [{ code: 10007, message: 'This Worker does not exist on your account.' }])
  const keep = (previews: readonly StoredPreview[]): unknown => store.set(account, workerName, { previews })
  if (operation === 'worker-preview-create') return create(worker, call, keep)
  const preview = worker.previews.find(({ id, name }) => id === wanted || name === wanted)
  if (!preview) return failure(404, [{ code: 10025, message: 'Preview not found.' }])
  const others = worker.previews.filter(other => other !== preview)
  if (operation === 'worker-preview-delete') {
    keep(others)
    return success(200, null)
  }
  if (operation === 'worker-preview-deploy') {
    const upload = await readUpload(call, assets)
    if (!upload) return badRequest('No metadata')
    const env = envOf(preview, upload.metadata.env)
    if (typeof env === 'string') return badRequest(`Cannot inherit ${env}: the latest deployment has none`)
    const deployed = { ...preview, deployment: { code: upload.code, env } }
    keep([...others, deployed])
    return success(200, describedDeployment(worker, deployed))
  }
  if (operation !== 'worker-preview-deployment') return success(200, described(worker, preview))
  if (preview.deployment) return success(200, describedDeployment(worker, preview))
  return failure(404, [{ code: 10222, message: 'Preview deployment not found.' }])
}

/** A preview begins with the base configuration's environment, unless that is not wanted. */
function create(
  worker: StoredWorker,
  call: IncomingRequest,
  keep: (previews: readonly StoredPreview[]) => unknown,
): EmulatedResponse {
  const body = parsed(call.body)
  if (!isObject(body) || typeof body.name !== 'string') return badRequest('name must be a string')
  if (worker.previews.some(({ name }) => name === body.name))
    return failure(409, [{ code: 10026, message: 'A preview of this name exists.' }])
  const config = call.path.endsWith('?ignore_base_config=true') ? undefined : worker.previewsBaseConfig
  const base = isObject(config) && isObject(config.env) ? config.env : {}
  const preview = { id: randomBytes(16).toString('hex'), name: body.name, base }
  keep([...worker.previews, preview])
  return success(200, described(worker, preview))
}

/**
 * The environment of a new deployment: what the preview began with, for the first one, and what the upload says, which
 * may name something to take from the one before. A text is the name of something that is not there to be taken.
 */
function envOf({ base, deployment }: StoredPreview, wanted: unknown): Env | string {
  const env: Record<string, unknown> = deployment ? {} : { ...base }
  for (const [name, binding] of Object.entries(isObject(wanted) ? wanted : {})) {
    const isInherited = isObject(binding) && binding.type === 'inherit'
    if (isInherited && deployment?.env[name] === undefined) return name
    env[name] = isInherited ? deployment?.env[name] : binding
  }
  return env
}

function described(worker: StoredWorker, { id, name }: StoredPreview): Record<string, unknown> {
  return { id, name, slug: name, urls: [`https://${name}-${worker.name}.${DOMAIN}`] }
}

/** The values of secrets are never given back. */
function describedDeployment(worker: StoredWorker, preview: StoredPreview): Record<string, unknown> {
  const env = Object.entries(preview.deployment?.env ?? {}).map(([name, binding]) => [
    name,
    isObject(binding) && binding.type === 'secret_text' ? { type: 'secret_text' } : binding,
  ])
  const urls = [`https://${preview.id.slice(0, 8)}-${worker.name}.${DOMAIN}`]
  return { id: preview.id, env: Object.fromEntries(env), urls }
}
