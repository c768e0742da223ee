import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import type { RecordedRequest } from '../emulator/requests.ts'
import {
  environmentContents,
  keyOf,
  PLACES,
  seedPair,
  startCreateWithEnvironment,
} from './environment-step.ts'
import { it } from './step.ts'

/** Each job has a token of its own, so that its requests are known. */
const [SLOW_TOKEN, OTHER_TOKEN] = ['emulator-github-slow-job', 'emulator-github-other-job']
const PERMISSIONS = { environments: 'write', secrets: 'write', variables: 'write' } as const

/** A clock on which everything takes 20 times as long as it does. */
const SLOW_CLOCK =
  'data:text/javascript,const n=process.hrtime.bigint,s=n();process.hrtime.bigint=()=>s+(n()-s)*20n'

const isOf = ({ headers }: RecordedRequest, token: string) =>
  headers.authorization?.endsWith(` ${token}`) === true
const isVariableWrite = ({ operation }: RecordedRequest) => /^gh-variable-(post|patch)$/.test(operation)
const isSecretWrite = ({ operation }: RecordedRequest) => operation === 'gh-secret-put'

describe.concurrent.each(PLACES)('two jobs that store in $where at once', ({ place, at }) => {
  const replace = { ...place, 'if-exists': 'replace' }
  const slow = { ...replace, 'github-token': SLOW_TOKEN }
  const other = { ...replace, 'github-token': OTHER_TOKEN }

  it('leave a whole pair when every write takes 5 seconds', async ({ emulatorWith, expect }) => {
    const ended = { slow: false, other: false }
    const sent: RecordedRequest[] = []
    const count = (is: (request: RecordedRequest) => boolean, token: string) =>
      sent.filter(request => is(request) && isOf(request, token)).length
    const gate = async (request: RecordedRequest) => {
      if (request.host !== 'github' || request.method === 'GET') return
      sent.push(request)
      await sleep(250)
      if (isOf(request, SLOW_TOKEN) && isVariableWrite(request) && count(isVariableWrite, SLOW_TOKEN) === 3)
        await until(() => ended.other)
      if (isOf(request, OTHER_TOKEN) && isSecretWrite(request) && count(isSecretWrite, OTHER_TOKEN) === 3)
        await until(() => ended.slow || count(isVariableWrite, SLOW_TOKEN) === 3)
    }
    const emulator = await emulatorWith({ gate })
    for (const token of [SLOW_TOKEN, OTHER_TOKEN]) emulator.github.addToken(token, PERMISSIONS)
    seedPair(emulator, { at })
    const options = { nodeOptions: ['--import', SLOW_CLOCK] }
    await Promise.all([
      startCreateWithEnvironment(emulator, slow, options).done.finally(() => (ended.slow = true)),
      startCreateWithEnvironment(emulator, other, options).done.finally(() => (ended.other = true)),
    ])
    const { uid, secret } = environmentContents(emulator, at)
    expect(emulator.keys().find(key => key.uid === uid)?.secret).toBe(secret)
  })

  it('leave a whole pair when one is killed, and its write of the variable comes last', async ({
    emulatorWith,
    expect,
  }) => {
    const [isSent, isReleased] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const gate = async (request: RecordedRequest) => {
      if (!isOf(request, SLOW_TOKEN) || !isVariableWrite(request)) return
      isSent.resolve()
      await isReleased.promise
    }
    const emulator = await emulatorWith({ gate })
    for (const token of [SLOW_TOKEN, OTHER_TOKEN]) emulator.github.addToken(token, PERMISSIONS)
    seedPair(emulator, { at })
    const killed = startCreateWithEnvironment(emulator, slow)
    await isSent.promise
    killed.kill('SIGKILL')
    await killed.done
    const run = await startCreateWithEnvironment(emulator, other).done
    expect(run.exitCode).toBe(0)
    isReleased.resolve()
    // It has taken effect then, or was refused.
    await setImmediate()
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
  })

  it('keep the key of the slower one, which it has not stored yet', async ({ emulatorWith, expect }) => {
    const [isSent, isReleased] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const gate = async (request: RecordedRequest) => {
      if (!isOf(request, SLOW_TOKEN) || !isSecretWrite(request)) return
      isSent.resolve()
      await isReleased.promise
    }
    const emulator = await emulatorWith({ gate })
    for (const token of [SLOW_TOKEN, OTHER_TOKEN]) emulator.github.addToken(token, PERMISSIONS)
    const { uid: old } = seedPair(emulator, { at })
    const slower = startCreateWithEnvironment(emulator, slow)
    await isSent.promise
    const rotation = await startCreateWithEnvironment(emulator, other).done
    expect((await rotation.post()).exitCode).toBe(0)
    expect(emulator.keys().map(({ uid }) => uid)).not.toContain(old)
    isReleased.resolve()
    const run = await slower.done
    expect(run.exitCode).toBe(0)
    const stored = environmentContents(emulator, at)
    expect(stored).toEqual(keyOf(emulator, run))
    expect(emulator.keys().map(({ uid }) => uid)).toContain(stored.uid)
  })
})
