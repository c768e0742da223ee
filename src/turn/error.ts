/**
 * Why a server does not relay. `unsigned`: its responses lack the credential's MESSAGE-INTEGRITY. `not-relayed`: what was
 * sent to a relay address did not arrive; `altered`: other bytes did. `refused`: any other error code.
 */
export type TurnFailureKind =
  | ('alternate' | 'unauthorized' | 'forbidden' | 'quota' | 'refused')
  | ('no-connection' | 'certificate' | 'no-response' | 'unsigned' | 'not-relayed' | 'altered')

/** Why a server does not relay, in its own words or in those of the socket. */
export class TurnError extends Error {
  readonly kind: TurnFailureKind

  constructor(kind: TurnFailureKind, message: string) {
    super(message)
    this.kind = kind
  }
}
