import { describe, expect } from 'vitest'
import type { ApiError } from '../emulator/faults.ts'
import { it, runDelete } from './step.ts'

/** Where the runner cuts an annotation. */
const MAX_CHARACTERS = 4096
const LONG = Array.from({ length: 20 }, (_, code) => ({ code: 5000 + code, message: 'ü'.repeat(900) }))

describe.concurrent('150 keys that cannot be deleted', () => {
  it.for<[string, ApiError[]]>([
    ['short', [{ code: 10000, message: 'Authentication error' }]],
    ['long', LONG],
  ])(
    'cause and advice come first, and the log names them all; %s errors',
    async ([, errors], { emulatorWith }) => {
      const emulator = await emulatorWith({ perSecond: 1000 })
      const uids = Array.from({ length: 150 }, () => emulator.seedKey({ name: 'app' }).uid)
      emulator.injectFault({
        on: 'delete',
        kind: 'error',
        status: 403,
        errors,
        times: Number.POSITIVE_INFINITY,
      })
      const step = await runDelete(emulator, { name: 'app' })
      expect(step).toMatchObject({ exitCode: 1, outputs: { deleted: '[]', count: '0' } })
      const [message = '', ...others] = step.annotations.map(annotation => annotation.message)
      expect(others).toEqual([])
      expect(message.length).toBeLessThan(MAX_CHARACTERS)
      expect(message).toMatch(
        /^Not all selected TURN keys were deleted from the account \w{32}\. The log .*Could not delete.*HTTP status 403: \d+ \S.* Run this again to delete the rest\. Remaining: [0-9a-f]{32}, .*, and \d+ more \(the log lists them\)\.$/,
      )
      const listed = message.slice(message.indexOf('Remaining:')).match(/[0-9a-f]{32}/g) ?? []
      expect(message).toContain(`and ${uids.length - listed.length} more`)
      const lines = step.log.split('\n').filter(line => line.startsWith('TURN key '))
      expect(new Set(lines.map(line => line.slice(9, 41)))).toEqual(new Set(uids))
      for (const line of lines) expect(line).toMatch(/Could not delete.*HTTP status 403/)
    },
  )
})
