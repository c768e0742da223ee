import { describe } from 'vitest'
import type { Fault } from '../emulator/faults.ts'
import { names, operationsOf } from './accounts.ts'
import {
  environmentContents,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
  seedPair,
  writesOf,
} from './environment-step.ts'
import { mintFrom, mintNew } from './mint-step.ts'
import { it as orphanedIt, runOrphaned } from './orphaned-step.ts'
import { create, it, problemsOf, runDelete } from './step.ts'

const FOREVER = Number.POSITIVE_INFINITY
const PAGES = [
  { status: 200, from: 'proxy' },
  { status: 401, from: 'edge' },
  { status: 403, from: 'proxy' },
  { status: 404, from: 'edge' },
  { status: 404, from: 'proxy' },
] as const
const html = (on: Fault['on'], page: (typeof PAGES)[number], times = FOREVER): Fault => ({
  on,
  kind: 'html',
  times,
  ...page,
})
const told = (status: number): RegExp =>
  new RegExp(`a page came instead of (Cloudflare|GitHub)'s response, with HTTP status ${status}\\.`)
const BLAME = /api-token|wrong secret|lacks permission|lacks a permission|<html|Authorization/

describe.concurrent("a page is no word of Cloudflare's", () => {
  for (const page of PAGES) {
    const { status, from } = page
    it(`${status} of the ${from}: create is tried again, blames no token, and settles`, async ({
      emulator,
      expect,
    }) => {
      emulator.injectFault(html('create', page))
      const run = await create(emulator, {}, emulator.clock.skipping())
      expect(operationsOf(emulator)).toEqual(['create', 'create', 'create', 'list'])
      expect(problemsOf(run)).toEqual([expect.stringMatching(told(status))])
      expect(problemsOf(run)[0]).not.toMatch(BLAME)
      expect(/cf-ray: /.test(problemsOf(run)[0] ?? '')).toBe(from === 'edge')
    })

    it(`${status} of the ${from}: list and delete`, async ({ emulator, expect }) => {
      const { uid } = emulator.seedKey({ name: 'app' })
      emulator.injectFault(html('list', page))
      const listed = await runDelete(emulator, { name: 'app' }, emulator.clock.skipping())
      expect(problemsOf(listed)[0]).toMatch(told(status))
      expect(problemsOf(listed)[0]).not.toMatch(BLAME)
      emulator.injectFault(html('delete', page))
      const deleted = await runDelete(emulator, { uid }, emulator.clock.skipping())
      expect(deleted).toMatchObject({ exitCode: 1, outputs: { count: '0' } })
      expect(problemsOf(deleted)[0]).toMatch(told(status))
      expect(names(emulator)).toEqual(['app'])
    })

    it(`${status} of the ${from}: mint, and revoke`, async ({ emulator, expect }) => {
      const key = emulator.seedKey({ name: 'n' })
      emulator.injectFault(html('mint', page, 3))
      const failed = await mintFrom(emulator, key, {}, emulator.clock.skipping())
      expect(problemsOf(failed)[0]).toMatch(told(status))
      expect(problemsOf(failed)[0]).not.toMatch(BLAME)
      const run = await mintFrom(emulator, key, { 'revoke-after-job': 'true' }, emulator.clock.skipping())
      emulator.injectFault(html('revoke', page))
      const post = await run.post()
      expect(problemsOf(post, 'warning')).toEqual([expect.stringMatching(told(status))])
      expect(post.log).not.toMatch(/revoked\.|no longer be revoked/)
      expect(emulator.credentials()).toMatchObject([{ revoked: false }])
    })
  }

  it('a key that was created behind one is found, and deleted where it is the job’s own', async ({
    emulator,
    expect,
  }) => {
    emulator.injectFault({ on: 'create', kind: 'html', status: 200, from: 'proxy', effect: true, times: 3 })
    await create(emulator, { 'delete-after-job': 'always' }, emulator.clock.skipping())
    expect(emulator.keys()).toEqual([])
  })

  it('nor is one that minting with the new key meets', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'html', status: 401, from: 'proxy', times: 1 })
    const run = await mintNew(emulator, {}, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
  })

  it('but a 429 is a rate limit, and a redirect is a redirect, with a page or without', async ({
    emulator,
    expect,
  }) => {
    emulator.injectFault({ on: 'create', kind: 'html', status: 429, from: 'proxy', retryAfter: 1 })
    const run = await create(emulator)
    expect(run.log).toContain('Rate limited by Cloudflare: waiting 1 second.')
    expect(operationsOf(emulator)).toEqual(['create', 'create'])
    emulator.injectFault({ on: 'create', kind: 'html', status: 302, from: 'proxy' })
    expect(problemsOf(await create(emulator))[0]).toContain('Redirects are not followed with a token')
  })

  it('an answer that is no JSON blames no token', async ({ emulator, expect }) => {
    emulator.injectFault({
      on: 'create',
      kind: 'text',
      status: 403,
      body: 'blocked by policy',
      contentType: 'text/plain',
      effect: false,
    })
    const [problem] = problemsOf(await create(emulator))
    expect(problem).toContain('HTTP status 403: blocked by policy.')
    expect(problem).not.toMatch(BLAME)
  })
})

