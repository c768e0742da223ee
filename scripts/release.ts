import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { placeholders } from './owner.ts'

interface Version {
  readonly numbers: readonly number[]
  readonly prerelease: boolean
}

/** Reads `v1.2.3` or `v1.2.3-rc.1`. */
function parseTag(tag: string): Version | undefined {
  const [, numbers, suffix] = /^v(\d+\.\d+\.\d+)(-[\w.-]+)?$/.exec(tag) ?? []
  if (numbers === undefined) return undefined
  return { numbers: numbers.split('.').map(Number), prerelease: suffix !== undefined }
}

function isNewer(a: Version, b: Version): boolean {
  const index = a.numbers.findIndex((number, at) => number !== b.numbers[at])
  return index >= 0 && (a.numbers[index] ?? 0) > (b.numbers[index] ?? 0)
}

/** What becomes of a tag: `latest` of all releases, and the tag of the major version that moves to it, if any. */
function plan(tag: string, tags: readonly string[]): { prerelease: boolean; latest: boolean; major: string } {
  const version = parseTag(tag)
  if (!version) throw new Error(`${tag} is no version such as v1.2.3`)
  const { prerelease, numbers } = version
  const newer = tags
    .flatMap(other => parseTag(other) ?? [])
    .filter(other => !other.prerelease && isNewer(other, version))
  const moves = !prerelease && !newer.some(other => other.numbers[0] === numbers[0])
  return { prerelease, latest: !prerelease && newer.length === 0, major: moves ? `v${numbers[0]}` : '' }
}

/** Why a tag cannot be released from this tree. */
function problems(root: string, tag: string): string[] {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split('\n')
  const dated = changelog.some(line => line.startsWith(`## [${version}] - `) && /\d{4}-\d\d-\d\d$/.test(line))
  const found = placeholders(root).map(file => `${file} says OWNER: run npm run owner, and commit.`)
  if (tag !== `v${version}`) found.push(`The tag ${tag} is not the version of package.json, ${version}.`)
  if (!parseTag(tag)?.prerelease && !dated) found.push(`CHANGELOG.md has no "## [${version}] - YYYY-MM-DD".`)
  return found
}

/** Refuses a release that is not ready, or else tells the workflow how to publish it. */
function main(root: string, { GITHUB_REF_NAME: tag = '', GITHUB_OUTPUT }: NodeJS.ProcessEnv): void {
  const found = problems(root, tag)
  for (const problem of found) console.log(`::error::${problem}`)
  if (found.length > 0) {
    process.exitCode = 1
    return
  }
  const tags = execFileSync('git', ['tag', '--list'], { cwd: root, encoding: 'utf8' }).split('\n')
  const lines = Object.entries(plan(tag, tags)).map(([name, value]) => `${name}=${value}\n`)
  if (GITHUB_OUTPUT) appendFileSync(GITHUB_OUTPUT, lines.join(''))
  console.log(lines.join(''))
}

if (import.meta.main) main(process.cwd(), process.env)
