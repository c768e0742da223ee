import { RequestError } from '../http/error.ts'
import { isObject } from '../http/json.ts'
import { sleep } from '../http/time.ts'
import { isNotFound, undefinedOn404 } from './request.ts'
import { unexpectedResponseError } from './response.ts'
import { type KeyStoreClient, parseUpdatedAt, requestStore } from './store.ts'

const MAX_ATTEMPTS = 3
const BACKOFF_MS = 500

/** A stored variable: its value as it is, the uid in it in lower case, and when it was written (milliseconds since the epoch). */
export interface StoredVariable {
  readonly value: string
  readonly uid: string
  readonly updatedAt: number
}

/**
 * Reads the variable; undefined when there is none, or in a private repository the token may not read it.
 * https://docs.github.com/rest/actions/variables
 * @throws RequestError
 */
export async function findVariable(store: KeyStoreClient): Promise<StoredVariable | undefined> {
  const operation = `read the variable ${store.uidVariable}`
  const found = await undefinedOn404(requestStore(store, operation, `GET /variables/${store.uidVariable}`))
  if (found === undefined) return undefined
  const { value } = isObject(found.data) ? found.data : {}
  if (typeof value !== 'string') throw unexpectedResponseError(`${operation} of ${store.label}`)
  return { value, uid: normalizeUid(value), updatedAt: parseUpdatedAt(found.data) }
}

/** The uid that a value holds, whatever its case and the white space around it. */
export const normalizeUid = (value: string): string => value.trim().toLowerCase()

/**
 * What became of a variable that was to be created. `exists`: there was one, so GitHub refused. `overtaken`: it may have
 * been there for a while, and another job's is, or was, there since.
 */
export type VariableOutcome = 'created' | 'exists' | 'overtaken'

/**
 * Creates the variable, unless there is one. A POST may be repeated: a look tells whose variable it then finds.
 * https://docs.github.com/rest/actions/variables#create-an-environment-variable
 * @throws RequestError
 */
export async function createVariableIfAbsent(store: KeyStoreClient, value: string): Promise<VariableOutcome> {
  const { uidVariable: name } = store
  try {
    await requestStore(store, `create the variable ${name}`, 'POST /variables', { name, value }, true)
    return 'created'
  } catch (error) {
    if (!(error instanceof RequestError) || (error.status !== 409 && !error.mayBeCarriedOut)) throw error
    const found = await findVariable(store)
    if (found?.value === value) return 'created'
    if (error.status !== 409 && !found) throw error
    return error.mayBeCarriedOut ? 'overtaken' : 'exists'
  }
}

/**
 * Removes the variable, which may be gone already.
 * @throws RequestError, also when a private repository's 404 only means that the token may not.
 */
export async function removeVariable(store: KeyStoreClient): Promise<void> {
  const operation = `remove the variable ${store.uidVariable}`
  let mayBeRemoved = false
  try {
    for (let attempt = 1; ; attempt++) {
      const missing = await sendRemoval(store, operation)
      mayBeRemoved ||= missing?.mayBeCarriedOut ?? false
      // It may be another job's, created since; and reads may lag behind writes.
      if (!missing || !(await findVariable(store))) return
      if (attempt === MAX_ATTEMPTS) throw missing
      await sleep(BACKOFF_MS * 2 ** attempt, store.drain)
    }
  } catch (error) {
    if (!mayBeRemoved) throw error
    const words = error instanceof Error ? error.message : String(error)
    const reason = `a response was lost, and what that request did is not known. ${words.replace(/\.$/, '')}`
    throw new RequestError({
      operation: `${operation} of ${store.label}`,
      kind: 'outcome-unknown',
      reason,
      attempts: 1,
      cause: error,
    })
  }
}

/** @returns the error when GitHub says that there is none */
async function sendRemoval(store: KeyStoreClient, operation: string): Promise<RequestError | undefined> {
  try {
    await requestStore(store, operation, `DELETE /variables/${store.uidVariable}`)
    return undefined
  } catch (error) {
    if (isNotFound(error)) return error
    throw error
  }
}
