import { ACCOUNT_ID, type Emulator, GITHUB_TOKENS, TOKENS } from '../emulator/emulator.ts'
import { ICE_SERVERS_TOKEN } from './deployed.ts'
import type { Contexts } from './expressions.ts'
import { type Fields, fields, type Recipe } from './workflow.ts'

/** The commit that a pull request is about. */
export const HEAD_SHA = '0123456789abcdef0123456789abcdef01234567'

/** What starts a workflow. */
export interface Event {
  readonly name: string
  readonly payload: Fields
}

/**
 * An event that starts a recipe, in words: its name, or for a pull request the `action`, before which may stand whose it
 * is, as in `fork opened`. Without words, the recipe's first trigger.
 */
export function eventOf({ triggers }: Recipe, words = ''): Event {
  const [[first, filter] = ['push', {}]] = Object.entries(triggers)
  const name =
    words in triggers ? words : words === '' || !('pull_request' in triggers) ? first : 'pull_request'
  if (name === 'delete') return { name, payload: { ref: 'gone', ref_type: 'branch' } }
  if (name === 'deployment_status') {
    const deployment = { environment: words === 'of a preview' ? 'Preview' : 'Production' }
    return { name, payload: { deployment, deployment_status: { state: 'success' } } }
  }
  if (name !== 'pull_request') return { name, payload: {} }
  const { types } = fields(filter)
  const [usual]: unknown[] = Array.isArray(types) ? types : ['opened']
  const [action = usual, who] = words.split(' ').filter(Boolean).reverse()
  const head = { sha: HEAD_SHA, repo: { full_name: who === 'fork' ? 'mallory/app' : 'octo/app' } }
  const user = { login: who === 'dependabot' ? 'dependabot[bot]' : 'octocat' }
  return { name, payload: { action, number: 7, pull_request: { number: 7, head, user } } }
}

/** What a reader who followed the README stored on GitHub, and what GitHub itself knows. */
export function contextsOf(recipe: Recipe, event: Event, environment: string, emulator: Emulator): Contexts {
  const held = emulator.github.environment(environment)
  const stored = emulator.keys().find(({ name }) => name === 'stored')
  return {
    github: githubOf(event),
    runner: { temp: '/home/runner/work/_temp' },
    inputs: inputsOf(recipe, event),
    secrets: {
      CLOUDFLARE_ANALYTICS_TOKEN: TOKENS.analytics,
      CLOUDFLARE_API_TOKEN: recipe.title.endsWith('Pages') ? TOKENS.pages : TOKENS.workers,
      ENVIRONMENTS_TOKEN: GITHUB_TOKENS.full,
      TURN_STORE_TOKEN: GITHUB_TOKENS.full,
      TURN_APP_PRIVATE_KEY: 'the private key of an App',
      FLY_API_TOKEN: 'a token of Fly.io',
      ICE_SERVERS_TOKEN,
      NETLIFY_AUTH_TOKEN: 'a token of Netlify',
      VERCEL_TOKEN: 'a_token_of_Vercel',
      ...(stored && { TURN_KEY_API_TOKEN: stored.secret }),
      ...valuesOf(held?.secrets),
    },
    vars: {
      CLOUDFLARE_ACCOUNT_ID: ACCOUNT_ID,
      KUBECONFIG: '/home/runner/kubeconfig',
      NETLIFY_ACCOUNT: 'octo',
      NETLIFY_SITE_ID: 'the-id-of-a-site',
      TURN_APP_CLIENT_ID: 'the client id of an App',
      VERCEL_ORG_ID: 'team_1',
      VERCEL_PROJECT_ID: 'prj_1',
      ...(stored && { TURN_KEY_ID: stored.uid }),
      ...valuesOf(held?.variables),
    },
  }
}

/** The outputs of other people's actions. */
export function foreignOutputs(uses: string): Fields {
  return uses.startsWith('actions/create-github-app-token@') ? { token: GITHUB_TOKENS.full } : {}
}

/** As `test/github-runner.ts` tells the step. */
function githubOf({ name, payload }: Event): Fields {
  return {
    actor: 'octocat',
    event: payload,
    event_name: name,
    head_ref: name === 'pull_request' ? 'feature' : '',
    ref_name: 'main',
    repository: 'octo/app',
    repository_owner: 'octo',
    run_attempt: '1',
    run_id: '1234567890',
    token: GITHUB_TOKENS.workflow,
  }
}

/** The inputs of `workflow_dispatch`; those of a run that something else started are empty. */
function inputsOf({ triggers }: Recipe, { name }: Event): Fields {
  const declared = Object.entries(fields(fields(triggers.workflow_dispatch).inputs))
  return Object.fromEntries(
    declared.map(([input, about]) => [input, name === 'workflow_dispatch' ? fields(about).default : '']),
  )
}

function valuesOf(stored: Readonly<Record<string, { value: string }>> = {}): Fields {
  return Object.fromEntries(Object.entries(stored).map(([name, { value }]) => [name, value]))
}
