import { type EmulatedResponse, type IncomingRequest, isObject, json, parsed } from '../emulated-response.ts'
import { refused } from './responses.ts'

/** A commit's status. https://docs.github.com/rest/commits/statuses */
export interface CommitStatus {
  readonly sha: string
  readonly state: string
  readonly context: string
  readonly targetUrl: string
}

/** Creates a status; a link must be a link. */
export function statusCall(statuses: CommitStatus[], sha: string, call: IncomingRequest): EmulatedResponse {
  const body = parsed(call.body)
  const { state, context = 'default', target_url: url } = isObject(body) ? body : {}
  const isState = ['error', 'failure', 'pending', 'success'].includes(String(state))
  if (!isState || !/^[0-9a-f]{40}$/.test(sha) || !/^https?:\/\//.test(String(url)))
    return refused(422, 'Validation Failed')
  const status = { sha, state: String(state), context: String(context), targetUrl: String(url) }
  statuses.push(status)
  return json(201, { id: statuses.length, state, context, target_url: url })
}
