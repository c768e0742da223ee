import sodium from 'libsodium-wrappers'

interface Pair {
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
}

/** The key pair for an environment's secrets. */
export class SealedBox {
  readonly keyId = '568250167242549743'
  #pair: Promise<Pair> | undefined

  /** The public key in base64. */
  async publicKey(): Promise<string> {
    const { publicKey } = await this.#keys()
    return Buffer.from(publicKey).toString('base64')
  }

  /** What was sealed; undefined when it cannot be opened. */
  async open(sealed: string): Promise<string | undefined> {
    const { publicKey, privateKey } = await this.#keys()
    try {
      const opened = sodium.crypto_box_seal_open(Buffer.from(sealed, 'base64'), publicKey, privateKey)
      return Buffer.from(opened).toString()
    } catch {
      return undefined
    }
  }

  #keys(): Promise<Pair> {
    this.#pair ??= sodium.ready.then(() => sodium.crypto_box_keypair())
    return this.#pair
  }
}
