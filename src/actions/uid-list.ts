const MAX_UIDS = 40

/** Uids for an annotation, which the runner cuts at 4,096 characters: as many as fit, and how many more there are. */
export function formatUids(uids: readonly string[]): string {
  const shown = uids.slice(0, MAX_UIDS).join(', ')
  return uids.length > MAX_UIDS ? `${shown}, and ${uids.length - MAX_UIDS} more (the log lists them)` : shown
}
