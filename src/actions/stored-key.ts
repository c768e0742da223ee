import type { KeyStoreClient } from '../github/key-store.ts'
import { SECRETS_WITHHELD, type WorkflowEvent } from '../runner/event.ts'
import type { Inputs } from '../runner/inputs.ts'
import type { StepContext } from '../runner/run.ts'

/** Where on GitHub a key is stored, and how to get there. */
export interface KeyStoreInputs {
  /** The environment's name; undefined for the repository itself. */
  readonly environment: string | undefined
  readonly githubToken: string
  readonly uidVariable: string
  readonly keySecret: string
  readonly githubApiUrl: string
  /** `owner/repo` */
  readonly repository: string
}

/** Reads what goes with `environment` or `store`: `github-token`, `uid-variable`, `key-secret`, and where GitHub is. */
export function readKeyStore(
  inputs: Inputs,
  environment: string | undefined,
  { repository, secretsWithheld }: WorkflowEvent,
): KeyStoreInputs {
  const input = environment === undefined ? 'store' : 'environment'
  const hint = secretsWithheld
    ? SECRETS_WITHHELD
    : `\`${input}\` needs it: a fine-grained personal access token or a token of a GitHub App with the repository permission ${permissionsFor(environment)}. The workflow's own GITHUB_TOKEN cannot have it.`
  if (!/^[^/]+\/[^/]+$/.test(repository))
    inputs.addError(`\`${input}\` needs GITHUB_REPOSITORY, which is not \`owner/repo\`.`)
  return {
    environment,
    repository,
    githubToken: inputs.token('github-token', hint),
    uidVariable: readName(inputs, 'uid-variable', 'TURN_KEY_ID'),
    keySecret: readName(inputs, 'key-secret', 'TURN_KEY_API_TOKEN'),
    githubApiUrl: inputs.baseUrl('GITHUB_API_URL', 'https://api.github.com', process.env.GITHUB_API_URL),
  }
}

/** Reads `store`: whether the repository itself holds the key. */
export function readStore(inputs: Inputs, value = inputs.text('store')): boolean {
  if (value !== '' && value !== 'repository')
    inputs.addError(`\`store\` must be repository, or left out; it is "${value}".`)
  return value === 'repository'
}

/** A client for the place that stores the key. */
export function createKeyStoreClient(inputs: KeyStoreInputs, context: StepContext): KeyStoreClient {
  const { environment, uidVariable, keySecret, githubApiUrl, githubToken, repository } = inputs
  const [owner = '', repo = ''] = repository.split('/')
  return {
    ...context.createClient('GitHub'),
    apiUrl: githubApiUrl,
    token: githubToken,
    owner,
    repo,
    permissions: permissionsFor(environment),
    environment,
    label: describeStore(inputs),
    uidVariable,
    keySecret,
  }
}

/** https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
function permissionsFor(environment: string | undefined): string {
  return environment === undefined ? 'Secrets: write and Variables: write' : 'Environments: write'
}

/** Where a key is stored, in the words of messages. */
export function describeStore({ environment, repository }: KeyStoreInputs): string {
  return environment === undefined ? `the repository ${repository}` : `the environment "${environment}"`
}

/** What to do when the repository has no such environment, or the token cannot see it. Sentences. */
export function missingEnvironment({ environment, repository }: KeyStoreInputs): string {
  if (process.env.GITEA_ACTIONS || process.env.FORGEJO_ACTIONS) {
    return 'Gitea and Forgejo have no environments: leave `environment` out, and store the outputs yourself.'
  }
  return `The repository ${repository} has no environment "${environment}", or \`github-token\` lacks the permission Environments: write.`
}

function readName(inputs: Inputs, input: string, defaultValue: string): string {
  const name = inputs.text(input) || defaultValue
  if (!/^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/i.test(name)) {
    inputs.addError(
      `\`${input}\` must be a name that GitHub accepts: letters, digits and _, not starting with a digit or GITHUB_.`,
    )
  }
  return name
}
