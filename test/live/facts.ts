import type { Group } from './fact.ts'
import { ANALYTICS } from './facts/analytics.ts'
import { DELETED_KEYS } from './facts/deleted-keys.ts'
import { GITHUB_OWNERS } from './facts/github-owners.ts'
import { GITHUB_REFUSALS } from './facts/github-refusals.ts'
import { GITHUB_SECRETS } from './facts/github-secrets.ts'
import { GITHUB_VARIABLES } from './facts/github-variables.ts'
import { HEADERS } from './facts/headers.ts'
import { KEY_LIST } from './facts/key-list.ts'
import { KEYS } from './facts/keys.ts'
import { MINTING } from './facts/minting.ts'
import { MINTING_REFUSED } from './facts/minting-refused.ts'
import { REFUSALS } from './facts/refusals.ts'
import { RELAYING } from './facts/relaying.ts'
import { REVOKING } from './facts/revoking.ts'
import { WORKER } from './facts/worker.ts'

/** All that the emulator and the actions believe of the services. Keys come first: see the first fact. */
export const GROUPS: readonly Group[] = [
  KEYS,
  KEY_LIST,
  DELETED_KEYS,
  REFUSALS,
  MINTING,
  MINTING_REFUSED,
  REVOKING,
  WORKER,
  ANALYTICS,
  GITHUB_VARIABLES,
  GITHUB_SECRETS,
  GITHUB_REFUSALS,
  GITHUB_OWNERS,
  RELAYING,
  HEADERS,
]
