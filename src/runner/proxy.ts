import type { Dispatcher } from 'undici'
import { mask } from './secrets.ts'

/** A shorter password would mask parts of every uid. */
const MIN_MASKED_LENGTH = 4

/**
 * A function that loads the dispatcher for every request, once: through the proxy that https_proxy names unless no_proxy
 * excludes the host (either case). http is for loopback, and never goes through a proxy. A password in the proxy's URL is
 * masked at once.
 * @throws Error when the proxy's URL is malformed.
 */
export function lazyDispatcher(env: NodeJS.ProcessEnv): () => Promise<Dispatcher> {
  const [httpsProxy, noProxy] = [proxyUrl(read(env, 'https_proxy')), read(env, 'no_proxy')]
  const load = async () => (await import('../http/dispatcher.ts')).createDispatcher(httpsProxy, noProxy)
  let dispatcher: Promise<Dispatcher> | undefined
  return () => (dispatcher ??= load())
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

const read = (env: NodeJS.ProcessEnv, name: string): string => env[name] ?? env[name.toUpperCase()] ?? ''
