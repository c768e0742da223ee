/** Decimal, as Cloudflare bills. */
const UNITS = { bytes: 1, kB: 1000, MB: 1000 ** 2, GB: 1000 ** 3, TB: 1000 ** 4 } as const

/** The name of the largest unit of which there is at least one, and how many bytes it is. */
export function unitOf(bytes: number): { readonly name: string; readonly size: number } {
  const [name, size] = Object.entries(UNITS).findLast(([, unit]) => bytes >= unit) ?? ['bytes', 1]
  return { name, size }
}

/** Bytes for people: `99.99 GB`. Cut, not rounded: what is below a limit must not read like it. */
export function formatBytes(bytes: number): string {
  const { name, size } = unitOf(bytes)
  return `${Math.floor((bytes * 100) / size) / 100} ${name}`
}

/** Reads `500MB`, `100GB` or `1TB`; undefined when the text is none of these. */
export function parseBytes(text: string): number | undefined {
  const [, count, name] = /^([1-9]\d{0,5})(MB|GB|TB)$/.exec(text) ?? []
  const size = Object.entries(UNITS).find(([unit]) => unit === name)?.[1]
  return size && Number(count) * size
}
