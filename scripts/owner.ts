import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newestRelease, pin } from './pin.ts'

const PLACEHOLDER = /\bOWNER(?=\/(?:cloudflare-turn-key|\*))/g
/** GitHub's rule for the names of accounts. */
const ACCOUNT = /^[a-z\d](?:-?[a-z\d]){0,38}$/i

/** The files that users and GitHub read, and that still say OWNER. Tests and scripts mean any owner. */
export function placeholders(root: string): string[] {
  const args = ['ls-files', '-z', '--', '*.md', '*.yml', '*.yaml']
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
  return files.filter(file => readFileSync(join(root, file), 'utf8').search(PLACEHOLDER) >= 0)
}

function ownerOfRemote(root: string): string | undefined {
  const url = execFileSync('git', ['remote', 'get-url', 'origin'], { cwd: root, encoding: 'utf8' })
  return /github\.com[/:]([^/]+)\/[^/]+$/.exec(url.trim())?.[1]
}

/**
 * Puts the owner's name, given or that of the remote `origin`, in place of every OWNER; where there is a release already, the
 * recipes name its commit.
 */
function main([given]: string[], root: string): void {
  const owner = given ?? ownerOfRemote(root)
  if (owner === undefined || !ACCOUNT.test(owner)) throw new Error('usage: npm run owner -- NAME')
  for (const file of placeholders(root)) {
    const path = join(root, file)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(PLACEHOLDER, owner))
    console.log(`${file}: ${owner}`)
  }
  const release = newestRelease(root)
  for (const file of release === undefined ? [] : pin(root, release)) console.log(`${file}: ${release}`)
}

if (import.meta.main) main(process.argv.slice(2), process.cwd())
