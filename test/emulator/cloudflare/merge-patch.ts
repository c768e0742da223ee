import { type EmulatedResponse, type IncomingRequest, isObject, parsed } from '../emulated-response.ts'
import { failure } from './envelope.ts'

const CONTENT_TYPE = 'application/merge-patch+json'

/** RFC 7396: null removes a member, an object changes the members that it names, all else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name]
    else merged[name] = mergePatch(merged[name], value)
  }
  return merged
}

/** Why a request is no merge patch, undefined when it is one. The facts give no code for these. */
export function noMergePatch({ headers, body }: IncomingRequest): EmulatedResponse | undefined {
  const type = headers['content-type'] ?? ''
  if (type.split(';', 1)[0]?.trim().toLowerCase() !== CONTENT_TYPE)
    return failure(415, [{ code: 10002, message: `Content-Type must be ${CONTENT_TYPE}` }])
  if (!isObject(parsed(body))) return badRequest('Could not parse request body')
  return undefined
}

/** A body whose content cannot be. */
export function badRequest(message: string): EmulatedResponse {
  return failure(400, [{ code: 10001, message }])
}
