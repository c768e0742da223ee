import { readFileSync } from 'node:fs'
import { isRecord, type JsonObject, parseObject } from '../http/json.ts'

/** What a workflow run tells about itself, as far as names depend on it. */
export interface WorkflowEvent {
  repository: string
  refName: string
  /** `run id-attempt`. */
  run: string
  /** The number of the pull request in the event's payload. */
  pullRequest: number | undefined
  /** The run that a `workflow_run` event is about. */
  workflowRun: WorkflowRun | undefined
  /** GitHub withholds secrets from this run: it is for a pull request from a fork, or for one of Dependabot's. */
  secretsWithheld: boolean
}

/** https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run */
export interface WorkflowRun {
  /** The event that started it. */
  event: string
  headBranch: string
  /** Whether what it ran on is in this repository, not in a fork. */
  isOwn: boolean
  /** The numbers of the pull requests of this repository that it was for. */
  pullRequests: readonly number[]
}

/** What to do about `secretsWithheld`. A sentence. */
export const SECRETS_WITHHELD =
  'GitHub withholds secrets from runs for pull requests from forks or Dependabot: skip this step there, with an `if:`.'

/** Reads the event that started this run. https://docs.github.com/actions/reference/workflows-and-actions/variables */
export function readEvent(env: NodeJS.ProcessEnv): WorkflowEvent {
  const payload = readPayload(env.GITHUB_EVENT_PATH)
  const repository = env.GITHUB_REPOSITORY ?? ''
  return {
    repository,
    refName: env.GITHUB_REF_NAME ?? '',
    run: `${env.GITHUB_RUN_ID ?? ''}-${env.GITHUB_RUN_ATTEMPT ?? ''}`,
    pullRequest: pullRequestOf(payload),
    workflowRun: env.GITHUB_EVENT_NAME === 'workflow_run' ? workflowRunOf(payload, repository) : undefined,
    secretsWithheld: env.GITHUB_ACTOR === 'dependabot[bot]' || isFromFork(payload, env),
  }
}

function readPayload(path: string | undefined): JsonObject {
  try {
    return parseObject(readFileSync(path ?? '', 'utf8')) ?? {}
  } catch {
    return {}
  }
}

/** A comment on a pull request comes as an issue that has a `pull_request`. */
function pullRequestOf({ pull_request, issue }: JsonObject): number | undefined {
  const holder = isRecord(pull_request) ? pull_request : isRecord(issue) && isRecord(issue.pull_request) ? issue : {}
  return typeof holder.number === 'number' ? holder.number : undefined
}

function workflowRunOf({ workflow_run, repository: own }: JsonObject, repository: string): WorkflowRun {
  const { event, head_branch, head_repository, pull_requests } = isRecord(workflow_run) ? workflow_run : {}
  const ownId = isRecord(own) ? own.id : undefined
  const pullRequests = [pull_requests].flat().filter(isRecord)
  return {
    event: typeof event === 'string' ? event : '',
    headBranch: typeof head_branch === 'string' ? head_branch : '',
    isOwn: isRecord(head_repository) && head_repository.full_name === repository,
    pullRequests: pullRequests.flatMap(({ number, base }) => {
      const isOurs = isRecord(base) && isRecord(base.repo) && ownId !== undefined && base.repo.id === ownId
      return isOurs && typeof number === 'number' ? number : []
    }),
  }
}

function isFromFork(
  { pull_request }: JsonObject,
  { GITHUB_EVENT_NAME, GITHUB_REPOSITORY }: NodeJS.ProcessEnv,
): boolean {
  if (!isRecord(pull_request) || GITHUB_EVENT_NAME === 'pull_request_target') return false
  const { head } = pull_request
  // The head's repository is null once the fork was deleted.
  return isRecord(head) && !(isRecord(head.repo) && head.repo.full_name === GITHUB_REPOSITORY)
}
