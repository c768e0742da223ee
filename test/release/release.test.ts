import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const FILES = ['README.md', 'SECURITY.md', 'docs/troubleshooting.md', '.ci/readme-zizmor.yml']
let root: string

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

/** Runs a script as npm does. */
function run(script: string, args: string[] = [], env: Record<string, string> = {}) {
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'scripts', script), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  })
  return { status, lines: stdout.split('\n').filter(Boolean) }
}

function release(version: string, date = ' - 2026-11-25') {
  writeFileSync(join(root, 'package.json'), JSON.stringify({ version }))
  writeFileSync(join(root, 'CHANGELOG.md'), `## [${version}]${date}\n`)
  return run('release.ts', [], { GITHUB_REF_NAME: `v${version}` })
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-'))
  for (const file of FILES) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    cpSync(join(ROOT, file), join(root, file))
  }
  // Whatever the owner is here already.
  writeFileSync(join(root, 'other.md'), 'OWNER/cloudflare-turn-key@v1 and an OWNER of something else\n')
  git('init', '--quiet')
  git('add', '.')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('npm run owner', () => {
  test.each([
    'https://github.com/octo/cloudflare-turn-key.git',
    'git@github.com:octo/cloudflare-turn-key.git',
  ])('takes the owner from the remote %s', url => {
    git('remote', 'add', 'origin', url)
    expect(run('owner.ts').status).toBe(0)
    for (const file of FILES) expect(readFileSync(join(root, file), 'utf8')).not.toContain('OWNER/')
    const other = readFileSync(join(root, 'other.md'), 'utf8')
    expect(other).toBe('octo/cloudflare-turn-key@v1 and an OWNER of something else\n')
  })

  test('prefers an argument, and refuses what is no account', () => {
    git('remote', 'add', 'origin', 'https://github.com/octo/cloudflare-turn-key')
    expect(run('owner.ts', ['not/one']).status).toBe(1)
    expect(run('owner.ts', ['hub-bot']).status).toBe(0)
    expect(readFileSync(join(root, 'other.md'), 'utf8')).toContain('hub-bot/cloudflare-turn-key@v1')
    expect(run('owner.ts').lines).toEqual([])
  })
})

describe('the recipes', () => {
  const steps =
    'uses: OWNER/cloudflare-turn-key@v1\nuses: OWNER/cloudflare-turn-key/delete@v1\nuses: a/b@v1\n'
  const recipe = (): string => readFileSync(join(root, 'other.md'), 'utf8')
  const commit = (message: string): string => {
    git(
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@b',
      'commit',
      '--allow-empty',
      '--quiet',
      '--message',
      message,
    )
    return git('rev-parse', 'HEAD').trim()
  }
  const pinned = (sha: string, tag: string): string =>
    `uses: octo/cloudflare-turn-key@${sha} # ${tag}\nuses: octo/cloudflare-turn-key/delete@${sha} # ${tag}\nuses: a/b@v1\n`

  beforeEach(() => writeFileSync(join(root, 'other.md'), steps))

  test('name v1 before the first release, and then the commit of the newest one', () => {
    run('owner.ts', ['octo'])
    expect(recipe()).toBe(steps.replaceAll('OWNER', 'octo'))
    const sha = commit('first')
    git('tag', 'v1.9.0')
    commit('second')
    for (const tag of ['v1.10.0-rc.1', 'v1', 'v1.8.0']) git('tag', tag)
    writeFileSync(join(root, 'other.md'), steps)
    run('owner.ts', ['octo'])
    expect(recipe()).toBe(pinned(sha, 'v1.9.0'))
  })

  test('follow a release', () => {
    run('owner.ts', ['octo'])
    for (const tag of ['v1.0.0', 'v1.0.1']) {
      const sha = commit(tag)
      git('-c', 'user.name=a', '-c', 'user.email=a@b', 'tag', '--annotate', '--message', tag, tag)
      expect(run('pin.ts', [tag]).lines).toContain(`other.md: ${tag}`)
      expect(recipe()).toBe(pinned(sha, tag))
    }
    expect(run('pin.ts', ['v1.0.1']).lines).toEqual([])
  })

  test.each([[], ['v1'], ['v1.0.0-rc.1'], ['v9.9.9']])('a release that there is not: %j', (...args) => {
    expect(run('pin.ts', args).status).toBe(1)
    expect(recipe()).toBe(steps)
  })
})

describe('a release', () => {
  test('is refused while OWNER stands', () => {
    const { status, lines } = release('1.0.0')
    expect(status).toBe(1)
    expect(lines.join('\n')).toContain('other.md says OWNER')
  })

  test.each([
    ['of another version', () => run('release.ts', [], { GITHUB_REF_NAME: 'v2.0.0' })],
    ['without a date in the changelog', () => release('1.0.0', '')],
  ])('is refused: %s', (_, attempt) => {
    run('owner.ts', ['octo'])
    release('1.0.0')
    expect(attempt().status).toBe(1)
  })

  test.each([
    ['1.0.0', [], 'prerelease=false latest=true major=v1'],
    ['1.1.0', ['v1', 'v1.0.0', 'v1.1.0'], 'prerelease=false latest=true major=v1'],
    ['1.1.0-rc.1', ['v1', 'v1.0.0'], 'prerelease=true latest=false major='],
    ['1.0.5', ['v1', 'v1.1.0'], 'prerelease=false latest=false major='],
    ['1.10.0', ['v1.9.0', 'v1.11.0-rc.1'], 'prerelease=false latest=true major=v1'],
    ['1.9.1', ['v1.9.0', 'v2.0.0'], 'prerelease=false latest=false major=v1'],
    ['2.0.0', ['v1', 'v1.1.0'], 'prerelease=false latest=true major=v2'],
  ])('of %s after %j: %s', (version, tags, expected) => {
    run('owner.ts', ['octo'])
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message', 'All')
    for (const tag of tags) git('tag', tag)
    const { status, lines } = release(version)
    expect({ status, plan: lines.join(' ') }).toEqual({ status: 0, plan: expected })
  })
})
