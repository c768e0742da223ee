/** A JSON object, whose members are yet to be narrowed. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object, and no array. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What JSON text stands for; undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The object that JSON text stands for; undefined when it is no JSON, or no object. */
export function parseObject(text: string): JsonObject | undefined {
  const json = parseJson(text)
  return isObject(json) ? json : undefined
}
