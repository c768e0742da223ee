import { describe } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import type { StepRun } from '../github-runner.ts'
import { create, it, problemsOf } from './step.ts'

const NASTY = [
  '::error::injected',
  '::add-mask::main',
  '##[error]injected',
  '##[add-mask]main',
  '\u001b[31mred\u001b[0m\r::set-output name=uid::injected',
  '\u2028::warning::injected\u202e',
  '<img src=x> | `code` | **bold** ](https://example.invalid) </td>',
].join('\n')

/** What a text from outside must not have done to a step's log. */
function harm(run: StepRun): string[] {
  const lines = run.stdout.split('\n').filter(line => !line.startsWith('::add-mask::'))
  const control = lines.filter(line => /[^\P{Cc}\t]|\p{Cf}|\u2028/u.test(line))
  const commands = lines.filter(line => /##\[|^\s*::(?!(error|warning|debug)::)/.test(line))
  const injected = run.annotations.map(({ message }) => message).filter(text => /^\W*injected/.test(text))
  const masks = run.masks.filter(mask => mask === 'main' || mask === 'injected')
  // Markdown leaves a block of HTML alone; only a tag, or a line of its own, could end a cell.
  const markup = /<img|`|<\/td>.*<\/td>.*<\/td>.*<\/td>.*<\/td>/.exec(run.files.summary) ?? []
  return [...control, ...commands, ...injected, ...masks, ...markup]
}

describe.concurrent('text from outside is only text', () => {
  it('in what Cloudflare gives back', async ({ emulator, expect }) => {
    const set = { name: NASTY, created: NASTY, modified: NASTY }
    emulator.injectFault({ on: 'create', kind: 'fields', set })
    const run = await create(emulator, {}, { debug: true })
    expect(run.exitCode).toBe(0)
    expect(harm(run)).toEqual([])
    expect(run.annotations).toEqual([])
    expect(run.outputs).toMatchObject({ name: NASTY, created: NASTY, outcome: 'created' })
    expect(Object.keys(run.outputs)).toEqual(['uid', 'key', 'name', 'created', 'modified', 'outcome'])
    expect(run.summary).toContain('&#60;img src=x&#62;')
  })

  it('in an error that repeats the token', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'echo-secret' })
    const run = await create(emulator, {}, { debug: true })
    expect(harm(run)).toEqual([])
    const [problem, ...others] = problemsOf(run)
    expect(others).toEqual([])
    expect(problem).toContain('1004 refused Bearer ***')
    expect(run.log).not.toContain(TOKENS.write)
  })

  it('in errors, links and pointers of a warning in post', async ({ emulator, expect }) => {
    const error = { code: 1, message: NASTY, documentation_url: NASTY, source: { pointer: NASTY } }
    const run = await create(emulator, { 'delete-after-job': 'always' })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 400, errors: [error] })
    const post = await run.post()
    expect(harm(post)).toEqual([])
    expect(problemsOf(post, 'warning')).toHaveLength(1)
  })

  it('in a name', async ({ emulator, expect }) => {
    const name = '::error::injected ##[error]injected <img> `code` **bold** %0A::error::injected'
    const run = await create(emulator, { name })
    expect(harm(run)).toEqual([])
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { name } })
    expect(emulator.keys()[0]?.name).toBe(name)
  })

  it('in a bad input that is repeated', async ({ emulator, expect }) => {
    const run = await create(emulator, { 'if-exists': NASTY, ttl: NASTY, 'delete-after-job': NASTY })
    expect(harm(run)).toEqual([])
    expect(problemsOf(run)).toHaveLength(3)
  })

  it('in the name of a branch', async ({ emulator, expect }) => {
    const run = await create(
      emulator,
      {},
      { runner: { GITHUB_REF_NAME: '<img>`::error::injected`##[error]injected' } },
    )
    expect(harm(run)).toEqual([])
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
  })

  it('of any length, which is cut short', async ({ emulator, expect }) => {
    const errors = [{ code: 1, message: 'x'.repeat(100_000) }]
    emulator.injectFault({ on: 'create', kind: 'error', status: 400, errors })
    expect(problemsOf(await create(emulator))[0]?.length).toBeLessThan(2000)
  })

  it('in errors nested without end', async ({ emulator, expect }) => {
    const depth = 20_000
    const body = `{"success":false,"errors":${'[{"code":1,"error_chain":'.repeat(depth)}[]${'}]'.repeat(depth)}}`
    emulator.injectFault({ on: 'create', kind: 'text', status: 400, body })
    const run = await create(emulator)
    expect(run.exitCode).toBe(1)
    expect(problemsOf(run)[0]).toContain('Could not create the TURN key')
    expect(problemsOf(run)[0]?.length).toBeLessThan(20_000)
  })
})
