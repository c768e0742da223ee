import type { Dispatcher } from 'undici'
import { maskUnlessShort } from './secrets.ts'

/**
 * A function that loads the dispatcher for every request, once: through the proxy that https_proxy names unless no_proxy
 * excludes the host (either case). http is for loopback, and never goes through a proxy. A password in the proxy's URL is
 * masked at once.
 * @throws Error when the proxy's URL is malformed, or not one of http or https.
 */
export function dispatcherLoader(env: NodeJS.ProcessEnv): () => Promise<Dispatcher> {
  const [httpsProxy, noProxy] = [readProxyUrl(env), env[nameIn(env, 'no_proxy')] ?? '']
  const load = async () => (await import('../http/dispatcher.ts')).createDispatcher(httpsProxy, noProxy)
  let dispatcher: Promise<Dispatcher> | undefined
  return () => (dispatcher ??= load())
}

function readProxyUrl(env: NodeJS.ProcessEnv): string {
  const variable = nameIn(env, 'https_proxy')
  const value = env[variable] ?? ''
  if (value === '') return ''
  // curl takes a proxy without a scheme for an HTTP proxy, and a lone % literally; undici refuses both.
  const text = (value.includes('://') ? value : `http://${value}`).replace(/%(?![0-9a-f]{2})/gi, '%25')
  const password = /:\/\/[^/@]*?:(.*)@/.exec(value)?.[1] ?? ''
  maskPassword(password)
  const url = URL.parse(text)
  if (!url) throw new Error(`The environment variable ${variable} is not a URL: write http://host:port.`)
  maskPassword(url.password)
  if (decode(url.username) === undefined || decode(url.password) === undefined) {
    throw new Error(
      `The environment variable ${variable} has a user name or a password with special characters that are not percent-encoded as UTF-8.`,
    )
  }
  if (/^https?:$/.test(url.protocol)) return text
  throw new Error(
    `The environment variable ${variable} has a proxy of the scheme ${url.protocol.slice(0, -1)}, and only http and https work: write http://host:port, or leave it out of this step.`,
  )
}

function maskPassword(password: string): void {
  for (const form of [password, decode(password) ?? '']) maskUnlessShort(form)
}

/** Undefined for what undici cannot decode either. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The name in lower case, or where only that is set, in upper case. */
const nameIn = (env: NodeJS.ProcessEnv, name: string): string =>
  env[name] === undefined && env[name.toUpperCase()] !== undefined ? name.toUpperCase() : name
