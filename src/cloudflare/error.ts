import type { Failure, Fate } from '../http/error.ts'
import { likelyCause } from './hints.ts'

/** One of Cloudflare's own messages, flattened out of `errors` and their `error_chain`. */
export interface ApiMessage {
  code: number | undefined
  message: string
  documentationUrl: string | undefined
  pointer: string | undefined
}

interface Report {
  /** What was being done, to follow "Could not": `create the TURN key "x"`. */
  operation: string
  fate: Fate
  /** What came instead of success: `Cloudflare answered with HTTP status 403`. */
  what: string
  status?: number
  messages?: readonly ApiMessage[]
  ray?: string | undefined
  /** How long Cloudflare asks to wait, in seconds. */
  retryAfter?: number | undefined
  /** How many times the request was sent. */
  tries?: number
  /** What to do, where that is known better than from codes and status. A sentence. */
  advice?: string
  cause?: unknown
}

/** The one error of everything under `cloudflare/`. Its message names what failed, Cloudflare's words and what to do. */
export class CloudflareError extends Error implements Failure {
  override name = 'CloudflareError'
  readonly fate: Fate
  readonly status: number | undefined
  readonly codes: readonly number[]
  readonly tries: number
  readonly retryAfter: number | undefined
  readonly #report: Report

  constructor(report: Report) {
    super(sentence(report), { cause: report.cause })
    this.#report = report
    this.fate = report.fate
    this.status = report.status
    this.codes = codesOf(report.messages)
    this.tries = report.tries ?? 1
    this.retryAfter = report.retryAfter
  }

  /** The same error with other advice: a sentence. */
  advising(advice: string): CloudflareError {
    return new CloudflareError({ ...this.#report, advice })
  }
}

function codesOf(messages: readonly ApiMessage[] = []): number[] {
  return messages.flatMap(({ code }) => (code === undefined ? [] : [code]))
}

function sentence({ operation, what, status, messages = [], ray, advice, cause }: Report): string {
  const words = messages.map(quote).join('; ')
  return [
    `Could not ${operation}: ${what}${words && `: ${words}`}.`,
    advice ?? likelyCause(codesOf(messages), status, cause),
    ray && `(cf-ray: ${ray})`,
  ]
    .filter(Boolean)
    .join(' ')
}

function quote({ code, message, documentationUrl, pointer }: ApiMessage): string {
  return [
    code === undefined ? message : `${code} ${message}`,
    pointer && `at ${pointer}`,
    documentationUrl && `see ${documentationUrl}`,
  ]
    .filter(Boolean)
    .join(', ')
    .replace(/\.$/, '')
}
