import sodium from 'libsodium-wrappers'

/**
 * Seals a secret for GitHub's public key, base64 in and out.
 * https://docs.github.com/rest/guides/encrypting-secrets-for-the-rest-api
 */
export async function seal(secret: string, publicKey: string): Promise<string> {
  await sodium.ready
  const sealed = sodium.crypto_box_seal(Buffer.from(secret), Buffer.from(publicKey, 'base64'))
  return Buffer.from(sealed).toString('base64')
}
