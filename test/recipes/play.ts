import { join } from 'node:path'
import type { Emulator } from '../emulator/emulator.ts'
import { readAction } from '../runner/action.ts'
import { type ActionFolder, runStep, type StepRun } from '../runner.ts'
import { type Contexts, fill, holds } from './expressions.ts'
import { contextsOf, type Event, foreignOutputs } from './reader.ts'
import type { Fields, Job, Recipe, Step } from './workflow.ts'

/** One phase of a step of ours. */
export interface Phase {
  readonly what: string
  readonly run: StepRun
}

const ROOT = join(import.meta.dirname, '../..')

/** Plays a recipe against an emulator as GitHub would: job by job, step by step, and the post steps backwards. */
export async function play(recipe: Recipe, event: Event, emulator: Emulator): Promise<Phase[]> {
  const phases: Phase[] = []
  const needs: Record<string, { outputs: Fields }> = {}
  for (const job of recipe.jobs) {
    const runs = job.combinations.map(async matrix => {
      const environment = fill(job.environment, { matrix })
      // GitHub makes an environment when a job first names it.
      if (environment) emulator.github.addEnvironment(environment)
      const contexts = { ...contextsOf(recipe, event, environment, emulator), matrix, needs }
      if (!holds(job.condition, contexts)) return
      const done = await playJob(recipe, job, contexts, event, emulator)
      phases.push(...done.phases)
      needs[job.id] = { outputs: done.outputs }
    })
    await Promise.all(runs)
  }
  return phases
}

async function playJob(
  recipe: Recipe,
  job: Job,
  contexts: Contexts,
  event: Event,
  emulator: Emulator,
): Promise<{ phases: Phase[]; outputs: Fields }> {
  const steps: Record<string, { outputs: Fields }> = {}
  const mains: Phase[] = []
  const now = { ...contexts, steps }
  for (const step of job.steps) {
    if (!holds(step.condition, now)) {
      if (step.id) steps[step.id] = { outputs: {} }
      continue
    }
    const env = { ...filled(recipe.env, now), ...filled(job.env, now), ...filled(step.env, now) }
    const main = await playStep(step, env, now, event, emulator)
    if (main) mains.push(main)
    if (step.id) steps[step.id] = { outputs: main ? main.run.outputs : foreignOutputs(step.uses) }
  }
  const jobStatus = mains.every(({ run }) => run.exitCode === 0) ? 'success' : 'failure'
  const posts: Phase[] = []
  for (const { what, run } of mains.toReversed()) {
    posts.push({ what: `post of ${what}`, run: await run.post({ jobStatus }) })
  }
  const masks = mains.flatMap(({ run }) => run.masks)
  return { phases: [...mains, ...posts], outputs: crossing(job.outputs, now, masks) }
}

async function playStep(
  { uses, inputs }: Step,
  env: Record<string, string>,
  contexts: Contexts,
  event: Event,
  emulator: Emulator,
): Promise<Phase | undefined> {
  const given = filled(inputs, contexts)
  const folder = ownFolder(uses)
  if (!folder) return undefined
  const urls: Fields = { 'api-url': emulator.apiUrl, 'rtc-url': emulator.rtcUrl }
  for (const { name } of readAction(ROOT, folder).inputs) if (name in urls) given[name] = String(urls[name])
  const run = await runStep(folder, {
    inputs: given,
    env: { ...env, GITHUB_API_URL: emulator.githubUrl },
    event,
  })
  return { what: uses, run }
}

function ownFolder(uses: string): ActionFolder | undefined {
  const [own, folder] = /^OWNER\/cloudflare-turn-key(?:\/(credentials|delete))?@v1$/.exec(uses) ?? []
  if (folder === 'credentials' || folder === 'delete') return folder
  return own === undefined ? undefined : '.'
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

/** A job's outputs: the runner drops one that holds a masked value. */
function crossing(outputs: Fields, contexts: Contexts, masks: readonly string[]): Fields {
  const all = Object.entries(outputs).map(([name, value]) => [name, fill(String(value), contexts)] as const)
  return Object.fromEntries(all.filter(([, value]) => !masks.some(mask => value.includes(mask))))
}
