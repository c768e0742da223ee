import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { meet, openBrowser } from './browser.ts'
import { RELAYS_TO_ITSELF, startCoturn } from './coturn.ts'
import { makeApp } from './recipes/apps.ts'
import { playForReal, runCommand, startStage } from './recipes/play.ts'
import { startPreview, workerForOneUser } from './worker.ts'

const ROOT = join(import.meta.dirname, '../..')
const WRANGLER_FILE = {
  name: 'my-app',
  main: 'src/index.js',
  compatibility_date: '2026-07-01',
  assets: { directory: 'public' },
  previews: {},
}
const PAGE = `<script type="module">
  import { fetchIceServers } from './page.js'
  globalThis.iceServers = fetchIceServers()
</script>
`

/** Step 4 of README.md: an empty repository, to which its reader brings a Worker with assets, and the two files of docs/. */
function repository(): string {
  return makeApp(WRANGLER_FILE, {
    'src/index.js': workerForOneUser(),
    'public/index.html': PAGE,
    'public/page.js': readFileSync(join(ROOT, 'docs/server/page.js'), 'utf8'),
  })
}

/** The command of step 5, as README.md has it. */
function deployCommand(): string {
  const [, command = ''] = /^5\. .*`(npx [^`]+)`/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? []
  return command.replace('npx', 'npx --yes')
}

test('a newcomer gets from README.md to a preview whose page connects through the relay', async () => {
  const turn = await startCoturn(RELAYS_TO_ITSELF)
  onTestFinished(() => turn.stop())
  const stage = await startStage({ turn })
  const { emulator } = stage
  const app = repository()
  const report = (...words: unknown[]): void => console.log(...words)

  const command = deployCommand()
  const deployed = await runCommand(stage, command, app)
  report(`5. ${command}: exit ${deployed.exitCode}, https://my-app.octo.workers.dev`)
  expect([deployed.log, deployed.exitCode]).toEqual([
    expect.stringContaining('https://my-app.octo.workers.dev'),
    0,
  ])

  const stored = await playForReal(stage, ['README.md', 'Previews on Workers'], 'push', app)
  expect(stored).toMatchObject({ succeeded: true })
  report(
    `6. turn-key.yml on push: ${stored.phases[0]?.run.outputs.outcome}, named "${emulator.keys()[0]?.name}"`,
  )

  const opened = await playForReal(stage, ['README.md', 'Previews on Workers (2)'], 'opened', app)
  expect([opened.log, opened.succeeded]).toEqual([expect.any(String), true])
  const [status] = emulator.github.statuses()
  report(`8. preview.yml on a pull request: ${status?.state}, ${status?.targetUrl}`)
  expect(status?.targetUrl).toBe('https://pr-7-my-app.octo.workers.dev')

  const [preview] = emulator.worker('my-app')?.previews ?? []
  if (!preview) throw new Error('no preview')
  const served = await startPreview(emulator, preview)
  onTestFinished(() => served.stop())
  const host = new URL(status?.targetUrl ?? '').host
  const rules = `--host-resolver-rules=MAP ${host}:443 ${new URL(served.url).host}`
  const browser = await openBrowser([rules, '--ignore-certificate-errors'])
  onTestFinished(() => browser.close())
  const iceServersOf = async (page: Page): Promise<string> => {
    await page.goto(status?.targetUrl ?? '')
    return JSON.stringify(await page.evaluate<unknown>('globalThis.iceServers'))
  }
  const meeting = await meet(browser, iceServersOf, 'hello')
  const minted = emulator.credentials().filter(({ uid }) => uid === emulator.keys()[0]?.uid)
  report(
    `   ${minted.length} credentials minted by /ice-servers; connected: ${meeting.pair.join(' and ')}, received "${meeting.received}"`,
  )
  expect(meeting).toMatchObject({ pair: ['relay', 'relay'], received: 'hello' })
  expect(minted).toHaveLength(2)
})
