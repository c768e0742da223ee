/** What is wrong with a server's certificate: its dates, the host that it is for, or who signed it. */
export type CertificateProblem = 'dates' | 'host' | 'untrusted'

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const DATES = /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/
const HOST = /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/
/** The last for what has no code of its own, such as a key that is too weak. */
const UNTRUSTED =
  /^(CERT|ERROR_IN_CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNSPECIFIED)(_|$)/

/** The problem with a certificate that an error or its cause is about; undefined for any other error. */
export function certificateProblem(error: unknown): CertificateProblem | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : ''
    if (DATES.test(code)) return 'dates'
    if (HOST.test(code)) return 'host'
    if (UNTRUSTED.test(code)) return 'untrusted'
  }
  return undefined
}
