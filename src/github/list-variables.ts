import { isObject, type JsonObject } from '../http/json.ts'
import { undefinedOn404 } from './request.ts'
import { unexpectedResponseError } from './response.ts'
import { type KeyStoreClient, requestStore } from './store.ts'
import { normalizeUid } from './variable.ts'

/** At most 500 in a repository: https://docs.github.com/actions/reference/workflows-and-actions/variables#limits */
const MAX_PAGES = 20

/**
 * Lists the uids that variables of the store's place name: its own, and those of other pairs there. Their values are read
 * like a uid, whatever they are. Empty where there is no such place.
 * https://docs.github.com/rest/actions/variables#list-environment-variables
 * @throws RequestError, also for a list that changes each time that it is read.
 */
export async function listNormalizedVariableValues(store: KeyStoreClient): Promise<readonly string[]> {
  const values = (await readWholeList(store)) ?? (await readWholeList(store))
  if (values) return values
  throw unexpectedResponseError(`${OPERATION} of ${store.label}`)
}

const OPERATION = 'list the variables'

/** Undefined for a list that is not whole, or changes between two pages. */
async function readWholeList(store: KeyStoreClient): Promise<readonly string[] | undefined> {
  const [uids, totals] = [new Map<unknown, string>(), new Set<unknown>()]
  for (let page = 1; page <= MAX_PAGES; page++) {
    const parameters = { per_page: '30', page: String(page) }
    const found = await undefinedOn404(requestStore(store, OPERATION, 'GET /variables', parameters))
    if (found === undefined) return []
    const { total_count, variables }: JsonObject = isObject(found.data) ? found.data : {}
    for (const one of [variables].flat()) if (isObject(one)) uids.set(one.name, normalizeUid(String(one.value)))
    totals.add(total_count)
    if (!found.hasNext) break
  }
  return totals.size === 1 && totals.has(uids.size) ? [...uids.values()] : undefined
}
