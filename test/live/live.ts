import { writeFileSync } from 'node:fs'
import { GROUPS } from './facts.ts'
import { deleteRemains, type Remains } from './remains.ts'
import { createReport, type Report, tableOf } from './report.ts'
import { type Result, runFacts } from './run-facts.ts'
import { isOlderThan, keyName, newRun, variableName } from './run-name.ts'
import type { Settings } from './settings.ts'
import { Trial } from './trial.ts'

/** After so many hours a run surely ended, and what it left is nobody's. */
const OLD_HOURS = 3

/** How one run is started. */
export interface LiveOptions {
  readonly settings: Settings
  /** Where the report is written. */
  readonly reportFile: string
  /** Aborted, with the signal's name as the reason, to end early. */
  readonly stopping: AbortSignal
}

/**
 * Asks the services every fact, deletes what that created however it ends, and prints the table. Messages go to the
 * standard error.
 * @returns whether nothing differs and nothing is left
 */
export async function runLive({ settings, reportFile, stopping }: LiveOptions): Promise<boolean> {
  const began = new Date()
  const run = newRun(began)
  const trial = new Trial(settings, run, stopping)
  // What is to be deleted is deleted, also after a signal.
  const rollBack = new Trial(settings, run, new AbortController().signal)
  console.error(announcement(settings, trial))
  let results: Result[] = []
  let remains: Remains = { deleted: [], left: [] }
  try {
    const older = await deleteRemains(rollBack, other => isOlderThan(other, OLD_HOURS, began))
    for (const name of older.deleted) console.error(`Deleted, from an older run: ${name}`)
    results = await runFacts(GROUPS, trial)
  } finally {
    remains = await deleteRemains(rollBack, other => other.id === run.id)
    console.error(`Deleted: ${remains.deleted.length}. Left: ${remains.left.length}.`)
  }
  const stoppedBy = stopping.aborted ? String(stopping.reason) : undefined
  const report = createReport(settings, began, results, remains, stoppedBy)
  writeFileSync(reportFile, `${JSON.stringify(report, undefined, 2)}\n`)
  console.log(tableOf(report))
  console.error(
    `The report is in ${reportFile}.${stoppedBy === undefined ? '' : ` Stopped by ${stoppedBy}.`}`,
  )
  return isGood(report)
}

function isGood({ facts, left }: Report): boolean {
  return left.length === 0 && facts.every(({ outcome }) => outcome !== 'differs')
}

function announcement({ apiUrl, rtcUrl, github, worker }: Settings, { run }: Trial): string {
  const variables = variableName(run, '…')
  const onGitHub = github && `${github.repository}, environment ${github.environment}`
  return [
    `This asks ${apiUrl} and ${rtcUrl}${github ? ` and ${github.url}` : ''} what they do, and creates:`,
    `- about 20 TURN keys named "${keyName(run)} …", and credentials of them, which ask TURN servers for relay addresses`,
    ...(onGitHub ? [`- variables and secrets named ${variables} in ${onGitHub}`] : []),
    ...(worker
      ? [`- secrets named ${variables} of the Worker ${worker} and of its previews: each is a new version`]
      : []),
    'All of it is deleted at the end, also after Ctrl+C. Killed outright, the next run deletes it, 3 hours later: it finds',
    'it by its name. It costs nothing: about 200 requests and a few kilobytes.',
  ].join('\n')
}
