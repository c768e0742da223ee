import { describe, expect, test } from 'vitest'
import { startStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { environmentOf, repository, run, SHOW } from './tiny-action.ts'

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
    expect(step.summary).toBe('# Hi ***\n')
    expect(step.files).toEqual({ output, state: 's=t\n', summary: '# Hi s3cret', env: '', path: '' })
  })

  test('a summary is masked line by line', async () => {
    const step = await run(
      `${write('GITHUB_STEP_SUMMARY', 'a\nfirst\r\nsecond')}console.log('::add-mask::first%0D%0Asecond')`,
    )
    expect(step.summary).toBe('a\n***\n***\n')
  })

  test.each([
    [1024 * 1024, 'success', []],
    [1024 * 1024 + 1, 'success', [expect.stringContaining('supports content up to a size of 1024k')]],
  ])('a summary of %i bytes', async (size, conclusion, problems) => {
    const step = await run(`appendFileSync(process.env.GITHUB_STEP_SUMMARY, 'é' + 'x'.repeat(${size} - 2))`)
    expect(step.annotations.map(({ message }) => message)).toEqual(problems)
    expect(step).toMatchObject({ conclusion })
    expect(step.summary === '').toBe(problems.length > 0)
  })

  test('a step whose id begins with __ sets no outputs', async () => {
    const main = write('GITHUB_OUTPUT', 'a=1\n')
    expect((await run(main, { id: '__run' })).outputs).toEqual({})
    expect((await run(main, { id: '_run' })).outputs).toEqual({ a: '1' })
  })

  test('a bad file is an error, and what came before it counts', async () => {
    const step = await run(write('GITHUB_OUTPUT', 'a=1\nb<<E\nx\n'))
    expect(step).toMatchObject({ exitCode: 0, conclusion: 'failure', outputs: { a: '1' } })
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
      appendFileSync(process.env.GITHUB_ENV, 'LATER=1\\nB=0\\nSTATE_uid=8\\n')`
    const step = await run(main, { inputs: { name: 'n' }, env: { A: '1', B: '1' } }, SHOW)
    const post = await step.post({ jobStatus: 'failure', env: { B: '2' } })
    expect(environmentOf(post)).toMatchObject({
      INPUT_NAME: 'n',
      'INPUT_JOB-STATUS': 'failure',
      STATE_uid: '7',
      STATE_key: 's3cret',
      LATER: '1',
      A: '1',
      B: '2',
    })
    expect(environmentOf(post).GITHUB_STATE).not.toBe(environmentOf(await step.post()).GITHUB_STATE)
    expect(post.log).toContain('"STATE_key":"***"')
    expect(post).toMatchObject({ masks: [], unmasked: [], state: NOTHING, exitCode: 0 })
  })

  test('evaluates with and env again; state wins over env', async () => {
    const main = "appendFileSync(process.env.GITHUB_STATE, 'uid=7\\n')"
    const step = await run(main, { inputs: { name: 'n', 'api-token': 't' }, env: { A: '1' } }, SHOW)
    const post = await step.post({ inputs: { name: 'm' }, env: { A: '2', STATE_uid: '8' } })
    expect(environmentOf(post)).toMatchObject({
      A: '2',
      INPUT_NAME: 'm',
      'INPUT_API-TOKEN': 't',
      STATE_uid: '7',
    })
  })

  test('is an empty run for an action without one', async () => {
    const post = await (await run('console.log("main")')).post()
    expect(post).toMatchObject({ exitCode: 0, log: '', annotations: [] })
  })
})

test.skipIf(process.platform === 'win32')('a step can be interrupted', async () => {
  const main = `process.on('SIGINT', () => process.exit(7)); console.log('ready'); setTimeout(() => {}, 60_000)`
  const step = startStep('delete', { root: repository(main) })
  step.child.stdout?.once('data', () => step.kill('SIGINT'))
  expect(await step.done).toMatchObject({ exitCode: 7, log: 'ready' })
  const killed = startStep('delete', { root: repository('setTimeout(() => {}, 60_000)') })
  killed.kill('SIGKILL')
  expect(await killed.done).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
})
