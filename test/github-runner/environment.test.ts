import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { environmentOf, run, SHOW } from './tiny-action.ts'

describe('environment', () => {
  test('inputs: given, by default, empty, evaluated', async () => {
    const env = environmentOf(await run(SHOW, { inputs: { 'two words': 'a b' } }))
    expect(env).toMatchObject({
      INPUT_NAME: 'world',
      INPUT_TWO_WORDS: 'a b',
      'INPUT_API-TOKEN': '',
      'INPUT_JOB-STATUS': 'success',
    })
  })

  test('an input that nobody declared is passed on with a warning', async () => {
    const step = await run(SHOW, { inputs: { NAME: 'x', 'api-tokn': 'y' } })
    expect(environmentOf(step)).toMatchObject({ INPUT_NAME: 'x', 'INPUT_API-TOKN': 'y' })
    const message =
      "Unexpected input(s) 'api-tokn', valid inputs are ['name', 'two words', 'api-token', 'job-status']"
    expect(step.annotations).toEqual([{ level: 'warning', message }])
    expect(step.log).toContain(`Warning: ${message}`)
  })

  test('the host is kept out', async () => {
    process.env.https_proxy = 'http://127.0.0.1:9'
    process.env.NODE_OPTIONS = ''
    const env = environmentOf(await run(SHOW, { runner: { GITHUB_REF_NAME: 'dev', GITHUB_JOB: undefined } }))
    delete process.env.https_proxy
    expect(Object.keys(env)).not.toContain('https_proxy')
    expect(Object.keys(env)).not.toContain('NODE_OPTIONS')
    expect(Object.keys(env)).not.toContain('GITHUB_JOB')
    expect(env).toMatchObject({
      GITHUB_REPOSITORY: 'octo/app',
      GITHUB_REF_NAME: 'dev',
      GITHUB_ACTIONS: 'true',
    })
  })

  test('env is overridden by inputs, and both by what the runner says', async () => {
    const env = {
      CI: '',
      GITHUB_API_URL: 'a',
      GITHUB_OUTPUT: 'b',
      RUNNER_DEBUG: '0',
      INPUT_NAME: 'c',
      A: 'd',
    }
    const seen = environmentOf(await run(SHOW, { env, debug: true }))
    expect(seen).toMatchObject({ CI: '', A: 'd', INPUT_NAME: 'world', RUNNER_DEBUG: '1' })
    expect(seen.GITHUB_API_URL).toBe('https://api.github.com')
    expect(seen.GITHUB_OUTPUT).not.toBe('b')
  })

  test('event, workspace, debug, node flags', async () => {
    const main = `import { readFileSync } from 'node:fs'
      const event = readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8')
      console.log(process.env.GITHUB_EVENT_NAME, event, process.cwd() === process.env.GITHUB_WORKSPACE)
      console.log(process.env.RUNNER_DEBUG, process.execArgv.join(), process.argv.length)`
    const event = { name: 'pull_request', payload: { number: 7 } }
    const step = await run(main, { event, debug: true, nodeOptions: ['--no-warnings'] })
    expect(step.log).toBe('pull_request {"number":7} true\n1 --no-warnings 2')
  })

  test.each([
    ['missing', 'ENOENT'],
    ['directory', 'EISDIR'],
    [{ text: '' }, '""'],
    [{ text: '\ufeff{}' }, '"\ufeff{}"'],
  ] as const)('a payload whose file is %j', async (file, read) => {
    const main = `import { readFileSync } from 'node:fs'
      try {
        console.log(JSON.stringify(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8')))
      } catch ({ code }) {
        console.log(code)
      }`
    const event = { name: 'pull_request', payload: { number: 7 }, file }
    expect((await run(main, { event })).log).toBe(read)
  })

  test('nothing is left behind', async () => {
    const step = await run('console.log(process.env.RUNNER_TEMP)')
    expect(() => readdirSync(step.log)).toThrow('ENOENT')
  })
})
