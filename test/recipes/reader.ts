import { ACCOUNT_ID, type Emulator, GITHUB_TOKENS, TOKENS } from '../emulator/emulator.ts'
import type { Contexts } from './expressions.ts'
import { type Fields, fields, type Recipe } from './workflow.ts'

/** What starts a workflow. */
export interface Event {
  readonly name: string
  readonly payload: Fields
}

/** The event of a recipe: its first trigger, on a pull request with that action or the first of its types. */
export function eventOf({ triggers }: Recipe, action?: string): Event {
  const [[name, filter] = ['push', {}]] = Object.entries(triggers)
  if (name !== 'pull_request') return { name, payload: {} }
  const { types } = fields(filter)
  const [first]: unknown[] = Array.isArray(types) ? types : ['opened']
  const head = { repo: { full_name: 'octo/app' } }
  const pull_request = { number: 7, head, user: { login: 'octocat' } }
  return { name, payload: { action: action ?? first, number: 7, pull_request } }
}

/** What a reader who followed the README stored on GitHub, and what GitHub itself knows. */
export function contextsOf(recipe: Recipe, event: Event, environment: string, emulator: Emulator): Contexts {
  const held = emulator.github.environment(environment)
  const stored = emulator.keys().find(({ name }) => name === 'stored')
  return {
    github: githubOf(event),
    inputs: inputsOf(recipe, event),
    secrets: {
      CLOUDFLARE_API_TOKEN: TOKENS.write,
      TURN_APP_PRIVATE_KEY: 'the private key of an App',
      WORKERS_API_TOKEN: 'a token that may deploy Workers',
      ...(stored && { TURN_KEY_API_TOKEN: stored.secret }),
      ...valuesOf(held?.secrets),
    },
    vars: {
      CLOUDFLARE_ACCOUNT_ID: ACCOUNT_ID,
      TURN_APP_CLIENT_ID: 'the client id of an App',
      ...(stored && { TURN_KEY_ID: stored.uid }),
      ...valuesOf(held?.variables),
    },
  }
}

/** The outputs of other people's actions. */
export function foreignOutputs(uses: string): Fields {
  return uses.startsWith('actions/create-github-app-token@') ? { token: GITHUB_TOKENS.full } : {}
}

/** As `test/runner.ts` tells the step. */
function githubOf({ name, payload }: Event): Fields {
  return {
    actor: 'octocat',
    event: payload,
    event_name: name,
    ref_name: 'main',
    repository: 'octo/app',
    repository_owner: 'octo',
    run_attempt: '1',
    run_id: '1234567890',
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
