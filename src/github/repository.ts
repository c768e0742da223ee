import { isObject } from '../http/json.ts'
import { type RepositoryClient, requestRepository } from './request.ts'
import { unexpectedResponseError } from './response.ts'

/**
 * Reads when the repository was created: milliseconds since the epoch.
 * https://docs.github.com/rest/repos/repos#get-a-repository
 * @throws RequestError
 */
export async function readCreationTime(client: RepositoryClient): Promise<number> {
  const operation = `read the repository ${client.owner}/${client.repo}`
  const needed = { permissions: 'contents: read', isJobPermission: true }
  const { data } = await requestRepository(client, { operation, route: 'GET ', ...needed })
  const createdAt = isObject(data) ? Date.parse(String(data.created_at)) : Number.NaN
  if (Number.isNaN(createdAt)) throw unexpectedResponseError(operation)
  return createdAt
}
