import { describeMalformedId, isHexId } from '../cloudflare/id.ts'
import type { Inputs } from '../runner/inputs.ts'

/** Reads the uids of keys, one a line: 32 hex digits each, in lower case, each once. `text` is the input `uid`. */
export function readUids(inputs: Inputs, text: string): string[] {
  const uids = text.split(/\s+/).filter(Boolean)
  uids.forEach((uid, index) => {
    inputs.addErrorIf(!isHexId(uid), `\`uid\` number ${index + 1} ${describeMalformedId(uid)}`)
  })
  return [...new Set(uids.map(uid => uid.toLowerCase()))]
}
