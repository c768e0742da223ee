import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A private key and its certificate for `localhost` and 127.0.0.1, both PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

const DAY_MS = 86_400_000
const OID = {
  commonName: [0x55, 0x04, 0x03],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
} as const
const TAG = {
  boolean: 1,
  integer: 2,
  bits: 3,
  octets: 4,
  oid: 6,
  utf8: 12,
  utcTime: 23,
  sequence: 48,
  set: 49,
}

/** One value in DER: its tag, its length, its content. */
function der(tag: number, ...content: (Uint8Array | readonly number[])[]): Buffer {
  const bytes = Buffer.concat(content.map(part => Buffer.from(part)))
  const size = bytes.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), bytes])
}

const sequence = (...content: Uint8Array[]) => der(TAG.sequence, ...content)
const oid = (name: keyof typeof OID) => der(TAG.oid, OID[name])

/** YYMMDDHHMMSSZ */
function utcTime(at: number): Buffer {
  const text = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')
  return der(TAG.utcTime, Buffer.from(text.slice(2)))
}

function nameOf(common: string): Buffer {
  return sequence(der(TAG.set, sequence(oid('commonName'), der(TAG.utf8, Buffer.from(common)))))
}

/** What is wrong with a certificate. */
export type CertificateFlaw = 'expired' | 'not yet valid' | 'for another host'

const LOOPBACK = [der(0x82, Buffer.from('localhost')), der(0x87, [127, 0, 0, 1])]

/** A certificate that signs itself, so that NODE_EXTRA_CA_CERTS can name it. RFC 5280, section 4.1. */
export function createCertificate(flaw?: CertificateFlaw): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = sequence(oid('ecdsaWithSha256'))
  const name = nameOf('emulator, for one run')
  const hosts = flaw === 'for another host' ? [der(0x82, Buffer.from('other.invalid'))] : LOOPBACK
  const extensions = sequence(
    sequence(oid('basicConstraints'), der(TAG.octets, sequence(der(TAG.boolean, [255])))),
    sequence(oid('subjectAltName'), der(TAG.octets, sequence(...hosts))),
  )
  const days = { expired: -2, 'not yet valid': 2 }
  const middle = Date.now() + (flaw && flaw in days ? days[flaw as keyof typeof days] : 0) * DAY_MS
  const toBeSigned = sequence(
    der(0xa0, der(TAG.integer, [2])),
    der(TAG.integer, [1]),
    algorithm,
    name,
    sequence(utcTime(middle - DAY_MS), utcTime(middle + DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const whole = sequence(toBeSigned, algorithm, der(TAG.bits, [0], signature))
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** Where a certificate is, for NODE_EXTRA_CA_CERTS. */
function fileOf({ cert }: Certificate): string {
  const file = join(folder, `${randomUUID()}.pem`)
  writeFileSync(file, cert)
  return file
}

/** The certificate of this process's emulators. */
export const CERTIFICATE = createCertificate()
export const CERTIFICATE_FILE = fileOf(CERTIFICATE)

/** One with a flaw, and its file. */
export function createFlawed(flaw: CertificateFlaw): Certificate & { readonly file: string } {
  const certificate = createCertificate(flaw)
  return { ...certificate, file: fileOf(certificate) }
}
