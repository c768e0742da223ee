import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

/** What expressions can name: `github`, `secrets`, `steps` and so on, as nested objects. */
export type Contexts = Readonly<Record<string, unknown>>

/** Fills in every `${{ … }}` of a text. Throws on what the contexts do not hold, and on what GitHub cannot read. */
export function fill(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression, contexts, false).coerceString(),
  )
}

/** Whether an `if:` holds, which may come with or without `${{ }}`; after a failure, only one with `always()` or `failure()` does. */
export function holds(condition: string, contexts: Contexts, failed = false): boolean {
  if (failed && !/\b(always|failure)\(\)/.test(condition)) return false
  const text = condition.replaceAll(/\$\{\{|\}\}/g, '')
  return evaluate(`!!(${text})`, contexts, failed).coerceString() === 'true'
}

/** By GitHub's own evaluator. */
function evaluate(expression: string, contexts: Contexts, failed: boolean): data.ExpressionData {
  const functions = Object.entries({ always: true, cancelled: false, failure: failed, success: !failed }).map(
    ([name, value]) => ({ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }),
  )
  const { tokens } = new Lexer(expression).lex()
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse()
  const byName = new Map(functions.map(one => [one.name, one]))
  return new Evaluator(parsed, new KnownMembers(contexts), byName).evaluate()
}

/** For GitHub, what is not there is null; a recipe that names it is wrong. */
class KnownMembers extends data.Dictionary {
  constructor(members: Contexts) {
    super(...Object.entries(members).map(([key, value]) => ({ key, value: toData(value) })))
  }

  override get(key: string): data.ExpressionData {
    const value = super.get(key)
    if (value === undefined) throw new Error(`the reader is not told what ${key} is`)
    return value
  }
}

function toData(value: unknown): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null()
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'string') return new data.StringData(value)
  if (Array.isArray(value)) return new data.Array(...value.map(toData))
  return new KnownMembers({ ...value })
}
