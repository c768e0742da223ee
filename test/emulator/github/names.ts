/** How much a secret or a variable may hold. */
export const MOST_BYTES = 48 * 1024

/** Whether GitHub takes a name for a secret or a variable. */
export function isAllowedName(name: string): boolean {
  return /^(?!github_)[a-z_][a-z0-9_]*$/i.test(name)
}
