import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What the relay test needs from the system: commands, any of which will do, and the package that has them. */
const NEEDED = {
  coturn: ['turnserver'],
  chromium: ['chromium', 'chromium-browser'],
} as const

type Package = keyof typeof NEEDED

/** The full path of a package's command, or undefined when it is not installed. */
function installed(name: Package): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const files = NEEDED[name].flatMap(command => folders.map(folder => join(folder, command)))
  return files.find(isExecutable)
}

/** The full path of a package's command. */
export function commandOf(name: Package): string {
  const file = installed(name)
  if (file === undefined) throw new Error(missing(NEEDED[name]))
  return file
}

/** Run by vitest before everything: without all of it there is no test, and that is a failure. */
export default function checkInstalled(): void {
  const packages = Object.keys(NEEDED).filter(isPackage)
  const absent: string[] = packages.filter(name => installed(name) === undefined).map(name => NEEDED[name][0])
  for (const name of ['mermaid', 'miniflare', 'wrangler'])
    if (!existsSync(join(import.meta.dirname, '../../node_modules', name))) absent.push(name)
  if (absent.length === 0) return
  console.error(missing(absent))
  process.exit(1)
}

function isPackage(name: string): name is Package {
  return Object.hasOwn(NEEDED, name)
}

function missing(names: readonly string[]): string {
  return `The relay test needs ${names.join(' and ')}: run .ci/install-relay.`
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
