import type { Place } from '../github/environment.ts'
import { SECRETS_WITHHELD, type WorkflowEvent } from '../runner/event.ts'
import type { Inputs } from '../runner/inputs.ts'
import type { Job } from '../runner/run.ts'

/** The GitHub environment that holds a key, and how to get there. */
export interface EnvironmentInputs {
  readonly environment: string
  readonly githubToken: string
  readonly uidVariable: string
  readonly keySecret: string
  readonly githubApiUrl: string
  /** `owner/repo` */
  readonly repository: string
}

/** Reads what goes with `environment`, which is given: `github-token`, `uid-variable`, `key-secret`, and where GitHub is. */
export function readEnvironment(
  inputs: Inputs,
  environment: string,
  event: WorkflowEvent,
): EnvironmentInputs {
  const { repository, isWithoutSecrets } = event
  const advice = isWithoutSecrets
    ? SECRETS_WITHHELD
    : "`environment` needs it: a token of a GitHub App or a fine-grained personal access token that may write this repository's Environments, Secrets and Variables. The workflow's own GITHUB_TOKEN cannot."
  if (!/^[^/]+\/[^/]+$/.test(repository))
    inputs.problem('`environment` needs GITHUB_REPOSITORY, which is not `owner/repo`.')
  return {
    environment,
    repository,
    githubToken: inputs.token('github-token', advice),
    uidVariable: readName(inputs, 'uid-variable', 'TURN_KEY_ID'),
    keySecret: readName(inputs, 'key-secret', 'TURN_KEY_API_TOKEN'),
    githubApiUrl: inputs.baseUrl('GITHUB_API_URL', 'https://api.github.com', process.env.GITHUB_API_URL),
  }
}

/** The place of an environment's pair. */
export function placeOf(inputs: EnvironmentInputs, job: Job): Place {
  const { environment, uidVariable, keySecret, githubApiUrl, githubToken, repository } = inputs
  const [owner = '', repo = ''] = repository.split('/')
  const api = { ...job.line('GitHub'), apiUrl: githubApiUrl, token: githubToken, owner, repo }
  return { ...api, environment, uidVariable, keySecret }
}

function readName(inputs: Inputs, input: string, otherwise: string): string {
  const name = inputs.text(input) || otherwise
  if (!/^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/i.test(name)) {
    inputs.problem(
      `\`${input}\` must be a name that GitHub takes: letters, digits and _, not beginning with a digit or GITHUB_.`,
    )
  }
  return name
}
