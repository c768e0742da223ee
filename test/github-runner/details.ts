import type { Masker } from './masker.ts'
import type { Phase } from './phase.ts'

/**
 * What the runner prints of a step before it starts: `with:` and `env:` before main, with the masks known so far, and
 * nothing of them before post.
 */
export function detailsOf(
  { action, file, step, left }: Phase,
  inputs: Readonly<Record<string, string>>,
  masker: Masker,
): string {
  if (file === action.post) return 'Post job cleanup.'
  const given = Object.entries(inputs).filter(([, value]) => value !== '')
  const lines = [
    `▼ Run ${action.name}`,
    ...block('with', given),
    ...block('env', Object.entries({ ...left.env, ...step.env })),
  ]
  return masker.mask(lines.join('\n'))
}

function block(title: string, pairs: readonly (readonly [string, string])[]): string[] {
  return pairs.length === 0 ? [] : [`${title}:`, ...pairs.map(([name, value]) => `  ${name}: ${value}`)]
}
