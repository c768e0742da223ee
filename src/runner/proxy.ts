import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { mask } from './secrets.ts'

/**
 * The way to the network: through the proxy that https_proxy, http_proxy and no_proxy name (either case), or straight.
 * A password in a proxy's URL is masked. HTTP/2 is off: it multiplexes, and so blurs which request was sent.
 * @throws Error when a proxy's URL cannot be read.
 */
export function openDispatcher(env: NodeJS.ProcessEnv): Dispatcher {
  const httpProxy = proxyUrl(env, 'http_proxy')
  const httpsProxy = proxyUrl(env, 'https_proxy')
  if (!httpProxy && !httpsProxy) return new Agent({ allowH2: false })
  return new EnvHttpProxyAgent({ allowH2: false, httpProxy, httpsProxy, noProxy: read(env, 'no_proxy') })
}

function proxyUrl(env: NodeJS.ProcessEnv, name: string): string {
  const value = read(env, name)
  if (value === '') return ''
  // curl takes a proxy without a scheme for an HTTP proxy; undici refuses it.
  const written = value.includes('://') ? value : `http://${value}`
  const password = /:\/\/[^/@]*?:(.*)@/.exec(written)?.[1] ?? ''
  mask(password)
  if (!URL.canParse(written))
    throw new Error(`The environment variable ${name} is not a URL: write http://host:port.`)
  mask(decode(new URL(written).password))
  return written
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
