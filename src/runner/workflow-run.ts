import { readFileSync } from 'node:fs'
import { isObject, type JsonObject, parseObject } from '../http/json.ts'

/** What a workflow run tells about itself, as far as names depend on it. */
export interface WorkflowRun {
  repository: string
  /** `id-attempt`. */
  idAndAttempt: string
  /** The number of the pull request in the event's payload. */
  pullRequest: number | undefined
  /** What the run is for: `#number` of a pull request, or `@branch` or `@tag`; empty when the event does not tell. */
  nameSuffix: string
  /** GitHub withholds secrets from this run: it is for a pull request from a fork, or for one of Dependabot's. */
  secretsWithheld: boolean
}

/** What to do about `secretsWithheld`. A sentence. */
export const SECRETS_WITHHELD_HINT =
  'GitHub withholds secrets from runs for pull requests from forks or Dependabot: skip this step there, with an `if:`.'

/** Reads the event that started this run. https://docs.github.com/actions/reference/workflows-and-actions/variables */
export function readWorkflowRun(env: NodeJS.ProcessEnv): WorkflowRun {
  const payload = readPayload(env.GITHUB_EVENT_PATH)
  const repository = env.GITHUB_REPOSITORY ?? ''
  const pullRequest = pullRequestOf(payload)
  const refSuffix = env.GITHUB_REF_NAME ? `@${env.GITHUB_REF_NAME}` : ''
  const ownSuffix = pullRequest === undefined ? refSuffix : `#${pullRequest}`
  return {
    repository,
    idAndAttempt: `${env.GITHUB_RUN_ID ?? ''}-${env.GITHUB_RUN_ATTEMPT ?? ''}`,
    pullRequest,
    nameSuffix: env.GITHUB_EVENT_NAME === 'workflow_run' ? suffixOfWorkflowRun(payload, repository) : ownSuffix,
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
  const isComment = isObject(issue) && isObject(issue.pull_request)
  const { number } = isObject(pull_request) ? pull_request : isComment ? issue : {}
  return typeof number === 'number' ? number : undefined
}

/** A run started by one of these may be for a pull request, even when its payload names none. */
const MAYBE_PULL_REQUEST = /^(pull_request.*|issue_comment|workflow_run|)$/

/**
 * What started the run that a `workflow_run` event is about, not the default branch, on which every such event runs.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
 */
function suffixOfWorkflowRun({ workflow_run, repository: own }: JsonObject, repository: string): string {
  const { event, head_branch, head_repository, pull_requests } = isObject(workflow_run) ? workflow_run : {}
  if (!isObject(head_repository) || head_repository.full_name !== repository) return ''
  if (typeof event === 'string' && !MAYBE_PULL_REQUEST.test(event)) {
    return typeof head_branch === 'string' && head_branch !== '' ? `@${head_branch}` : ''
  }
  const ownId = isObject(own) ? own.id : undefined
  const isOurs = ({ base }: JsonObject) =>
    ownId !== undefined && isObject(base) && isObject(base.repo) && base.repo.id === ownId
  const [pull, ...others] = [pull_requests].flat().filter(isObject).filter(isOurs)
  return pull && others.length === 0 && typeof pull.number === 'number' ? `#${pull.number}` : ''
}

function isFromFork({ pull_request }: JsonObject, env: NodeJS.ProcessEnv): boolean {
  if (!isObject(pull_request) || env.GITHUB_EVENT_NAME === 'pull_request_target') return false
  const { head } = pull_request
  // The head's repository is null once the fork was deleted.
  return isObject(head) && !(isObject(head.repo) && head.repo.full_name === env.GITHUB_REPOSITORY)
}
