import { randomBytes } from 'node:crypto'
import type { WorkflowEvent } from '../runner/event.ts'

/** The name of a pull request's key, `owner/repo#number`, or undefined when the event has no pull request. */
export function pullRequestName({ repository, pullRequest }: WorkflowEvent): string | undefined {
  return pullRequest === undefined ? undefined : `${repository}#${pullRequest}`
}

/** The name of an environment's key: `owner/repo:environment`. */
export function environmentName({ repository }: WorkflowEvent, environment: string): string {
  return `${repository}:${environment}`
}

/** The name of a key for which none was given and no environment: by pull request, or else by branch or tag. */
export function derivedName(event: WorkflowEvent): string {
  return pullRequestName(event) ?? `${event.repository}@${event.refName}`
}

/** The derived name with run id, attempt and a random suffix: it belongs to this job alone. */
export function jobsOwnName(event: WorkflowEvent): string {
  return `${derivedName(event)} ${event.run}-${randomBytes(4).toString('hex')}`
}
