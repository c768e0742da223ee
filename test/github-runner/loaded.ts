import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/**
 * What a Node process loaded: names of files of dist/ without their folder; Node's own modules, and as `Intl.Collator` the
 * constructors that load the data of locales.
 */
export interface Loaded {
  readonly files: readonly string[]
  readonly builtins: readonly string[]
}

const SCRIPT = `import { registerHooks } from 'node:module'
import { writeFileSync } from 'node:fs'
const urls = []
const formats = []
for (const name of Object.getOwnPropertyNames(Intl).filter(name => /^[A-Z]/.test(name))) {
  const construct = (...args) => (formats.push('Intl.' + name), Reflect.construct(...args))
  Intl[name] = new Proxy(Intl[name], { construct })
}
registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) })
process.on('exit', () => writeFileSync(process.env.LOADED, JSON.stringify([urls, process.moduleLoadList, formats])))`

/** Flags that let Node write what it loads to the file that the variable LOADED names, once it is done. */
export const RECORD_LOADED: readonly string[] = [
  '--import',
  `data:text/javascript,${encodeURIComponent(SCRIPT)}`,
]

/** Reads what was written to such a file. */
export function readLoaded(path: string): Loaded {
  const [urls = [], modules = [], formats = []]: string[][] = JSON.parse(readFileSync(path, 'utf8'))
  return {
    files: urls.filter(url => url.includes('/dist/')).map(url => basename(url)),
    builtins: [
      ...modules.flatMap(name => (name.startsWith('NativeModule ') ? name.slice(13) : [])),
      ...formats,
    ],
  }
}
