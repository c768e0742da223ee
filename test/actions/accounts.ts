import type { Emulator } from '../emulator/emulator.ts'

/** What makes a step live faster: it is imported before the action. */
export const FAST_CLOCK = new URL('../fast-clock.ts', import.meta.url).href

/** Makes a step live so many times faster, in main and post. */
export function fast(times: number): { nodeOptions: string[]; env: Record<string, string> } {
  return { nodeOptions: ['--import', FAST_CLOCK], env: { FAST_CLOCK: String(times) } }
}

/** The operations that an emulator was asked for, in order. */
export function operationsOf({ requests }: Pick<Emulator, 'requests'>): string[] {
  return requests.map(({ operation }) => operation)
}

/** The names of the keys that are left, oldest first. */
export function names(emulator: Emulator): string[] {
  return emulator.keys().map(({ name }) => name)
}

/** A moment so many milliseconds ago, as Cloudflare writes it. */
export function ago(milliseconds: number): string {
  return new Date(Date.now() - milliseconds).toISOString()
}

/** A uid that no key has: 32 times the digit. */
export function unknownUid(digit: string): string {
  return digit.repeat(32)
}
