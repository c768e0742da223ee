import { RequestError } from '../http/error.ts'
import { isObject } from '../http/json.ts'
import { isNotFound, undefinedOn404 } from './request.ts'
import { unexpectedResponseError } from './response.ts'
import { type KeyStoreClient, requestStore } from './store.ts'

const MAX_ATTEMPTS = 3

/**
 * Reads the variable: the uid in lower case, undefined when there is none, and when it was written.
 * https://docs.github.com/rest/actions/variables
 * @throws RequestError
 */
export async function readVariable(store: KeyStoreClient): Promise<{ uid: string | undefined; updatedAt: number }> {
  const operation = `read the variable ${store.uidVariable}`
  const variable = await undefinedOn404(requestStore(store, operation, `GET /variables/${store.uidVariable}`))
  const { value } = isObject(variable) ? variable : {}
  if (variable !== undefined && typeof value !== 'string')
    throw unexpectedResponseError(`${operation} of ${store.label}`)
  const uid = typeof value === 'string' ? value.trim().toLowerCase() : undefined
  return { uid, updatedAt: parseUpdatedAt(variable) }
}

/**
 * Writes a TURN key's uid into the variable: PATCH, then POST where the variable does not exist. A POST that may have been
 * carried out, or that finds the variable there (409), is followed by a PATCH, which does no harm.
 * https://docs.github.com/rest/actions/variables#update-an-environment-variable
 * @throws RequestError
 */
export async function writeVariable(store: KeyStoreClient, uid: string): Promise<void> {
  const { uidVariable: name } = store
  const operation = `write the variable ${name}`
  for (let attempt = 1; ; attempt++) {
    try {
      await requestStore(store, operation, `PATCH /variables/${name}`, { name, value: uid })
      return
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isNotFound(error)) throw error
    }
    try {
      await requestStore(store, operation, 'POST /variables', { name, value: uid })
      return
    } catch (error) {
      if (!mayExist(error)) throw error
    }
  }
}

/** Removes the variable, which may be gone already. @throws RequestError */
export async function removeVariable(store: KeyStoreClient): Promise<void> {
  const { uidVariable: name } = store
  await undefinedOn404(requestStore(store, `remove the variable ${name}`, `DELETE /variables/${name}`))
}

const mayExist = (error: unknown): boolean =>
  error instanceof RequestError && (error.kind === 'outcome-unknown' || error.status === 409)

/** When GitHub says that something was written: milliseconds since the epoch, or NaN, which is neither more nor less than anything. */
export const parseUpdatedAt = (data: unknown): number =>
  isObject(data) ? Date.parse(String(data.updated_at)) : Number.NaN
