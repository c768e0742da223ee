import type { CertificateProblem } from '../http/certificate.ts'

/**
 * Why nothing more comes from a server that is connected. `stopped-responding`: it has responded before. `unsigned`: its
 * responses lack the credential's MESSAGE-INTEGRITY. `not-relayed`: what was sent to a relay address did not arrive.
 */
export type TurnStage = 'no-response' | 'stopped-responding' | 'unsigned' | 'not-relayed'

/**
 * Why a server does not relay. `altered`: other bytes arrived than were sent. `not-stun`: what listens there is no TURN
 * server. `refused`: any other error code.
 */
export type TurnFailureKind =
  | TurnStage
  | ('alternate' | 'unauthorized' | 'forbidden' | 'quota' | 'refused')
  | ('no-connection' | `certificate-${CertificateProblem}` | 'not-stun' | 'altered')

/** Why a server does not relay, in its own words or in those of the socket. */
export class TurnError extends Error {
  readonly kind: TurnFailureKind

  constructor(kind: TurnFailureKind, message: string) {
    super(message)
    this.kind = kind
  }
}