describe.concurrent("a page is no word of GitHub's", () => {
  for (const page of PAGES) {
    const { status, from } = page
    for (const on of ['gh-public-key', 'gh-variable-get', 'gh-secret-get'] as const) {
      it(`${status} of the ${from}: ${on} leaves a healthy pair alone`, async ({ emulator, expect }) => {
        const pair = seedPair(emulator)
        emulator.injectFault(html(on, page))
        const run = await runCreateWithEnvironment(emulator, {}, emulator.clock.skipping())
        expect(problemsOf(run)).toEqual([expect.stringMatching(told(status))])
        expect(problemsOf(run)[0]).not.toMatch(BLAME)
        expect(writesOf(emulator)).toEqual([])
        const deleted = await runDeleteWithEnvironment(emulator, {}, emulator.clock.skipping())
        expect(problemsOf(deleted)).toEqual([expect.stringMatching(told(status))])
        expect(writesOf(emulator)).toEqual([])
        expect(environmentContents(emulator)).toEqual({ uid: pair.uid, secret: pair.secret })
      })
    }

    it(`${status} of the ${from}: what was not removed is not called removed`, async ({
      emulator,
      expect,
    }) => {
      const pair = seedPair(emulator)
      for (const on of ['gh-variable-delete', 'gh-secret-delete'] as const) {
        emulator.injectFault(html(on, page))
      }
      const run = await runDeleteWithEnvironment(emulator, {}, emulator.clock.skipping())
      expect(run.exitCode).toBe(1)
      expect(problemsOf(run)[0]).toMatch(told(status))
      expect(run.log).not.toContain('Removed the TURN key')
      expect(environmentContents(emulator)).toEqual({ uid: pair.uid, secret: pair.secret })
    })

    it(`${status} of the ${from}: a secret is not taken for written`, async ({ emulator, expect }) => {
      emulator.injectFault(html('gh-secret-put', page))
      const run = await runCreateWithEnvironment(emulator, {}, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 1, outputs: {} })
      expect(problemsOf(run)[0]).toMatch(told(status))
      expect(environmentContents(emulator)).toEqual({ uid: undefined, secret: undefined })
    })

    orphanedIt(
      `${status} of the ${from}: no owner is gone, and no permission is asked for`,
      async ({ emulator, expect }) => {
        emulator.github.setPull(1, 'closed')
        emulator.seedKey({ name: 'octo/app#1' })
        emulator.injectFault(html('gh-pull', page))
        const step = await runOrphaned(emulator, {}, emulator.clock.skipping())
        expect(names(emulator)).toEqual(['octo/app#1'])
        expect(problemsOf(step, 'warning')).toEqual([expect.stringMatching(told(status))])
        expect(problemsOf(step, 'warning')[0]).not.toMatch(/permission/)
      },
    )
  }

  it('and a 404 that is not in its form is none either', async ({ emulator, expect }) => {
    const pair = seedPair(emulator)
    const [body, contentType] = ['404 page not found', 'text/plain']
    emulator.injectFault({
      on: 'gh-variable-get',
      kind: 'text',
      status: 404,
      body,
      contentType,
      times: FOREVER,
    })
    const run = await runCreateWithEnvironment(emulator, {}, emulator.clock.skipping())
    expect(problemsOf(run)[0]).toContain("something else came instead of GitHub's response")
    expect(environmentContents(emulator)).toEqual({ uid: pair.uid, secret: pair.secret })
  })
})
