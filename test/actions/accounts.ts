import type { Emulator } from '../emulator/emulator.ts'

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
