/** What expressions can name: `github`, `secrets`, `steps` and so on, as nested objects. */
export type Contexts = Readonly<Record<string, unknown>>

/** Fills in every `${{ … }}` of a text. Throws on what the contexts do not hold, and on what it cannot read. */
export function fill(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    String(evaluate(expression, contexts)),
  )
}

/** Whether an `if:` holds, which may come with or without `${{ }}`; after a failure, only one with `always()` or `failure()` does. */
export function holds(condition: string, contexts: Contexts, failed = false): boolean {
  if (failed && !/\b(always|failure)\(\)/.test(condition)) return false
  const text = condition.replaceAll(/\$\{\{|\}\}/g, '').replaceAll('failure()', String(failed))
  return isTrue(evaluate(text, contexts))
}

const LITERALS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  'always()': true,
}

/** Knows `||`, `&&`, `==`, `!=`, `!`, literals and names, and no brackets: recipes have no need of more. */
function evaluate(expression: string, contexts: Contexts): unknown {
  const text = expression.trim()
  const any = text.split('||')
  if (any.length > 1) return firstWhere(any, contexts, isTrue)
  const all = text.split('&&')
  if (all.length > 1) return firstWhere(all, contexts, value => !isTrue(value))
  const [, left, sign, right] = /^(.*?)(==|!=)(.*)$/s.exec(text) ?? []
  if (left !== undefined && right !== undefined)
    return (sign === '==') === isSame(evaluate(left, contexts), evaluate(right, contexts))
  if (text.startsWith('!')) return !isTrue(evaluate(text.slice(1), contexts))
  if (Object.hasOwn(LITERALS, text)) return LITERALS[text]
  if (/^\d+$/.test(text)) return Number(text)
  return /^'([^']*)'$/.exec(text)?.[1] ?? named(text, contexts)
}

function firstWhere(texts: string[], contexts: Contexts, ends: (value: unknown) => boolean): unknown {
  let value: unknown
  for (const text of texts) {
    value = evaluate(text, contexts)
    if (ends(value)) break
  }
  return value
}

function isTrue(value: unknown): boolean {
  return Boolean(value)
}

function isSame(a: unknown, b: unknown): boolean {
  return String(a).toLowerCase() === String(b).toLowerCase()
}

function named(path: string, contexts: Contexts): unknown {
  let value: unknown = contexts
  for (const name of path.split('.')) {
    const known = typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    if (!known) throw new Error(`the reader is not told what \${{ ${path} }} is`)
    value = Object.entries(value ?? {}).find(([key]) => key === name)?.[1]
  }
  return value
}
