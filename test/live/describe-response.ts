import { fieldsOf, listOf, type ServiceResponse } from './request.ts'

/** `404 20008`: the status and Cloudflare's codes, those of a chain in brackets. */
export function statusAndCodes({ status, json }: ServiceResponse): string {
  const codes = listOf(fieldsOf(json).errors).map(error => {
    const { code, error_chain: chain } = fieldsOf(error)
    const inner = listOf(chain).map(link => String(fieldsOf(link).code))
    return inner.length > 0 ? `${code} (${inner.join(', ')})` : String(code)
  })
  return [String(status), ...codes].join(' ')
}

/** `404, text`: the status, and what sort of body came with it. */
export function statusAndBody({ status, text, json }: ServiceResponse): string {
  if (text === '') return `${status}, no body`
  if (json !== undefined) return `${status}, JSON`
  return `${status}, ${/<html/i.test(text) ? 'HTML' : 'text'}`
}

/** `403: Resource not accessible by integration`, as GitHub puts it. */
export function statusAndMessage({ status, json }: ServiceResponse): string {
  const { message } = fieldsOf(json)
  return typeof message === 'string' ? `${status}: ${message}` : String(status)
}

/** The names of a value's fields, in alphabetical order. */
export function fieldNames(value: unknown): string {
  return Object.keys(fieldsOf(value)).toSorted().join(', ')
}

/** A text with every digit as 0: the form of a time, whatever the time. */
export function formOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/\d/g, '0') : `no text but ${typeof value}`
}

/** `fetch` says "fetch failed", and why in its cause. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message
}
