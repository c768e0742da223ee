import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runStep, type StepOptions, type StepRun, startStep } from './runner.ts'

const ACTION = `name: tiny
inputs:
  name: { description: n, default: world }
  two words: { description: t }
  api-token: { description: a, required: true }
  job-status: { description: j, default: '\${{ job.status }}' }
runs: { using: node24, main: ../dist/main.mjs, post: ../dist/post.mjs }
`
const SHOW = 'console.log(JSON.stringify(process.env))'
let folder: string
let count = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runner-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A repository of one action whose phases are the given scripts. */
function repository(main: string, post = ''): string {
  const root = join(folder, String(++count))
  mkdirSync(join(root, 'dist'), { recursive: true })
  mkdirSync(join(root, 'delete'))
  const imports = "import { appendFileSync, existsSync, writeSync } from 'node:fs';\n"
  writeFileSync(join(root, 'delete/action.yml'), post === '' ? ACTION.replace(/, post: .*mjs/, '') : ACTION)
  writeFileSync(join(root, 'dist/main.mjs'), imports + main)
  writeFileSync(join(root, 'dist/post.mjs'), imports + post)
  return root
}

function run(main: string, options: StepOptions = {}, post?: string): Promise<StepRun> {
  return runStep('delete', { root: repository(main, post), ...options })
}

/** The step's output is `text`, as it is. */
function print(text: string, options: StepOptions = {}): Promise<StepRun> {
  return run(`process.stdout.write(${JSON.stringify(text)})`, options)
}

function environment(step: StepRun): Record<string, string> {
  return JSON.parse(step.stdout)
}

