import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { CERTIFICATE, CERTIFICATE_FILE } from './emulator/certificate.ts'

/** Tests and their steps trust the emulators' certificate, as a runner trusts one that its host brings. */
setDefaultCACertificates([...getCACertificates('default'), CERTIFICATE.cert])
process.env.NODE_EXTRA_CA_CERTS = CERTIFICATE_FILE
