import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { HANDSHAKE_TIMEOUT_MS } from './time.ts'

// What sends a request is loaded with it.
export { sendOnce } from './send-once.ts'

/** Milliseconds for a connection in all. */
const CONNECT_TIMEOUT_MS = 15_000

/** A dispatcher. HTTP/2 is off: it multiplexes, and so blurs which request was sent. Only to be loaded with import(). */
export function createDispatcher(httpsProxy: string, noProxy: string): Dispatcher {
  setDefaultAutoSelectFamilyAttemptTimeout(HANDSHAKE_TIMEOUT_MS)
  const options = { allowH2: false, connect: { timeout: CONNECT_TIMEOUT_MS } }
  if (!httpsProxy) return new Agent(options)
  return new EnvHttpProxyAgent({ ...options, connectTimeout: CONNECT_TIMEOUT_MS, httpProxy: '', httpsProxy, noProxy })
}