describe('environment', () => {
  test('inputs: given, by default, empty, evaluated', async () => {
    const env = environment(await run(SHOW, { inputs: { 'two words': 'a b' } }))
    expect(env).toMatchObject({
      INPUT_NAME: 'world',
      INPUT_TWO_WORDS: 'a b',
      'INPUT_API-TOKEN': '',
      'INPUT_JOB-STATUS': 'success',
    })
  })

  test('an input that nobody declared is passed on with a warning', async () => {
    const step = await run(SHOW, { inputs: { NAME: 'x', 'api-tokn': 'y' } })
    expect(environment(step)).toMatchObject({ INPUT_NAME: 'x', 'INPUT_API-TOKN': 'y' })
    const message =
      "Unexpected input(s) 'api-tokn', valid inputs are ['name', 'two words', 'api-token', 'job-status']"
    expect(step.annotations).toEqual([{ level: 'warning', message }])
    expect(step.log).toContain(`Warning: ${message}`)
  })

  test('the host is kept out, the step comes last', async () => {
    process.env.https_proxy = 'http://127.0.0.1:9'
    process.env.NODE_OPTIONS = ''
    const env = environment(await run(SHOW, { env: { GITHUB_REF_NAME: 'dev', GITHUB_JOB: undefined } }))
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

  test('event, workspace, debug, node flags', async () => {
    const main = `import { readFileSync } from 'node:fs'
      const event = readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8')
      console.log(process.env.GITHUB_EVENT_NAME, event, process.cwd() === process.env.GITHUB_WORKSPACE)
      console.log(process.env.RUNNER_DEBUG, process.execArgv.join(), process.argv.length)`
    const event = { name: 'pull_request', payload: { number: 7 } }
    const step = await run(main, { event, debug: true, nodeOptions: ['--no-warnings'] })
    expect(step.log).toBe('pull_request {"number":7} true\n1 --no-warnings 2')
  })

  test('nothing is left behind', async () => {
    const step = await run('console.log(process.env.RUNNER_TEMP)')
    expect(() => readdirSync(step.log)).toThrow('ENOENT')
  })
})

describe('commands', () => {
  test('annotations are unescaped, and shown as the page does', async () => {
    const step = await print(
      '::error title=a%3Ab::one%0Atwo%25\n  ::warning::w %250A\n::notice::n\r\n::unknown::x\na ::error::b\n',
    )
    expect(step.annotations).toEqual([
      { level: 'error', message: 'one\ntwo%' },
      { level: 'warning', message: 'w %0A' },
      { level: 'notice', message: 'n' },
    ])
    expect(step.log).toBe('Error: one\ntwo%\nWarning: w %0A\nNotice: n\n::unknown::x\na ::error::b')
  })

  test('the old form counts anywhere in a line', async () => {
    const step = await print('text ##[error]hidden%5D\ntext ##[nothing]shown\n')
    expect(step.annotations).toEqual([{ level: 'error', message: 'hidden]' }])
    expect(step.log).toBe('Error: hidden]\ntext ##[nothing]shown')
  })

  test('stderr is read for commands too', async () => {
    const step = await run('console.error("::error::e"); process.exitCode = 3')
    expect(step).toMatchObject({ exitCode: 3, signal: null, stdout: '', stderr: '::error::e\n' })
    expect(step.log).toBe('Error: e')
  })

  test('debug lines show in debug mode only', async () => {
    const quiet = await print('::debug::one%0Atwo\n::group::g\nin\n::endgroup::\n')
    const loud = await print('::debug::one%0Atwo\n', { debug: true })
    expect(quiet).toMatchObject({ log: '▼ g\nin', debugLines: ['one', 'two'] })
    expect(loud.log).toBe('##[debug]one\n##[debug]two')
  })

  test('what is deprecated or disabled is an error and has no effect', async () => {
    const step = await print('::set-output name=a::b\n::save-state name=a::b\n::set-env name=a::b\n')
    expect(step).toMatchObject({ outputs: {}, state: {} })
    expect(step.annotations.map(one => one.message)).toEqual([
      'deprecated command: set-output',
      'deprecated command: save-state',
      "Unable to process command '::set-env::' successfully.",
    ])
  })

  test('stop-commands, until its token', async () => {
    const step = await print('::stop-commands::tok\n::error::a\n::tok::\n::error::b\n')
    expect(step.annotations).toEqual([{ level: 'error', message: 'b' }])
  })
})

describe('masks', () => {
  test('hide a value, its lines and its encodings from then on', async () => {
    const secret = 'pa&ss/word'
    const text = [
      '::add-mask::pa%26',
      `::add-mask::${secret}`,
      `a ${secret} b ${Buffer.from(secret).toString('base64')} ${encodeURIComponent(secret)}`,
      '::add-mask::first%0Asecond',
      '::error::second',
      'xfirstsecondx',
    ]
    const step = await print(text.join('\n'))
    expect(step.masks).toEqual(['pa%26', secret, 'first\nsecond', 'first', 'second'])
    expect(step.log).toBe('a *** b *** ***\nError: ***\nx***x')
    expect(step.unmasked).toEqual([])
  })

  test('overlapping values leave no rest', async () => {
    const step = await print('::add-mask::abcd\n::add-mask::cdefgh\n::add-mask::cd\nabcdefgh!')
    expect(step.log).toBe('***!')
  })

  test('a value that was printed before its mask is reported', async () => {
    const step = await print('key=s3cret\n::debug::s3cret\n::add-mask::s3cret\ns3cret\n')
    expect(step.log).toBe('key=s3cret\n***')
    expect(step.unmasked).toEqual(['key=s3cret', '::debug::s3cret'])
  })

  test('an empty mask is a warning', async () => {
    expect((await print('::add-mask::\n')).annotations).toHaveLength(1)
  })

  test('a line in pieces is one line', async () => {
    const main = `writeSync(1, '::add-mask::se'); await new Promise(r => setTimeout(r, 50))
      writeSync(1, 'cret\\r'); await new Promise(r => setTimeout(r, 50)); writeSync(1, '\\nsecret')`
    expect(await run(main)).toMatchObject({ masks: ['secret'], log: '***' })
  })
})

describe('files', () => {
  const write = (variable: string, text: string): string =>
    `appendFileSync(process.env.${variable}, ${JSON.stringify(text)});`

  test('outputs, state, summary', async () => {
    const output = 'a=1=2\n\nb<<E\nx\n\ny<<\nE\nc<<E\nE\na=3<<4\n'
    const step = await run(
      write('GITHUB_OUTPUT', output) +
        write('GITHUB_STATE', 's=t\n') +
        write('GITHUB_STEP_SUMMARY', '# Hi s3cret') +
        'console.log("::add-mask::s3cret")',
    )
    expect(step.outputs).toEqual({ a: '3<<4', b: 'x\n\ny<<', c: '' })
    expect(step.state).toEqual({ s: 't' })
    expect(step.summary).toBe('# Hi ***')
    expect(step.files).toEqual({ output, state: 's=t\n', summary: '# Hi s3cret', env: '', path: '' })
  })

  test('a bad file is an error, and what came before it counts', async () => {
    const step = await run(write('GITHUB_OUTPUT', 'a=1\nb<<E\nx\n'))
    expect(step.outputs).toEqual({ a: '1' })
    expect(step.annotations.map(one => one.message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid value. Matching delimiter not found 'E'",
    ])
  })
})

describe('post', () => {
  test('has the inputs again, the state, the masks, and files of its own', async () => {
    const main = `console.log('::add-mask::s3cret')
      appendFileSync(process.env.GITHUB_STATE, 'uid=7\\nkey<<E\\ns3cret\\nE\\n')
      appendFileSync(process.env.GITHUB_ENV, 'LATER=1\\n')`
    const step = await run(main, { inputs: { name: 'n' }, env: { A: '1', B: '1' } }, SHOW)
    const post = await step.post({ jobStatus: 'failure', env: { B: '2' } })
    expect(environment(post)).toMatchObject({
      INPUT_NAME: 'n',
      'INPUT_JOB-STATUS': 'failure',
      STATE_uid: '7',
      STATE_key: 's3cret',
      LATER: '1',
      A: '1',
      B: '2',
    })
    expect(environment(post).GITHUB_STATE).not.toBe(environment(await step.post()).GITHUB_STATE)
    expect(post.log).toContain('"STATE_key":"***"')
    expect(post).toMatchObject({ masks: [], unmasked: [], state: {}, exitCode: 0 })
  })

  test('is an empty run for an action without one', async () => {
    const post = await (await run('console.log("main")')).post()
    expect(post).toMatchObject({ exitCode: 0, log: '', annotations: [] })
  })
})

test('a step can be interrupted', async () => {
  const main = `process.on('SIGINT', () => process.exit(7)); console.log('ready'); setTimeout(() => {}, 60_000)`
  const step = startStep('delete', { root: repository(main) })
  step.child.stdout?.once('data', () => step.kill('SIGINT'))
  expect(await step.done).toMatchObject({ exitCode: 7, log: 'ready' })
  const killed = startStep('delete', { root: repository('setTimeout(() => {}, 60_000)') })
  killed.kill('SIGKILL')
  expect(await killed.done).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
})
