import { describe, expect, test } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { print, run } from './tiny-action.ts'

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

  test('what is deprecated is obeyed, with a warning', async () => {
    const step = await print('::set-output name=a%2C,x=y::b%0Ac\n::save-state name=s::t\n')
    expect(step).toMatchObject({ outputs: { 'a,': 'b\nc' }, state: { s: 't' }, conclusion: 'success' })
    expect(step.annotations).toEqual([
      { level: 'warning', message: 'The `set-output` command is deprecated and will be disabled soon.' },
      { level: 'warning', message: 'The `save-state` command is deprecated and will be disabled soon.' },
    ])
  })

  test('what is disabled, or has no name, fails the step', async () => {
    for (const line of ['::set-env name=a::b', '::add-path::/x', '::set-output::b', '::save-state x=y::b']) {
      const step = await print(`${line}\n`)
      expect(step).toMatchObject({ exitCode: 0, conclusion: 'failure', outputs: NOTHING, state: NOTHING })
      expect(step.annotations.map(one => one.message)).toContain(
        `Unable to process command '${line}' successfully.`,
      )
    }
  })

  test('an annotation is masked, then cut, and so is its line of the log', async () => {
    const step = await print(`::add-mask::s3cret\n::error::s3cret${'x'.repeat(4092)}y\n`)
    const message = `***${'x'.repeat(4092)}y`
    expect(step.annotations).toEqual([{ level: 'error', message }])
    const long = await print(`::warning::${'x'.repeat(4096)}y\n`)
    expect(long.annotations).toEqual([{ level: 'warning', message: 'x'.repeat(4096) }])
    expect(long.log).toBe(`Warning: ${'x'.repeat(4096)}`)
  })

  test('a step has at most 10 annotations of each kind; the log has all', async () => {
    const lines = (kind: string): string => `::${kind}::m\n`.repeat(11)
    const step = await print(lines('error') + lines('warning') + lines('notice'))
    const count = (level: string): number => step.annotations.filter(one => one.level === level).length
    expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 10])
    expect(step.log.split('\n')).toHaveLength(33)
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

  test("hide a value in an expression, where ' is doubled, and without its outer quotes", async () => {
    const step = await print(`::add-mask::it's\n::add-mask::"quoted value"\nit''s 'quoted value'\n`)
    expect(step.log).toBe("*** '***'")
    expect((await print('::add-mask::"123456"\n123456 "123456"\n')).log).toBe('123456 ***')
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
