import type { KeyOwner } from '../github/owners.ts'
import type { WorkflowRun } from '../runner/workflow-run.ts'

/** The name of a key for which none was given: whose it is. Empty when the event does not tell. */
export const derivedName = ({ repository, nameSuffix }: WorkflowRun): string =>
  repository && nameSuffix && repository + nameSuffix

/** The name of a key that an environment holds, or where that is empty the repository itself. */
export const storedKeyName = ({ repository }: WorkflowRun, environment: string): string =>
  environment ? `${repository}:${environment}` : repository

/** A name with run id, attempt and a random suffix: it belongs to this job alone. */
export const addUniqueSuffix = (name: string, { idAndAttempt }: WorkflowRun): string =>
  `${name} ${idAndAttempt}-${crypto.randomUUID().slice(0, 8)}`

/** Why `derivedName` is empty, and what to do. A sentence. */
export function nameRequiredMessage({ repository }: WorkflowRun): string {
  if (repository === '') return '`name` is missing, and GITHUB_REPOSITORY is not set to derive it from.'
  return '`name` is required here: this event does not identify one branch, tag or pull request of this repository, so a derived name could belong to another key.'
}

/** The end of a name of a job's own, as `addUniqueSuffix` adds it. */
const JOB_SUFFIX = / ([1-9]\d*)-\d+-[0-9a-f]{8}$/

/**
 * What git or GitHub takes for no name of a branch or tag, besides `7/merge`, which is a ref of a pull request.
 * https://git-scm.com/docs/git-check-ref-format
 */
const NO_REF =
  /[\p{Cc}\p{Cs} ~^:?*[\\]|\.\.|@\{|\/[/.]|^[/.]|[/.]$|\.lock(\/|$)|^refs\/|^([0-9a-f]{40}|[0-9a-f]{64})$|^\d+\/(merge|head)$/iu

/** Whose key it is by its derived name; undefined for any other name, and for keys that are stored. */
export function ownerOf(name: string, repository: string): KeyOwner | undefined {
  const sign = name.charAt(repository.length)
  if (!name.startsWith(repository) || (sign !== '#' && sign !== '@')) return undefined
  const run = JOB_SUFFIX.exec(name)
  const id = name.slice(repository.length + 1, run?.index)
  if (sign === '#' ? !/^[1-9]\d*$/.test(id) : id === '' || NO_REF.test(id)) return undefined
  if (run?.[1]) return { kind: 'workflow run', id: run[1] }
  return { kind: sign === '#' ? 'pull request' : 'branch or tag', id }
}
