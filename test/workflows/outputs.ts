import { parse } from 'yaml'
import { findAction } from './own-action.ts'

/** The outputs a workflow reads: the service takes any name for an output of a step. */
export function checkOutputs(text: string, root: string): string[] {
  const jobs = fields(fields(parse(text)).jobs)
  return Object.entries(jobs).flatMap(([id, job]) => [
    ...checkStepOutputs(id, fields(job), root),
    ...checkNeeds(id, fields(job), jobs),
  ])
}

function checkStepOutputs(jobId: string, job: Record<string, unknown>, root: string): string[] {
  const steps = Array.isArray(job.steps) ? job.steps.map(fields) : []
  return references(job, 'steps').flatMap(([id, output]) => {
    const step = steps.find(one => one.id === id)
    if (step === undefined) return [`job ${jobId}: no step ${id}`]
    const action = findAction(root, String(step.uses))
    if (typeof action !== 'object' || action.outputs.some(one => one.name === output)) return []
    return [`job ${jobId}: step ${id} has no output ${output}`]
  })
}

function checkNeeds(jobId: string, job: Record<string, unknown>, jobs: Record<string, unknown>): string[] {
  return references(job, 'needs').flatMap(([id, output]) => {
    const needed = fields(jobs[id])
    const known = [job.needs].flat().includes(id)
    // What a called workflow gives is declared elsewhere.
    if (known && (needed.uses !== undefined || Object.hasOwn(fields(needed.outputs), output))) return []
    return [`job ${jobId}: needs ${id} has no output ${output}`]
  })
}

function references(job: unknown, context: 'steps' | 'needs'): [id: string, output: string][] {
  const pattern = new RegExp(`\\b${context}\\.([\\w-]+)\\.outputs\\.([\\w-]+)`, 'g')
  return [...JSON.stringify(job).matchAll(pattern)].map(({ 1: id = '', 2: output = '' }) => [id, output])
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
