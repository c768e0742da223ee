import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asWorkflow, checkWorkflow, DOCUMENTS, yamlBlocks } from './workflows.ts'

const ROOT = join(import.meta.dirname, '..')
const WORKFLOWS = globSync('.github/workflows/*.{yml,yaml}', { cwd: ROOT })

for (const file of DOCUMENTS) {
  describe(file, () => {
    const blocks = yamlBlocks(readFileSync(join(ROOT, file), 'utf8'))
    test('has examples', () => expect(blocks).not.toEqual([]))
    for (const { line, text } of blocks) {
      test(`line ${line}`, async () => expect(await checkWorkflow(asWorkflow(text), ROOT)).toEqual([]))
    }
  })
}

for (const file of WORKFLOWS) {
  test(file, async () => {
    expect(await checkWorkflow(readFileSync(join(ROOT, file), 'utf8'), ROOT)).toEqual([])
  })
}

describe('the check itself', () => {
  let root: string
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'workflows-test-'))
    mkdirSync(join(root, 'delete'))
    const inputs = 'inputs: { uid: { description: u, required: true }, name: { description: n } }'
    const text = `name: a\n${inputs}\noutputs: { count: { description: c } }\nruns: { using: node24, main: x.js }\n`
    writeFileSync(join(root, 'action.yml'), text.replace('uid', 'id'))
    writeFileSync(join(root, 'delete/action.yml'), text)
  })
  afterAll(() => rmSync(root, { recursive: true }))
  const check = (text: string): Promise<string[]> => checkWorkflow(asWorkflow(text), root)
  const DELETE = '- uses: OWNER/cloudflare-turn-key/delete@v1\n  id: gone\n  with:\n    uid: x\n'

  test('takes what is right', async () => {
    const checkout = '- uses: actions/checkout@v6\n  with:\n    anything: 1\n'
    const echo = `- run: echo \${{ steps.gone.outputs.count }} \${{ secrets.A }} \${{ vars.B }}\n`
    const own = '- uses: ./\n  with:\n    id: y\n- uses: me/cloudflare-turn-key@v1\n  with:\n    id: y\n'
    expect(await check(checkout + DELETE + echo + own)).toEqual([])
  })

  test.each([
    ['an unknown input', `${DELETE}    nam: n\n`, "Invalid action input 'nam'"],
    [
      'an unknown input of ./',
      '- uses: ./delete\n  with:\n    uid: x\n    nam: n\n',
      "Invalid action input 'nam'",
    ],
    ['a missing input', '- uses: OWNER/cloudflare-turn-key@v1\n', 'Missing required input `id`'],
    [
      'an unknown output',
      `${DELETE}- run: echo \${{ steps.gone.outputs.uid }}\n`,
      'step gone has no output uid',
    ],
    ['an unknown step', `${DELETE}- run: echo \${{ steps.went.outputs.count }}\n`, 'no step went'],
    ['an unknown folder', '- uses: OWNER/cloudflare-turn-key/remove@v1\n', 'Unable to resolve action'],
    ['an unknown key', '- uses: actions/checkout@v6\n  wiht: {}\n', "Unexpected value 'wiht'"],
    ['a bad expression', `- run: echo \${{ secrets.A || }}\n`, 'expression'],
  ])('finds %s', async (_, text, problem) => {
    expect((await check(text)).join('\n')).toContain(problem)
  })

  test('finds an unknown output of a job', async () => {
    const one = `  one:\n    runs-on: x\n    outputs:\n      n: \${{ steps.gone.outputs.count }}\n    steps:\n`
    const steps = DELETE.replaceAll(/^(?=.)/gm, '      ')
    const two = (output: string): string =>
      `  two:\n    needs: one\n    runs-on: x\n    steps:\n      - run: echo \${{ needs.one.outputs.${output} }}\n`
    expect(await check(`jobs:\n${one}${steps}${two('n')}`)).toEqual([])
    expect((await check(`jobs:\n${one}${steps}${two('m')}`)).join('\n')).toContain(
      'needs one has no output m',
    )
  })

  test('finds the blocks of a text, also in a list', () => {
    const blocks = yamlBlocks(
      'a\n```yaml\n- x\n```\n- b\n  ```yaml\n  - y:\n      z\n  ```\n```sh\nls\n```\n',
    )
    expect(blocks).toEqual([
      { line: 3, text: '- x\n' },
      { line: 7, text: '- y:\n    z\n' },
    ])
  })

  test('leaves no block out', () => {
    expect(() => asWorkflow('with:\n  a: b\n')).toThrow('neither a workflow nor a list of steps')
  })
})
