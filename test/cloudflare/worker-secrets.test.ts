import { describe } from 'vitest'
import type { AccountClient } from '../../src/cloudflare/keys.ts'
import { listSecretNames, patchSecrets } from '../../src/cloudflare/worker-secrets.ts'
import { TOKENS } from '../emulator/emulator.ts'
import type { ApiError, Operation } from '../emulator/faults.ts'
import { it, rejection } from './client.ts'

const OWN = { worker: 'app', kind: 'worker' } as const
const PREVIEWS = { worker: 'app', kind: 'worker-previews' } as const
const WHERE = [
  [OWN, 'worker-secrets', 'worker-secrets-bulk', 'the secrets of the Worker "app"'],
  [PREVIEWS, 'worker', 'worker-patch', 'the Previews base configuration of the Worker "app"'],
] as const

const withWorkers = (account: AccountClient, token: string = TOKENS.workers): AccountClient => ({
  ...account,
  token,
})
const secret = (text: string) => ({ type: 'secret_text', text })

describe.concurrent("a Worker's secrets", () => {
  it('are listed and changed, and others stay', async ({ client: { account, emulator }, expect }) => {
    const client = withWorkers(account)
    emulator.setWorker('app', { secrets: { KEPT: 'k', OLD: 'o' } })
    expect(await listSecretNames(client, OWN)).toEqual(['KEPT', 'OLD'])
    await patchSecrets(client, OWN, { A: 'a', OLD: null })
    expect(emulator.worker('app')).toMatchObject({ secrets: { KEPT: 'k', A: 'a' } })
    expect(await listSecretNames(client, OWN)).toEqual(['KEPT', 'A'])
    expect(await listSecretNames(client, PREVIEWS)).toEqual([])
  })

  it('that new previews start with are apart, and other members of the configuration stay', async ({
    client: { account, emulator },
    expect,
  }) => {
    const client = withWorkers(account)
    const variable = { type: 'plain_text', text: 'v' }
    emulator.setWorker('app', { previewsBaseConfig: { limits: {}, env: { V: variable, OLD: secret('o') } } })
    expect(await listSecretNames(client, PREVIEWS)).toEqual(['OLD'])
    await patchSecrets(client, PREVIEWS, { A: 'a', OLD: null })
    const env = { V: variable, A: secret('a') }
    expect(emulator.worker('app')).toMatchObject({ secrets: {}, previewsBaseConfig: { limits: {}, env } })
  })

  it('that are none yet', async ({ client: { account, emulator }, expect }) => {
    const client = withWorkers(account)
    emulator.setWorker('app')
    emulator.injectFault({ on: 'worker-secrets', kind: 'fields', result: null })
    for (const where of [OWN, PREVIEWS]) expect(await listSecretNames(client, where)).toEqual([])
  })
})

for (const [where, read, write, words] of WHERE) {
  describe.concurrent(words, () => {
    it('a Worker that does not exist', async ({ client: { account, emulator }, expect }) => {
      const client = withWorkers(account)
      expect(await listSecretNames(client, where)).toBeUndefined()
      const errors = [{ code: 10090, message: 'workers.api.error.environment_not_found' }]
      emulator.injectFault({ on: read, kind: 'error', status: 404, errors })
      expect(await listSecretNames(client, where)).toBeUndefined()
      const error = String(await rejection(patchSecrets(client, where, { A: 'a' })))
      expect(error).toContain(`Could not change ${words}: Cloudflare responded with HTTP status 404: 10007`)
      expect(error).toContain('deploy the Worker once.')
    })

    it('a page with 404 proves nothing', async ({ client: { account, emulator }, expect }) => {
      emulator.injectFault({ on: read, kind: 'html', status: 404, times: 3 })
      expect(String(await rejection(listSecretNames(withWorkers(account), where)))).toContain(
        `Could not read ${words}`,
      )
    })

    it('a token without the permission', async ({ client: { account, emulator }, expect }) => {
      emulator.setWorker('app')
      for (const [token, call] of [
        [TOKENS.write, listSecretNames],
        [TOKENS.workersRead, (client: AccountClient) => patchSecrets(client, where, { A: 'a' })],
      ] as const) {
        const error = await rejection(call(withWorkers(account, token), where))
        expect(error).toMatchObject({ kind: 'rejected', codes: [10000] })
        expect(String(error)).toContain('needs the permission Workers Scripts: Edit')
      }
    })

    it('a change whose response is lost is made again', async ({ client: { account, emulator }, expect }) => {
      emulator.setWorker('app')
      emulator.injectFault({ on: write, kind: 'response-lost', times: 2 })
      await patchSecrets(withWorkers(account), where, { A: 'a' })
      expect(emulator.requests).toHaveLength(3)
      emulator.injectFault({ on: write, kind: 'html', times: 3 })
      expect(await rejection(patchSecrets(withWorkers(account), where, { A: 'b' }))).toMatchObject({
        kind: 'outcome-unknown',
      })
    })

    // A page has no status, because it says nothing.
    for (const [body, status] of [
      ['<html>Sign in</html>', undefined],
      ['', 200],
      ['{}', 200],
      ['{"success":null}', 200],
    ] as const) {
      it(`${JSON.stringify(body)} says neither what is there nor that it was changed`, async ({
        client: { account, emulator },
        expect,
      }) => {
        const on: readonly Operation[] = [read, write]
        for (const operation of on)
          emulator.injectFault({ on: operation, kind: 'text', status: 200, body, times: 3 })
        const client = withWorkers(account)
        emulator.setWorker('app')
        for (const call of [listSecretNames(client, where), patchSecrets(client, where, { A: 'a' })])
          expect(await rejection(call)).toMatchObject({ kind: 'outcome-unknown', status })
      })
    }
  })
}

const REFUSED: readonly [ApiError, string][] = [
  [{ code: 10214, message: 'Script edit failed.' }, 'deploy it, and run this again'],
  [{ code: 10215, message: 'Secret edit failed.' }, 'deploy it, and run this again'],
  [{ code: 10053, message: "Binding name 'A' already in use." }, 'remove it from `vars`'],
]

describe.concurrent('what Cloudflare refuses is told in its words, and what to do', () => {
  for (const [error, advice] of REFUSED) {
    it(String(error.code), async ({ client: { account, emulator }, expect }) => {
      emulator.injectFault({ on: 'worker-secrets-bulk', kind: 'error', status: 400, errors: [error] })
      const refused = await rejection(patchSecrets(withWorkers(account), OWN, { A: 'a' }))
      expect(refused).toMatchObject({ kind: 'rejected', codes: [error.code] })
      expect(String(refused)).toContain(advice)
      expect(emulator.requests).toHaveLength(1)
    })
  }
})
