import { expect, test } from 'vitest'
import { leaksOf } from './leaks.ts'
import { run } from './tiny-action.ts'

const INPUTS = { name: 'n', 'api-token': 'a-token-1' }
const ENV = { A: 'b', PASSWORD: 'a-password' }

test('before main, with and env are printed with the masks known so far', async () => {
  const step = await run("console.log('::add-mask::a-password')", { inputs: INPUTS, env: ENV })
  expect(step.details.split('\n')).toEqual([
    '▼ Run tiny',
    'with:',
    '  name: n',
    '  api-token: ***',
    '  job-status: success',
    'env:',
    '  A: b',
    '  PASSWORD: a-password',
  ])
  expect(leaksOf(step, ['a-password'])).toEqual(['a-password in details'])
})

test('what no secret of the job and no earlier step masked is shown', async () => {
  const step = await run('', { inputs: INPUTS, env: ENV, masks: ['a-password'] })
  expect(step.details).toContain('api-token: a-token-1')
  expect(step.details).toContain('PASSWORD: ***')
})

test('before post nothing of them is printed', async () => {
  const post = await (await run('', { inputs: INPUTS, env: ENV }, '0')).post()
  expect(post.details).toBe('Post job cleanup.')
})
