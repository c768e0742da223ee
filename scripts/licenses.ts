import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A bundled file, or several in one, as ncc's statistics have it. */
export interface Module {
  name?: string
  modules?: Module[]
}

const RULE = `\n\n${'-'.repeat(80)}\n\n`

/**
 * The licence text of everything that a bundle holds, by ncc's statistics of it: the licence file of each package, and
 * of each folder in it that brings its own. Throws when a package has none. llhttp comes inside undici without its text.
 */
export function licenseTexts(root: string, { modules }: { modules: Module[] }): string {
  const folders = [...new Set(fileNames(modules).flatMap(foldersOf))].sort()
  const texts = folders.flatMap(folder => licenseText(root, folder))
  return `${[...texts, readFileSync(join(root, 'scripts/llhttp-license.txt'), 'utf8').trim()].join(RULE)}\n`
}

function fileNames(modules: readonly Module[]): string[] {
  return modules.flatMap(({ name = '', modules: inner = [] }) => [name, ...fileNames(inner)])
}

/** The folders of a bundled file, from its own up to its package's: `node_modules/@scope/name`. */
function foldersOf(file: string): string[] {
  const start = file.lastIndexOf('node_modules/')
  if (start < 0) return []
  const folders: string[] = []
  for (
    let folder = dirname(file.slice(file.indexOf('node_modules/')));
    isInPackage(folder);
    folder = dirname(folder)
  ) {
    folders.push(folder)
  }
  return folders
}

function isInPackage(folder: string): boolean {
  return !/(^|\/)node_modules(\/@[^/]+)?$/.test(folder)
}

function licenseText(root: string, folder: string): string[] {
  const file = readdirSync(join(root, folder)).find(name => /^licen[cs]e/i.test(name))
  const manifest = join(root, folder, 'package.json')
  const isPackage = existsSync(manifest) && !isInPackage(dirname(folder))
  if (!file && isPackage) throw new Error(`${folder} has no licence file: its text must be added by hand`)
  if (!file) return []
  const title = isPackage ? titleOf(manifest) : `${folder.slice(folder.lastIndexOf('node_modules/') + 13)}`
  return [
    `${title}\n\n${readFileSync(join(root, folder, file), 'utf8')
      .replaceAll('\r\n', '\n')
      .trim()}`,
  ]
}

function titleOf(manifest: string): string {
  const { name, version }: { name: string; version: string } = JSON.parse(readFileSync(manifest, 'utf8'))
  return `${name} ${version}`
}
