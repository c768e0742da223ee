import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { mask } from './secrets.ts'

/** Milliseconds for the TCP handshake with each address of a host; Node's own 250 are too few for a slow network. */
const CONNECT_ATTEMPT_MS = 2500
/** Milliseconds for a connection in all. */
const CONNECT_TIMEOUT_MS = 15_000
/** A shorter password would mask parts of every uid. */
const MIN_MASKED_LENGTH = 4

/**
 * The dispatcher for every request: through the proxy that https_proxy names unless no_proxy excludes the host (either
 * case). http is for loopback, and never goes through a proxy. HTTP/2 is off: it multiplexes, and so blurs which request
 * was sent. A password in the proxy's URL is masked.
 * @throws Error when the proxy's URL is malformed.
 */
export function createDispatcher(env: NodeJS.ProcessEnv): Dispatcher {
  setDefaultAutoSelectFamilyAttemptTimeout(CONNECT_ATTEMPT_MS)
  const options = { allowH2: false, connect: { timeout: CONNECT_TIMEOUT_MS } }
  const httpsProxy = proxyUrl(read(env, 'https_proxy'))
  if (!httpsProxy) return new Agent(options)
  return new EnvHttpProxyAgent({ ...options, httpProxy: '', httpsProxy, noProxy: read(env, 'no_proxy') })
}

function proxyUrl(value: string): string {
  if (value === '') return ''
  // curl takes a proxy without a scheme for an HTTP proxy, and a lone % literally; undici refuses both.
  const url = (value.includes('://') ? value : `http://${value}`).replace(/%(?![0-9a-f]{2})/gi, '%25')
  const password = /:\/\/[^/@]*?:(.*)@/.exec(value)?.[1] ?? ''
  maskPassword(password)
  if (!URL.canParse(url)) throw new Error('The environment variable https_proxy is not a URL: write http://host:port.')
  maskPassword(new URL(url).password)
  return url
}

function maskPassword(password: string): void {
  for (const form of [password, decode(password)]) if (form.length >= MIN_MASKED_LENGTH) mask(form)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function read(env: NodeJS.ProcessEnv, name: string): string {
  return env[name] ?? env[name.toUpperCase()] ?? ''
}
