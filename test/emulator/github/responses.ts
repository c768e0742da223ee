import { randomBytes } from 'node:crypto'
import { type EmulatedResponse, json } from '../emulated-response.ts'

/** An error in GitHub's form. */
export function refused(status: number, message: string): EmulatedResponse {
  const documentation_url = 'https://docs.github.com/rest'
  return json(status, { message, documentation_url, status: String(status) })
}

/** The response for what does not exist, or may not be seen. */
export function notFound(): EmulatedResponse {
  return refused(404, 'Not Found')
}

/** A time in whole seconds, as GitHub gives it. */
export function wholeSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** The page of a list that a path asks for, and the header that names the next one. */
export function pageOf<T>(
  all: readonly T[],
  path: string,
  [usual, most]: readonly [number, number] = [30, 100],
): { shown: T[]; headers: Record<string, string> } {
  const { searchParams } = new URL(path, 'http://localhost')
  const size = Math.min(Number(searchParams.get('per_page')) || usual, most)
  const page = Number(searchParams.get('page')) || 1
  searchParams.set('page', String(page + 1))
  const next = `<http://localhost${path.split('?', 1)[0]}?${searchParams}>; rel="next"`
  const shown = all.slice((page - 1) * size, page * size)
  return { shown, headers: page * size < all.length ? { Link: next } : {} }
}

/** What stands in the headers of every response. A fault may say otherwise; nothing is counted. */
export function everyHeader(now: number): Record<string, string> {
  const id = randomBytes(12).toString('hex').toUpperCase()
  return {
    'x-github-request-id': `${id.slice(0, 4)}:${id.slice(4, 10)}:${id.slice(10, 16)}:${id.slice(16)}`,
    'x-github-media-type': 'github.v3; format=json',
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4999',
    'x-ratelimit-used': '1',
    'x-ratelimit-reset': String(Math.floor(now / 1000) + 3600),
    'x-ratelimit-resource': 'core',
  }
}
