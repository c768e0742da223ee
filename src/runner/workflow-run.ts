import { readFileSync } from 'node:fs'
import { isObject, type JsonObject, parseObject } from '../http/json.ts'

/** What a workflow run tells about itself, as far as names depend on it. */
export interface WorkflowRun {
  /** `owner/repo`. */
  repository: string
  /** The host of the server, with its port, in lower case: `github.com`. */
  host: string
  /** `id-attempt`. */
  idAndAttempt: string
  /** The number of the pull request that the event is about. */
  pullRequest: number | undefined
  /** The branch or tag that the event is about; undefined when it is about anything else, or does not say. */
  refName: string | undefined
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
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  return {
    repository,
    host: URL.parse(server)?.host || server.toLowerCase(),
    idAndAttempt: `${env.GITHUB_RUN_ID ?? ''}-${env.GITHUB_RUN_ATTEMPT ?? ''}`,
    pullRequest: pullRequestOf(payload, env),
    refName: refNameOf(payload, env, repository) || undefined,
    secretsWithheld: env.GITHUB_ACTOR === 'dependabot[bot]' || isFromFork(payload, env),
  }
}

/** The event's payload; without members where it cannot be read: a step may start while the runner writes it. */
function readPayload(path: string | undefined): JsonObject {
  try {
    // Unlike Buffer's, this decoder drops a byte order mark.
    return parseObject(new TextDecoder().decode(readFileSync(path ?? ''))) ?? {}
  } catch {
    return {}
  }
}

/** A comment on a pull request comes as an issue that has a `pull_request`. */
function pullRequestOf({ pull_request, issue }: JsonObject, env: NodeJS.ProcessEnv): number | undefined {
  const event = env.GITHUB_EVENT_NAME ?? ''
  if (event === 'issue_comment') return isObject(issue) && isObject(issue.pull_request) ? numberOf(issue) : undefined
  if (!/^pull_request(_target|_review|_review_comment)?$/.test(event)) return undefined
  const [, number] = /^refs\/pull\/([1-9]\d*)\//.exec(env.GITHUB_REF ?? '') ?? []
  return numberOf(pull_request) ?? (number === undefined ? undefined : Number(number))
}

function numberOf(value: unknown): number | undefined {
  const { number } = isObject(value) ? value : {}
  return typeof number === 'number' ? number : undefined
}

/**
 * Events that run on the ref that they are about. All others run on the default branch, whatever they are about.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const REF_EVENTS = /^(push|workflow_dispatch|schedule|release|merge_group|create|deployment|deployment_status)$/

function refNameOf(payload: JsonObject, env: NodeJS.ProcessEnv, repository: string): string {
  const event = env.GITHUB_EVENT_NAME ?? ''
  if (event === 'workflow_run') return refNameOfWorkflowRun(payload, repository)
  // The push that deletes a branch runs on the default branch.
  if (event === 'push' && payload.deleted === true) return ''
  return REF_EVENTS.test(event) ? (env.GITHUB_REF_NAME ?? '') : ''
}

/**
 * The ref of the run that a `workflow_run` event is about. A run for a pull request names none for sure: its
 * `pull_requests` are all those that share the branch.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
 */
function refNameOfWorkflowRun({ workflow_run }: JsonObject, repository: string): string {
  const { event, head_branch, head_repository } = isObject(workflow_run) ? workflow_run : {}
  const isOurs = isObject(head_repository) && head_repository.full_name === repository
  return isOurs && REF_EVENTS.test(String(event)) && typeof head_branch === 'string' ? head_branch : ''
}

function isFromFork({ pull_request }: JsonObject, env: NodeJS.ProcessEnv): boolean {
  if (!isObject(pull_request) || env.GITHUB_EVENT_NAME === 'pull_request_target') return false
  const { head } = pull_request
  // The head's repository is null once the fork was deleted.
  return isObject(head) && !(isObject(head.repo) && head.repo.full_name === env.GITHUB_REPOSITORY)
}
