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
  /** GitHub withholds secrets from this run: it is for a pull request from a fork, or for one of Dependabot's. */
  isWithoutSecrets: boolean
}

/** What to do about `isWithoutSecrets`. A sentence. */
export const SECRETS_WITHHELD =
  'GitHub withholds secrets from runs for pull requests from forks and of Dependabot: skip this step there, with an `if:`.'

/** Reads the event that started this run. https://docs.github.com/actions/reference/workflows-and-actions/variables */
export function readEvent(env: NodeJS.ProcessEnv): WorkflowEvent {
  const payload = readPayload(env.GITHUB_EVENT_PATH)
  return {
    repository: env.GITHUB_REPOSITORY ?? '',
    refName: env.GITHUB_REF_NAME ?? '',
    run: `${env.GITHUB_RUN_ID ?? ''}-${env.GITHUB_RUN_ATTEMPT ?? ''}`,
    pullRequest: pullRequestOf(payload),
    isWithoutSecrets: env.GITHUB_ACTOR === 'dependabot[bot]' || isFromFork(payload, env),
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
  const holder = isRecord(pull_request)
    ? pull_request
    : isRecord(issue) && isRecord(issue.pull_request)
      ? issue
      : {}
  return typeof holder.number === 'number' ? holder.number : undefined
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
