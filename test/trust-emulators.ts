import { CERTIFICATE_FILE } from './emulator/certificate.ts'

/** Steps trust the emulators' certificate, as they do that of a runner whose host has one of its own. */
process.env.NODE_EXTRA_CA_CERTS = CERTIFICATE_FILE
