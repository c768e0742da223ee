/** The requests and indications of TURN that a fault can be about. */
export type TurnMethod = 'binding' | 'allocate' | 'refresh' | 'send' | 'createPermission'

/** What a TURN server does instead of what it should. */
export type TurnFault = {
  readonly on: TurnMethod
  /** How often (default: always). */
  times?: number
  /** Only of a request that has a credential. */
  readonly authenticated?: true
} & (
  | { readonly kind: 'error'; readonly code: number; readonly words?: string; readonly unsigned?: true }
  /** 438 with a new nonce, and without the realm. */
  | { readonly kind: 'stale-nonce' }
  /** The request is carried out, and nobody hears of it. */
  | { readonly kind: 'silence' }
  /** The right response without MESSAGE-INTEGRITY, or with that of another secret. */
  | { readonly kind: 'unsigned' | 'wrong-signature' }
  | { readonly kind: 'other-transaction' | 'other-address' }
  /** A length that is not the message's, in its header or in its first attribute. */
  | { readonly kind: 'too-long' | 'too-short' | 'attribute-too-long' }
  /** What no TURN server sends. On UDP it is a datagram of random bytes. */
  | { readonly kind: 'page' }
  /** Of TCP and TLS: the connection is closed. */
  | { readonly kind: 'closed' }
  /** Of `send`: the data arrives with one bit flipped. */
  | { readonly kind: 'altered' }
)

/** How messages come on TCP and TLS: as they are, in many parts, or each with another one in front of it. */
export type Frames = 'whole' | 'split' | 'joined'

/** The faults of a server, each of which may be used up. */
export class TurnFaults {
  readonly #faults: TurnFault[]

  constructor(faults: readonly TurnFault[]) {
    this.#faults = faults.map(fault => ({ ...fault }))
  }

  /** The fault for a message, which counts as used then. */
  take(method: TurnMethod, isAuthenticated: boolean): TurnFault | undefined {
    const fault = this.#faults.find(
      ({ on, times = 1, authenticated }) => on === method && times > 0 && (!authenticated || isAuthenticated),
    )
    if (fault?.times !== undefined) fault.times--
    return fault
  }
}
