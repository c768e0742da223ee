import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clockAt, GB, runUsage } from '../actions/usage-step.ts'
import { startEmulator } from '../emulator/emulator.ts'
import { openBrowser } from './browser.ts'

const MERMAID = join(import.meta.dirname, '../../node_modules/mermaid/dist/mermaid.min.js')
const KEY = 'a'.repeat(32)
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

interface Drawing {
  readonly type: string
  readonly texts: readonly string[]
  readonly bars: readonly number[]
}

/** The chart in the summary of usage that was relayed on some days. */
async function chartOf(now: string, days: readonly string[], since: string): Promise<string> {
  const emulator = await startEmulator(clockAt(now))
  for (const [index, day] of days.entries())
    emulator.seedUsage({ keyId: KEY, datetime: `${day}T00:30:00Z`, egressBytes: (index + 1) * GB })
  const { summary } = await runUsage(emulator, { since })
  await emulator.close()
  return /^```mermaid\n(.*?)\n```$/ms.exec(summary)?.[1] ?? ''
}

/** What Mermaid takes a text for, and the texts and the widths of the bars in the picture it makes of it. */
async function draw(page: Page, chart: string): Promise<Drawing> {
  await page.addScriptTag({ path: MERMAID })
  return page.evaluate(`(async chart => {
    const { diagramType: type } = await mermaid.parse(chart)
    const { svg } = await mermaid.render('chart', chart)
    document.body.innerHTML = svg
    const all = selector => [...document.querySelectorAll(selector)]
    return {
      type,
      texts: all('text').map(({ textContent }) => textContent),
      bars: all('.plot rect').map(bar => Number(bar.getAttribute('width'))),
    }
  })(${JSON.stringify(chart)})`)
}

describe('Mermaid draws the chart of the summary', () => {
  test.each([
    ['month', '2026-12-31T12:00:00Z', ['2026-12-01', '2026-12-31'], 31, ['Dec 1', 'Dec 31']],
    ['31d', '2026-12-02T12:00:00Z', ['2026-11-02', '2026-12-02'], 32, ['Nov 1', 'Nov 30', 'Dec 1']],
    ['24h', '2026-11-20T12:00:00Z', ['2026-11-20'], 2, ['Nov 19', 'Nov 20']],
    ['month', '2026-11-01T12:00:00Z', ['2026-11-01'], 1, ['Nov 1']],
  ] as const)('since %s, at %s', async (since, now, days, count, labels) => {
    const page = await browser.newPage()
    const { type, texts, bars } = await draw(page, await chartOf(now, days, since))
    await page.close()
    expect(type).toBe('xychart')
    expect(texts).toEqual(expect.arrayContaining(['Egress a day (UTC), in GB', '0', '1', ...labels]))
    expect(bars).toHaveLength(count)
    expect(bars.filter(width => width > Math.max(...bars) / 10)).toHaveLength(days.length)
  })
})
