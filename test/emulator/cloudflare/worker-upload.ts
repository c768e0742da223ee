import { type IncomingRequest, isObject, parsed } from '../emulated-response.ts'
import type { StoredWorker } from './worker-store.ts'

/**
 * What an upload makes of a Worker: its bindings replace what was there, secrets only where the upload does not ask to
 * keep them. It is deployed at once.
 */
export function uploaded(
  { body }: IncomingRequest,
  worker: StoredWorker | undefined,
): Partial<StoredWorker> | undefined {
  const metadata = parsed(/name="metadata"\r\n\r\n(.*?)\r\n--/s.exec(body)?.[1] ?? '')
  if (!isObject(metadata)) return undefined
  const { bindings, keep_bindings: kept } = metadata
  const vars = [bindings].flat().flatMap(binding => (isObject(binding) ? [String(binding.name)] : []))
  const keepsSecrets = [kept].flat().includes('secret_text')
  return { vars, secrets: keepsSecrets ? (worker?.secrets ?? {}) : {}, isLatestDeployed: true }
}
