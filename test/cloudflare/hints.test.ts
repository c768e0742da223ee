import { describe } from 'vitest'
import { createKey } from '../../src/cloudflare/keys.ts'
import type { ApiError } from '../emulator/faults.ts'
import { it, rejection } from './client.ts'

const PERMISSION = 'needs the permission Calls Write'

/** What has been seen with other statuses. */
const ORDERED: readonly [number, ApiError[], string, string][] = [
  [400, [{ code: 10000, message: 'Authentication error' }], '400: 10000 Authentication error.', PERMISSION],
  [
    404,
    [{ code: 7003, message: 'Could not route to /x' }],
    '7003 Could not route to /x.',
    'Check `account-id`',
  ],
  [
    400,
    [{ code: 7000, message: 'No route for that URI.' }],
    '7000 No route for that URI.',
    'Check `account-id`',
  ],
  [403, [], 'HTTP status 403.', PERMISSION],
  [401, [], 'HTTP status 401.', '`api-token` was not accepted'],
  [400, [{ code: 1, message: '' }], '400: 1 no message.', '(cf-ray'],
]

describe.concurrent("a refusal is told in Cloudflare's words, and with its likely cause", () => {
  for (const [status, errors, words, cause] of ORDERED) {
    it(`status ${status}, codes ${errors.map(({ code }) => code)}`, async ({
      client: { account, emulator },
      expect,
    }) => {
      emulator.injectFault({ on: 'create', kind: 'error', status, errors, omit: ['result', 'messages'] })
      const error = await rejection(createKey(account, 'n'))
      expect(error).toMatchObject({ name: 'RequestError', kind: 'rejected', status })
      for (const part of [words, cause]) expect(String(error)).toContain(part)
      expect(emulator.requests).toHaveLength(1)
    })
  }
})
