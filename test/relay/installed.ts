import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What the relay test needs from the system: commands, any of which will do, and the package that has them. */
const NEEDED = {
  coturn: ['turnserver'],
  chromium: ['chromium', 'chromium-browser'],
} as const

type Package = keyof typeof NEEDED

/** The full path of a package's command, or undefined when it is not installed. */
export function installed(name: Package): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const files = NEEDED[name].flatMap(command => folders.map(folder => join(folder, command)))
  return files.find(isExecutable)
}

/** The full path of a package's command. */
export function commandOf(name: Package): string {
  const file = installed(name)
  if (file === undefined) throw new Error(missing([name]))
  return file
}

/** Run by vitest before everything: without both packages there is no test, and that is a failure. */
export default function checkPackages(): void {
  const absent = (['coturn', 'chromium'] as const).filter(name => installed(name) === undefined)
  if (absent.length === 0) return
  console.error(missing(absent))
  process.exit(1)
}

function missing(names: readonly Package[]): string {
  return `The relay test needs ${names.join(' and ')}: run .ci/install-relay, or apt-get install ${names.join(' ')}.`
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
