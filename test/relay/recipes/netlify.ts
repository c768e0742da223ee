import { type Reply, type SentRequest, type Service, startService } from './service.ts'

/** Netlify's API, as far as one context's value of a variable goes. */
export interface Netlify extends Service {
  /** The values of each variable, by context. */
  readonly variables: ReadonlyMap<string, Record<string, string>>
}

/** https://open-api.netlify.com/#tag/environmentVariables/operation/setEnvVarValue */
export async function startNetlify(...names: string[]): Promise<Netlify> {
  const variables = new Map(names.map(name => [name, { production: 'unset', 'deploy-preview': 'unset' }]))
  const service = await startService(request => setValue(variables, request))
  return { ...service, variables }
}

function setValue(
  variables: Map<string, Record<string, string>>,
  { method, path, query, authorization, body }: SentRequest,
): Reply {
  if (authorization !== 'Bearer a token of Netlify') return [401, { code: 401, message: 'Access Denied' }]
  const [, name = ''] = /^\/api\/v1\/accounts\/octo\/env\/(\w+)$/.exec(path) ?? []
  const values = variables.get(name)
  if (method !== 'PATCH' || query.get('site_id') !== 'the-id-of-a-site' || !values)
    return [404, { code: 404, message: 'Not Found' }]
  const { context, value } = JSON.parse(body)
  values[context] = value
  return [200, { key: name }]
}
