import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A step that uses one of these actions, by whatever ref. */
const USES = /(\buses: [\w-]+\/cloudflare-turn-key(?:\/[\w-]+)?@)\S+(?: # v\S+)?$/gm
const RELEASE = /^v\d+\.\d+\.\d+$/

/** The newest release that is no prerelease; undefined before the first. */
export function newestRelease(root: string): string | undefined {
  const args = ['tag', '--list', 'v*', '--sort=-version:refname']
  const tags = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n')
  return tags.find(tag => RELEASE.test(tag))
}

/** Makes every recipe name a release by its commit, with the version as a comment. Gives the files that changed. */
export function pin(root: string, tag: string): string[] {
  const commit = execFileSync('git', ['rev-list', '-n', '1', tag], { cwd: root, encoding: 'utf8' }).trim()
  const files = execFileSync('git', ['ls-files', '-z', '--', '*.md'], { cwd: root, encoding: 'utf8' })
  return files.split('\0').filter(file => {
    if (file === '') return false
    const path = join(root, file)
    const old = readFileSync(path, 'utf8')
    const text = old.replaceAll(USES, `$1${commit} # ${tag}`)
    if (text !== old) writeFileSync(path, text)
    return text !== old
  })
}

/** `node scripts/pin.ts v1.2.3` */
function main([tag = '']: string[], root: string): void {
  if (!RELEASE.test(tag)) throw new Error('usage: node scripts/pin.ts v1.2.3')
  for (const file of pin(root, tag)) console.log(`${file}: ${tag}`)
}

if (import.meta.main) main(process.argv.slice(2), process.cwd())
