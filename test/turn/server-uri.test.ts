import { expect, it } from 'vitest'
import { parseStunOrTurnUri } from '../../src/turn/server-uri.ts'

it.each([
  ['stun:stun.example.org', 'stun udp stun.example.org 3478'],
  ['stuns:stun.example.org', 'stun tls stun.example.org 5349'],
  ['turn:turn.example.org', 'turn udp turn.example.org 3478'],
  ['turn:turn.example.org:80?transport=tcp', 'turn tcp turn.example.org 80'],
  ['turns:turn.example.org', 'turn tls turn.example.org 5349'],
  ['turns:turn.example.org:443?transport=tcp', 'turn tls turn.example.org 443'],
  ['turns:turn.example.org?transport=udp', 'turn dtls turn.example.org 5349'],
  ['TURN:Turn.Example.ORG:65535?Transport=UDP', 'turn udp turn.example.org 65535'],
  ['turn:192.0.2.1:3478', 'turn udp 192.0.2.1 3478'],
  ['turn:[2001:db8::1]:3478?transport=udp', 'turn udp 2001:db8::1 3478'],
  ['turn:[2001:db8::1]', 'turn udp 2001:db8::1 3478'],
])('%s is %s', (uri, expected) => {
  const { scheme, transport, host, port } = parseStunOrTurnUri(uri) ?? {}
  expect(`${scheme} ${transport} ${host} ${port}`).toBe(expected)
})

it.each([
  '',
  'turn:',
  'turn://turn.example.org',
  'turn:user@turn.example.org',
  'turn:turn.example.org:0',
  'turn:turn.example.org:65536',
  'turn:turn.example.org:3478?transport=sctp',
  'turn:turn.example.org:3478?transport=udp&x=1',
  'turn:turn.example.org:3478/path',
  'turn:2001:db8::1',
  'turn:[turn.example.org]',
  ' turn:turn.example.org',
  'turn:turn.example.org\n',
  'http:turn.example.org',
])('"%s" is malformed', uri => expect(parseStunOrTurnUri(uri)).toBeUndefined())
