import { randomUUID } from 'node:crypto'
import { type EmulatedResponse, type IncomingRequest, isObject, parsed } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import type { AssetStore } from './asset-store.ts'
import { failure, success } from './envelope.ts'
import { badRequest } from './merge-patch.ts'
import { readUpload, type UploadForm } from './upload-form.ts'
import type { StoredWorker, WorkerStore } from './worker-store.ts'

/** The calls of `wrangler deploy`; authorization is settled before. */
export async function deployCall(
  store: WorkerStore,
  assets: AssetStore,
  { operation, params }: Route,
  call: IncomingRequest,
): Promise<EmulatedResponse> {
  const { account = '', worker: name = '' } = params
  const worker = store.get(account, name)
  if (operation === 'worker-subdomain') return success(200, { subdomain: 'octo' })
  if (operation === 'worker-create') return createWorker(store, account, call)
  if (operation === 'worker-upload' || operation === 'worker-version') {
    const upload = await readUpload(call, assets)
    if (!upload) return badRequest('No metadata')
    store.set(account, name, { ...changes(worker, upload), isLatestDeployed: operation === 'worker-upload' })
    return success(200, describedVersion())
  }
  if (!worker) return unknown(operation)
  if (operation === 'worker-deploy') store.set(account, name, { isLatestDeployed: true })
  return success(200, shown(operation, worker))
}

/** An upload replaces what was there, secrets only where it does not ask to keep them. */
function changes(worker: StoredWorker | undefined, { metadata, code }: UploadForm): Partial<StoredWorker> {
  const { bindings, keep_bindings: kept } = metadata
  const keepsSecrets = [kept].flat().includes('secret_text')
  const secrets: Record<string, string> = keepsSecrets ? { ...worker?.secrets } : {}
  const vars: string[] = []
  for (const binding of [bindings].flat().filter(isObject)) {
    const { name, type, text } = binding
    if (type === 'secret_text') secrets[String(name)] = String(text)
    else if (type !== 'inherit') vars.push(String(name))
  }
  return { code, secrets, vars }
}

function createWorker(store: WorkerStore, account: string, call: IncomingRequest): EmulatedResponse {
  const body = parsed(call.body)
  if (!isObject(body) || typeof body.name !== 'string') return badRequest('name must be a string')
  const { id, name } = store.set(account, body.name)
  return success(200, { id, name })
}

function describedVersion(): Record<string, unknown> {
  const id = randomUUID()
  return {
    id,
    deployment_id: id.replaceAll('-', ''),
    startup_time_ms: 4,
    resources: { script: { etag: id } },
  }
}

/** The older paths have words of their own for a Worker that does not exist. */
function unknown(operation: Route['operation']): EmulatedResponse {
  if (operation === 'worker-service')
    return failure(404, [{ code: 10090, message: 'workers.api.error.service_not_found' }])
  return failure(404, [{ code: 10007, message: 'This Worker does not exist on your account.' }])
}

function shown(operation: Route['operation'], worker: StoredWorker): unknown {
  if (operation === 'worker-service') {
    const script = { id: worker.name, tag: worker.id, tags: [], last_deployed_from: 'wrangler' }
    return { id: worker.name, default_environment: { environment: 'production', script } }
  }
  if (operation === 'worker-deployments')
    return { deployments: [{ id: randomUUID(), source: 'wrangler', versions: [] }] }
  if (operation === 'worker-bindings') return { bindings: [] }
  if (operation === 'worker-own-subdomain') return { enabled: true, previews_enabled: true }
  return {}
}
