import type { AuthorizedUrl } from '../../http/get-json-from-deployment.ts'
import { parseJson } from '../../http/json.ts'
import { isSafeBaseUrl } from '../../runner/base-url.ts'
import { Inputs } from '../../runner/inputs.ts'
import { maskUnlessShort } from '../../runner/secrets.ts'
import { SECRETS_WITHHELD_HINT } from '../../runner/workflow-run.ts'
import { collectUrlsAndMask, type IceServerUrl } from './ice-servers.ts'

const TRANSPORTS = ['udp', 'tcp', 'tls'] as const
/** What `require` takes. */
export type RequiredTransport = (typeof TRANSPORTS)[number]

/** The checked inputs of the check action. */
export interface CheckInputs {
  /** The servers, or who is asked for them. */
  readonly source: { readonly servers: readonly IceServerUrl[] } | AuthorizedUrl
  /** Where it is empty, any one will do. */
  readonly required: readonly RequiredTransport[]
  /** In seconds, for each URL. */
  readonly timeout: number
}

const DEFAULT_TIMEOUT = 10

/** Reads and checks the check action's inputs. @throws AggregateError of all that is wrong with them. */
export function readCheckInputs(): CheckInputs {
  const inputs = new Inputs()
  const [servers, deployed] = [readIceServers(inputs), readDeployed(inputs)]
  const given = ['ice-servers', 'url'].filter(name => inputs.text(name) !== '')
  inputs.addErrorIf(given.length === 2, '`ice-servers` and `url` are both set: set one of them.')
  inputs.addErrorIf(
    given.length === 0,
    `\`ice-servers\` or \`url\` is missing. ${inputs.run.secretsWithheld ? SECRETS_WITHHELD_HINT : MISSING}`,
  )
  const required = readRequired(inputs)
  const timeout = inputs.integer('timeout', 1, 60, 'seconds') ?? DEFAULT_TIMEOUT
  inputs.throwIfInvalid()
  return { source: deployed ?? { servers: servers ?? [] }, required, timeout }
}

const MISSING =
  'Set `ice-servers` to the output of the root action or of `credentials/`, or `url` to where your server gives them; if one is set, its expression came out empty.'

function readIceServers(inputs: Inputs): readonly IceServerUrl[] | undefined {
  const text = inputs.text('ice-servers')
  if (text === '') return undefined
  const json = parseJson(text)
  inputs.addErrorIf(
    json === undefined,
    '`ice-servers` is not JSON: set it to the array for `RTCPeerConnection`, as the output `ice-servers` has it.',
  )
  return collectUrlsAndMask(json)
}

function readDeployed(inputs: Inputs): AuthorizedUrl | undefined {
  const [text, authorization] = [inputs.text('url'), inputs.text('authorization')]
  for (const secret of [authorization, authorization.replace(/^\S+\s+/, '')]) maskUnlessShort(secret)
  inputs.addErrorIf(/[^\x20-\x7e]/.test(authorization), '`authorization` contains a character that no header has.')
  inputs.addErrorIf(
    text === '' && authorization !== '',
    '`authorization` is set without `url`: it is sent there alone.',
  )
  if (text === '') return undefined
  const url = URL.parse(text)
  inputs.addErrorIf(
    !url || !isSafeBaseUrl(text.replace(/[?#].*$/s, '')),
    `\`url\` must be an https URL without a user name (http is for loopback only)${text.startsWith('/') ? ': what was to come before the slash is empty' : ''}.`,
  )
  return url ? { url, authorization: authorization || undefined } : undefined
}

function readRequired(inputs: Inputs): readonly RequiredTransport[] {
  const names = inputs
    .text('require')
    .toLowerCase()
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)
  const unknown = names.filter(name => !TRANSPORTS.some(known => known === name))
  inputs.addErrorIf(
    unknown.length > 0,
    `\`require\` takes ${TRANSPORTS.join(', ')}, separated by commas; it has "${unknown.join('", "')}".`,
  )
  return TRANSPORTS.filter(known => names.includes(known))
}
