import type { TurnError, TurnFailureKind } from '../../turn/error.ts'

/** What is wrong and what to do about it, for a person who does not know TURN. Sentences without their full stop. */
const HINTS: Readonly<Record<TurnFailureKind, string>> = {
  alternate: 'The server refers to another one, to which nothing is sent: put that one among the ICE servers instead',
  unauthorized:
    'The server does not accept this credential, which is wrong or has expired: mint a new one, and check the secret that it is minted with',
  forbidden:
    'The server does not relay to this address: its configuration denies its own (in coturn, `denied-peer-ip`)',
  quota: 'The server allows this user no more allocations: wait until older ones have ended, or raise its quota',
  refused: 'The server refuses the request: see its log',
  'no-connection':
    'The server cannot be reached: the host or the port is wrong, the server is down, or a firewall between this runner and the server blocks the port',
  'no-response':
    'Nothing came back: the port is blocked between this runner and the server (a firewall), or no TURN server listens on it',
  'stopped-responding':
    'The server responded at first, and then no more: it is overloaded or was stopped, or packets are lost on the way',
  unsigned:
    'The responses are not signed with this credential: the server has another secret, or something in between responds in its place',
  'not-relayed':
    'The server gives relay addresses, but what is sent to one does not arrive: a firewall blocks the UDP ports that the server relays on, or its external address is wrong',
  'not-stun': 'What listens on this port is no TURN server: check the host and the port',
  'certificate-dates': 'The certificate is not valid today: renew it, or check the clock of this runner',
  'certificate-host': 'The certificate is for another host: use the name that it is for',
  'certificate-untrusted':
    'The certificate is not trusted here: install it with its intermediate certificates, or set NODE_EXTRA_CA_CERTS to that of its authority',
  altered: 'What was relayed arrived changed: something on the way alters packets',
}

/** A server's words are shorter, by RFC 8489, section 14.8. What is longer is left out: cut, it could show half a secret. */
const MAX_WORDS = 800

/** The error in a sentence: what to do, and in parentheses the server's own words or the socket's. */
export function explain({ kind, message }: TurnError, username: string): string {
  const expiry = kind === 'unauthorized' ? expiryHint(username) : ''
  return `${HINTS[kind]}${message.length > MAX_WORDS ? '' : ` (${message})`}.${expiry}`
}

/** Where a user name begins with the time of its expiry, as coturn's do: what that says. */
function expiryHint(username: string): string {
  const [, seconds] = /^(\d{10})(?::|$)/.exec(username) ?? []
  if (seconds === undefined) return ''
  const expiry = new Date(Number(seconds) * 1000)
  const isPast = expiry.getTime() < Date.now()
  return ` By its user name, it ${isPast ? 'expired' : 'is to expire'} at ${expiry.toISOString()}.`
}
