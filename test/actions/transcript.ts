import { ACCOUNT_ID, type Emulator } from '../emulator/emulator.ts'
import { createMasker } from '../github-runner/masker.ts'
import type { StepRun } from '../github-runner.ts'

/**
 * One phase of a step as one text: how it ended, its log, masks in order, outputs, state, and of the emulator, when
 * given, all requests so far and the keys it is left with. What differs from run to run is numbered (uids) or replaced
 * (rays, times, ports, random suffixes), and secrets are `***`, so that the text can be an inline snapshot.
 */
export function transcript(run: StepRun, emulator?: Emulator): string {
  const masker = createMasker(run.masks)
  const pairs = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => `${name} = ${masker.mask(value)}`)
  const sections: Record<string, string[]> = {
    [`exit ${run.signal ?? run.exitCode}`]: run.log === '' ? [] : run.log.split('\n'),
    masks: run.masks.map(mask => originOf(mask, run)),
    'PRINTED BEFORE ITS MASK': [...run.unmasked],
    outputs: pairs(run.outputs),
    state: pairs(run.state),
    requests: emulator ? requestsOf(emulator) : [],
    'keys left': emulator ? emulator.keys().map(({ uid, name }) => `${uid} ${name}`) : [],
  }
  const lines = Object.entries(sections).flatMap(([title, content], index) =>
    index > 0 && content.length === 0 ? [] : [title, ...content.map(line => `  ${line}`.trimEnd())],
  )
  return normalised(lines.join('\n'))
}

/** The requests that an emulator was sent: method, path and the status of the response. */
function requestsOf({ requests }: Pick<Emulator, 'requests'>): string[] {
  return requests.map(({ method, path, status }) => `${method} ${path} ${status ?? 'no response'}`)
}

/** Replaces what differs from run to run; the same uid gets the same number within one text. */
export function normalised(text: string): string {
  const uids = new Map<string, string>()
  const nameOf = (uid: string): string => {
    if (uid === ACCOUNT_ID) return '<account>'
    const known = uids.get(uid) ?? `<uid ${uids.size + 1}>`
    uids.set(uid, known)
    return known
  }
  return text
    .replace(/\b[0-9a-f]{16}-EMU\b/g, '<ray>')
    .replace(/\b[0-9a-f]{32}\b/g, nameOf)
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/\b1\d{12}\b/g, '<milliseconds>')
    .replace(/((?:127\.0\.0\.1|localhost):)\d+/g, '$1<port>')
    .replace(/(?<= \d+-\d+-)[0-9a-f]{8}\b/g, '<random>')
}

/** Says which secret a mask is for without showing it: the output or state that holds it, else its length. */
function originOf(mask: string, { outputs, state }: StepRun): string {
  const holder = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).find(([, value]) => value === mask)?.[0]
  const [output, saved] = [holder(outputs), holder(state)]
  if (output !== undefined) return `the output ${output}`
  return saved === undefined ? `a value of ${mask.length} characters` : `the state ${saved}`
}
