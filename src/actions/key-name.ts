import { randomBytes } from 'node:crypto'
import type { WorkflowEvent } from '../runner/event.ts'

/** The name of a pull request's key, `owner/repo#number`, or undefined when the event has no pull request. */
export function pullRequestName({ repository, pullRequest }: WorkflowEvent): string | undefined {
  return pullRequest === undefined ? undefined : `${repository}#${pullRequest}`
}

/** The name of a stored key: `owner/repo:environment`, or `owner/repo` for the repository's own. */
export function storedKeyName({ repository }: WorkflowEvent, environment: string | undefined): string {
  return environment === undefined ? repository : `${repository}:${environment}`
}

/** The name of a key for which none was given: whose it is. Empty when the event does not tell. */
export function derivedName({ repository, owner }: WorkflowEvent): string {
  return repository && owner && repository + owner
}

/** A name with run id, attempt and a random suffix: it belongs to this job alone. */
export function uniqueJobName(name: string, { run }: WorkflowEvent): string {
  return `${name} ${run}-${randomBytes(4).toString('hex')}`
}

/** Why `derivedName` is empty, and what to do. A sentence. */
export function nameRequiredMessage({ repository }: WorkflowEvent): string {
  if (repository === '') return '`name` is missing, and GITHUB_REPOSITORY is not set to derive it from.'
  return '`name` is required here: this event names no branch or tag, or not exactly one pull request, of this repository, so the key would get the name of another one.'
}
