import { expect, test } from 'vitest'
import { jobOutputs } from './job-outputs.ts'

test('a job outputs nothing that is empty or shows a masked value in any form', () => {
  const base64 = Buffer.from('s3cret').toString('base64')
  const outputs = { uid: 'u', empty: '', key: 'a s3cret', encoded: base64, expression: "it''s" }
  expect(jobOutputs(outputs, ['s3cret', "it's"])).toEqual({ uid: 'u' })
})
