import { createMasker } from './masker.ts'

/** A job's outputs as other jobs get them: the runner drops an empty one, and one that shows a masked value. */
export function jobOutputs(
  outputs: Readonly<Record<string, string>>,
  masks: Iterable<string>,
): Record<string, string> {
  const masker = createMasker(masks)
  return Object.fromEntries(
    Object.entries(outputs).filter(([, value]) => value !== '' && masker.mask(value) === value),
  )
}
