import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'

const lookups = new Map<string, Promise<readonly LookupAddress[]>>()

/** Looks a host up once in a step: Node.js looks up two at a time, and with a dead name server each takes seconds. */
export function lookUpOnce(host: string): Promise<readonly LookupAddress[]> {
  const known = lookups.get(host) ?? lookup(host, { all: true })
  lookups.set(host, known)
  return known
}

/** The same, in the form that `net.connect` takes. */
export const lookUpForNet: LookupFunction = (host, { all }, callback) =>
  void lookUpOnce(host).then(
    ([...addresses]) =>
      all ? callback(null, addresses) : callback(null, addresses[0]?.address ?? '', addresses[0]?.family),
    error => callback(error, []),
  )
