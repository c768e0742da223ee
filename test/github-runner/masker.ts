/** The runner's secret masker: every registered value, and its usual encodings, become `***`. */
export interface Masker {
  /** Registers a value, one of several lines also line by line, and says what was registered. */
  add(value: string): readonly string[]
  mask(text: string): string
  readonly values: ReadonlySet<string>
}

/** A masker that starts with the values already in force, as the post phase does. */
export function createMasker(inForce: Iterable<string> = []): Masker {
  const values = new Set<string>()
  const forms = new Set<string>()
  const register = (value: string): void => {
    values.add(value)
    for (const form of encodings(value)) forms.add(form)
  }
  for (const value of inForce) register(value)
  return {
    values,
    add: value => {
      const lines = value.split(/[\r\n]+/).map(line => line.trim())
      const added = [...new Set([value, ...lines.filter(line => line !== '')])]
      added.forEach(register)
      return added
    },
    mask: text => replace(text, forms),
  }
}

function encodings(value: string): string[] {
  const bytes = Buffer.from(value)
  // Shifted by one and two bytes: what base64 makes of the value behind a prefix such as `user:`.
  const base64 = [0, 1, 2].map(shift => bytes.subarray(shift < bytes.length ? shift : 0).toString('base64'))
  const uri = encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  const xml = value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
  const expression = value.replaceAll("'", "''")
  const unquoted = /^"(.{7,})"$/s.exec(value)?.[1] ?? value
  return [
    value,
    expression,
    unquoted,
    ...base64,
    uri,
    xml,
    JSON.stringify(value).slice(1, -1),
    value.replaceAll('"', '\\"'),
  ]
}

/** All hits first, then the overlapping and adjoining ones as one `***`: which of them is longer does not matter. */
function replace(text: string, forms: Iterable<string>): string {
  const hits: { start: number; end: number }[] = []
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      hits.push({ start: at, end: at + form.length })
    }
  }
  hits.sort((a, b) => a.start - b.start)
  let masked = ''
  let end = -1
  for (const hit of hits) {
    if (hit.start > end) masked += `${text.slice(Math.max(end, 0), hit.start)}***`
    end = Math.max(end, hit.end)
  }
  return masked + text.slice(Math.max(end, 0))
}
