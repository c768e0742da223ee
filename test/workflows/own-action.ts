import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Action, readAction } from '../github-runner/action.ts'

/** The name of this repository. */
export const NAME = 'cloudflare-turn-key'

/** What `OWNER/cloudflare-turn-key[/folder][@ref]` is according to our own `action.yml`, whoever the owner. */
export function findAction(root: string, uses: string): Action | 'missing' | 'foreign' {
  const own = new RegExp(`^[^/]+/${NAME}(?:/([^@]*))?(?:@|$)`).exec(uses)
  if (own === null) return 'foreign'
  const folder = own[1] ?? ''
  return existsSync(join(root, folder, 'action.yml')) ? readAction(root, folder) : 'missing'
}
