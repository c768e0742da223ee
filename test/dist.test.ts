import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ACTION_FOLDERS, readAction } from './github-runner/action.ts'

const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
const ENTRIES = ACTION_FOLDERS.flatMap(folder => {
  const { main, post } = readAction(ROOT, folder)
  return post === undefined ? [main] : [main, post]
})
const scripts = readdirSync(DIST).filter(name => name.endsWith('.js'))
const bundle = scripts.map(name => readFileSync(join(DIST, name), 'utf8')).join('\n')

/** Starts node with nothing of this process but the way to it. */
function node(args: string[], cwd: string) {
  return spawnSync(process.execPath, args, { cwd, env: { PATH: process.env.PATH ?? '' }, encoding: 'utf8' })
}

function inEmptyFolder<T>(body: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'))
  try {
    return body(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('the committed bundle', () => {
  test('holds each main and post that an action.yml names', () => {
    expect(ENTRIES).toHaveLength(7)
    for (const file of ENTRIES) expect(existsSync(file), file).toBe(true)
  })

  test('holds no file that nobody asks for', () => {
    const launchers = ENTRIES.map(file => basename(file))
    const builtins = ['http-defaults.js', 'lazy-crypto.js', 'lazy-fs.js']
    const chunks = scripts.filter(name => !['index.js', ...builtins, ...launchers].includes(name))
    for (const name of builtins) expect(bundle).toContain(`require("./${name}")`)
    for (const chunk of chunks) {
      const id = chunk.replace('.index.js', '')
      expect(bundle, chunk).toMatch(new RegExp(`\\.e\\((/\\*.*?\\*/ )?${id}\\)`))
    }
    const others = readdirSync(DIST).filter(name => !name.endsWith('.js'))
    expect(others).toEqual(['licenses.txt', 'package.json'])
  })

  for (const file of ENTRIES) {
    test(`${basename(file)} starts from any folder, and says what is missing`, () => {
      const { stdout, stderr, status } = inEmptyFolder(folder => node([file], folder))
      const isPost = file.endsWith('-post.js')
      expect(status).toBe(isPost ? 0 : 1)
      expect(stderr).toBe('')
      expect(stdout).toMatch(
        isPost ? /^\w/ : /^::error::GITHUB_OUTPUT (is not set|points to a file that cannot be written)/,
      )
    })
  }

  for (const file of ENTRIES) {
    test(`${basename(file)} says in one sentence that Node 20 is too old`, () => {
      const versions = '{ value: { ...process.versions, node: "20.20.2" } }'
      const preload = `data:text/javascript,Object.defineProperty(process, "versions", ${versions})`
      const { stdout, stderr, status } = inEmptyFolder(folder => node(['--import', preload, file], folder))
      const isPost = file.endsWith('-post.js')
      expect([status, stderr]).toEqual([isPost ? 0 : 1, ''])
      expect(stdout).toMatch(/^::(error|warning)::This action needs Node\.js 24, [^\n]*\n$/)
      expect(stdout.startsWith('::warning')).toBe(isPost)
    })
  }

  test('has no effect when it is imported', () => {
    const script = `const before = [process.listenerCount('SIGINT'), process.exitCode]
      const index = require(${JSON.stringify(join(DIST, 'index.js'))})
      const after = [process.listenerCount('SIGINT'), process.exitCode]
      console.log(JSON.stringify([Object.keys(index).sort(), before, after]))`
    const { stdout, stderr, status } = inEmptyFolder(folder => {
      writeFileSync(join(folder, 'import.cjs'), script)
      const ran = node(['import.cjs'], folder)
      expect(readdirSync(folder)).toEqual(['import.cjs'])
      return ran
    })
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    const runs = [
      'runCheck',
      'runCreate',
      'runCreatePost',
      'runCredentials',
      'runCredentialsPost',
      'runDelete',
      'runUsage',
    ]
    expect(JSON.parse(stdout)).toEqual([runs, [0, null], [0, null]])
  })

  test('holds one undici', () => {
    expect(bundle.match(/class EnvHttpProxyAgent extends/g)).toHaveLength(1)
    expect(bundle.match(/class ProxyAgent extends/g)).toHaveLength(1)
  })

  test('is text that git does not change', () => {
    expect(bundle).not.toContain('\r\n')
    expect(bundle).not.toContain(ROOT)
  })

  test('comes with the licence of all that it holds', () => {
    const licenses = readFileSync(join(DIST, 'licenses.txt'), 'utf8')
    for (const name of bundledPackages())
      expect(licenses, name).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+`, 'm'))
    expect(licenses).toContain('llhttp')
  })
})

/** The packages whose files the bundle names in its comments, and those that we depend on. */
function bundledPackages(): string[] {
  const named = [...bundle.matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)].map(
    ([, name]) => name ?? '',
  )
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return [...new Set([...named, ...Object.keys(manifest.dependencies)])]
}
