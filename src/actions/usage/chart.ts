import type { Period, TurnUsage } from '../../cloudflare/analytics.ts'
import { unitOf } from './bytes.ts'

const DAY_MS = 86_400_000
/** In less, Mermaid leaves out the numbers of the axis. */
const MIN_HEIGHT = 220

/**
 * Egress a day as a Mermaid chart, which GitHub draws; undefined when there is none. Its bars lie, as only so each day's name
 * has room. https://mermaid.js.org/syntax/xyChart.html
 */
export function egressChart(hours: TurnUsage['hours'], period: Period): string | undefined {
  const days = egressByDay(hours, period)
  const max = Math.max(...days.values())
  if (max === 0) return undefined
  const unit = unitOf(max)
  // To create one takes a quarter of a step's start.
  const format = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const names = [...days.keys()].map(day => `"${format.format(day)}"`)
  const values = [...days.values()].map(bytes => Math.round((bytes / unit.size) * 100) / 100)
  return `---
config:
  xyChart:
    width: 900
    height: ${Math.max(MIN_HEIGHT, 100 + 18 * days.size)}
  themeVariables:
    xyChart:
      plotColorPalette: "#0969da"
---
xychart-beta horizontal
  title "Egress a day (UTC), in ${unit.name}"
  x-axis [${names.join(', ')}]
  y-axis 0 --> ${Math.ceil(max / unit.size)}
  bar [${values.join(', ')}]`
}

/** The egress of each day of a period, by when the day begins in UTC. Days without traffic are among them. */
function egressByDay(hours: TurnUsage['hours'], { from, to }: Period): Map<number, number> {
  const days = new Map<number, number>()
  for (let day = startOfDay(from); day <= to; day += DAY_MS) days.set(day, 0)
  for (const { hour, egressBytes } of hours) {
    const day = startOfDay(Date.parse(hour))
    days.set(day, (days.get(day) ?? 0) + egressBytes)
  }
  return days
}

const startOfDay = (time: number): number => Math.floor(time / DAY_MS) * DAY_MS
