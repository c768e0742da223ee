import { join } from 'node:path'
import { type Emulator, GITHUB_TOKENS } from '../emulator/emulator.ts'
import { readAction } from '../github-runner/action.ts'
import { jobOutputs } from '../github-runner/job-outputs.ts'
import {
  ACTION_FOLDERS,
  type ActionFolder,
  runStep,
  type StepOptions,
  type StepRun,
} from '../github-runner.ts'
import { startDeployed } from './deployed.ts'
import { type Contexts, fill, holds } from './expressions.ts'
import { contextsOf, type Event, foreignOutputs } from './reader.ts'
import { imagineScript, type RunScript, type ScriptRun } from './script.ts'
import type { Fields, Job, Recipe, Step } from './workflow.ts'

/** One phase of a step of ours. */
export interface Phase {
  readonly what: string
  readonly run: StepRun
}

/** What became of a recipe: the phases of our steps, and the scripts. */
export interface Played {
  readonly phases: Phase[]
  readonly scripts: ScriptRun[]
}

/** How a run goes wrong: a script fails at the command that contains `at`, and the job ends so. */
export interface Mishap {
  readonly at: string
  readonly status: 'failure' | 'cancelled'
}

const ROOT = join(import.meta.dirname, '../..')

/**
 * Plays a recipe against an emulator as GitHub would: job by job, step by step, and the post steps backwards. Scripts
 * are only imagined, unless something runs them.
 */
export async function play(
  recipe: Recipe,
  event: Event,
  emulator: Emulator,
  mishap?: Mishap,
  runScript: RunScript = imagineScript(mishap?.at),
): Promise<Played> {
  const played: Played = { phases: [], scripts: [] }
  const needs: Record<string, { outputs: Fields }> = {}
  for (const job of recipe.jobs) {
    const runs = job.combinations.map(async matrix => {
      const environment = fill(job.environment, { matrix })
      const contexts = { ...contextsOf(recipe, event, environment, emulator), matrix, needs }
      if (!holds(job.condition, contexts)) return
      // GitHub creates an environment when a job first names it.
      if (environment) emulator.github.addEnvironment(environment)
      emulator.github.addToken(GITHUB_TOKENS.workflow, permissionsOf(job))
      const outputs = await playJob(recipe, job, contexts, event, emulator, played, mishap, runScript)
      needs[job.id] = { outputs }
    })
    await Promise.all(runs)
  }
  return played
}

/** What the job's own token may do: what its `permissions:` name, and nothing else. */
function permissionsOf({ permissions }: Job): Parameters<Emulator['github']['addToken']>[1] {
  const level = (name: string): 'read' | 'none' => (permissions[name] === 'read' ? 'read' : 'none')
  const statuses = permissions.statuses === 'write' ? 'write' : 'none'
  const pullRequests = level('pull-requests')
  return { actions: level('actions'), contents: level('contents'), pullRequests, statuses }
}

async function playJob(
  recipe: Recipe,
  job: Job,
  contexts: Contexts,
  event: Event,
  emulator: Emulator,
  played: Played,
  mishap: Mishap | undefined,
  runScript: RunScript,
): Promise<Fields> {
  const steps: Record<string, { outputs: Fields }> = {}
  const mains: Phase[] = []
  const masks = Object.values(contexts.secrets ?? {}).map(String)
  const now = { ...contexts, steps }
  let failed = false
  for (const step of job.steps) {
    if (step.id) steps[step.id] = { outputs: {} }
    if (!holds(step.condition, now, failed)) continue
    const env = { ...filled(recipe.env, now), ...filled(job.env, now), ...filled(step.env, now) }
    const main = await playStep(step, { env, masks, event }, now, emulator)
    const script = step.run === '' ? undefined : await runScript(step, env)
    if (main) mains.push(main)
    masks.push(...(main?.run.masks ?? []))
    if (script) played.scripts.push(script)
    const run = main?.run ?? script
    if (run?.exitCode) failed = true
    const outputs = run?.outputs ?? foreignOutputs(step.uses)
    if (step.id) steps[step.id] = { outputs: { ...unsetOutputs(step.uses), ...outputs } }
  }
  const jobStatus = failed ? (mishap?.status ?? 'failure') : 'success'
  played.phases.push(...mains)
  for (const { what, run } of mains.toReversed()) {
    played.phases.push({ what: `post of ${what}`, run: await run.post({ jobStatus }) })
  }
  return jobOutputs(filledOutputs(job.outputs, now), masks)
}

async function playStep(
  { uses, inputs, id }: Step,
  options: Pick<StepOptions, 'env' | 'masks' | 'event'>,
  contexts: Contexts,
  emulator: Emulator,
): Promise<Phase | undefined> {
  const given = filled(inputs, contexts)
  const folder = ownFolder(uses)
  if (!folder) return undefined
  const deployed = given.url === undefined ? undefined : await startDeployed(emulator)
  if (deployed) given.url = deployed.urlFor(given.url ?? '')
  const urls: Fields = { 'api-url': emulator.apiUrl, 'rtc-url': emulator.rtcUrl }
  for (const { name } of readAction(ROOT, folder).inputs) if (name in urls) given[name] = String(urls[name])
  const run = await runStep(folder, {
    ...options,
    inputs: given,
    runner: { GITHUB_API_URL: emulator.githubUrl },
    id,
  })
  await deployed?.stop()
  return { what: uses, run }
}

function ownFolder(uses: string): ActionFolder | undefined {
  const [own, folder = '.'] = /^[^/]+\/cloudflare-turn-key(?:\/(\w+))?@v1$/.exec(uses) ?? []
  return own === undefined ? undefined : ACTION_FOLDERS.find(known => known === folder)
}

/** The outputs of an action of ours, empty as they are until it sets them. */
function unsetOutputs(uses: string): Fields {
  const folder = ownFolder(uses)
  return Object.fromEntries((folder ? readAction(ROOT, folder).outputs : []).map(({ name }) => [name, '']))
}

function filled(given: Fields, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const text = fill(String(value), contexts)
      if (text.trim() === '') throw new Error(`${name} comes out empty`)
      return [name, text]
    }),
  )
}

function filledOutputs(outputs: Fields, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, fill(String(value), contexts)]),
  )
}
