import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** What a Node process loaded: names of files of dist/ without their folder, and Node's own modules. */
export interface Loaded {
  readonly files: readonly string[]
  readonly builtins: readonly string[]
}

const SCRIPT = `import { registerHooks } from 'node:module'
import { writeFileSync } from 'node:fs'
const urls = []
registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) })
process.on('exit', () => writeFileSync(process.env.LOADED, JSON.stringify([urls, process.moduleLoadList])))`

/** Flags that let Node write what it loads to the file that the variable LOADED names, once it is done. */
export const RECORD_LOADED: readonly string[] = [
  '--import',
  `data:text/javascript,${encodeURIComponent(SCRIPT)}`,
]

/** Reads what was written to such a file. */
export function readLoaded(path: string): Loaded {
  const [urls, modules]: [string[], string[]] = JSON.parse(readFileSync(path, 'utf8'))
  return {
    files: urls.filter(url => url.includes('/dist/')).map(url => basename(url)),
    builtins: modules.flatMap(name => (name.startsWith('NativeModule ') ? name.slice(13) : [])),
  }
}
