import type { KeyStore } from '../github/store.ts'
import type { Inputs } from '../runner/inputs.ts'
import { info } from '../runner/log.ts'
import { readRepositoryAndToken } from './repository.ts'

/** What `uid-variable` and `key-secret` are when not given. */
export const DEFAULT_NAMES = ['TURN_KEY_ID', 'TURN_KEY_API_TOKEN'] as const

/** Reads what goes with `environment`, or where that is empty with `store`: token, names, and where GitHub is. */
export function readKeyStore(inputs: Inputs, environment: string): KeyStore {
  const { repository } = inputs.run
  const [input, permissions, label] = environment
    ? ['environment', 'Environments: write', `the environment "${environment}"`]
    : ['store', 'Secrets: write and Variables: write', `the repository ${repository}`]
  const hint = `\`${input}\` needs it: a fine-grained personal access token or a token of a GitHub App with the repository permission ${permissions}. The workflow's own GITHUB_TOKEN cannot have it.`
  return {
    environment,
    label,
    permissions,
    ...readRepositoryAndToken(inputs, input, hint),
    uidVariable: readName(inputs, 'uid-variable', DEFAULT_NAMES[0]),
    keySecret: readName(inputs, 'key-secret', DEFAULT_NAMES[1]),
  }
}

/** What `store` names: the repository's own variable and secret, or secrets of a Worker. */
const STORES = ['repository', 'worker', 'worker-previews'] as const

/** Reads a value of `store`; undefined when it is empty. */
export function readRepositoryOrWorker(inputs: Inputs, value: string): (typeof STORES)[number] | undefined {
  const store = STORES.find(known => known === value)
  inputs.addErrorIf(
    value !== '' && store === undefined,
    `\`store\` must be repository, worker or worker-previews, or left out; it is "${value}".`,
  )
  return store
}

/** Whether Gitea or Forgejo runs the workflow: they have no environments. */
export const isGiteaOrForgejo = (): boolean => Boolean(process.env.GITEA_ACTIONS || process.env.FORGEJO_ACTIONS)

/** What to say when the repository has no such environment, or the token cannot see it; `advice` is for GitHub only. */
export function environmentNotFoundMessage(
  { environment, owner, repo, permissions }: KeyStore,
  advice: string,
): string {
  if (isGiteaOrForgejo()) {
    return 'Gitea and Forgejo have no environments: leave `environment` out, and store the outputs yourself.'
  }
  return `The repository ${owner}/${repo} has no environment "${environment}", or \`github-token\` lacks the permission ${permissions}. ${advice}`
}

/** Names a stored key that the account does not have, before the pair is removed or replaced. */
export function logUnknownKey({ uidVariable, label }: KeyStore, uid: string): void {
  info(
    `The variable ${uidVariable} of ${label} names the TURN key ${uid}, which this account does not have: it was deleted, or belongs to another account.`,
  )
}

/** What bundlers publish to every browser: https://vite.dev/guide/env-and-mode and its like. */
const PUBLISHED = /^(VITE|NEXT_PUBLIC|PUBLIC|REACT_APP|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY)_/i

/** Refuses a name of `key-secret` under which a secret would not stay one. Such a secret can still be deleted. */
export function addErrorIfBrowserExposed(inputs: Inputs, keySecret: string): void {
  const [prefix] = PUBLISHED.exec(keySecret) ?? []
  inputs.addErrorIf(
    prefix,
    `\`key-secret\` must not begin with ${prefix}: bundlers publish such a variable to every browser, and the key belongs on a server.`,
  )
}

function readName(inputs: Inputs, input: string, defaultValue: string): string {
  const name = inputs.text(input) || defaultValue
  inputs.addErrorIf(
    !/^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/i.test(name),
    `\`${input}\` must be a name that GitHub accepts: letters, digits and _, not starting with a digit or GITHUB_.`,
  )
  return name
}
