/** Failures of TLS, by the codes of Node, OpenSSL and (in Electron) BoringSSL. */
import { messageOf } from '../lib/core-error.ts'
import { expired, isAlone, notYetValid, tooShort, unknownIssuer } from './blamed-certificate.ts'
import { distrusts, entryIn, timedOut, VERIFY_HINT, withoutFullStop, type Entry, type Table } from './failure-entry.ts'

const SELF_SIGNED = distrusts(({ peer }) => `The certificate of ${peer} is signed by itself, not by an authority that is trusted.`)
const UNKNOWN_ISSUER = distrusts(
  ({ peer }, error) => {
    const issuer = unknownIssuer(error)
    return issuer === null
      ? `The certificate of ${peer} is signed by an authority that is not known here.`
      : `The certificate of ${peer} is signed by an authority that is not known here: ${issuer}.`
  },
  (_context, error) =>
    isAlone(error) ? `${VERIFY_HINT} If others do trust this server, it leaves out a certificate that it has to send along.` : VERIFY_HINT,
)
const BAD_SIGNATURE = distrusts(({ peer }) => `The signature of the certificate of ${peer} is wrong.`, 'Do not trust this server.')
const BAD_CHAIN = distrusts(
  ({ peer }, error) => `The certificate of ${peer} is not made as it must be (${messageOf(error)}).`,
  'Whoever runs the server must mend it. Turn off Verify in Options to send all the same.',
)
/** Node has no name for it: since it is of the certificate, it is of its key, its signature, or what its authority may vouch for. */
const UNNAMED = distrusts(({ peer }, error) => {
  const short = tooShort(error)
  if (short === null) return `The certificate of ${peer}, or of an authority above it, is not made by the rules of today.`
  return short.isOwn
    ? `The key of the certificate of ${peer} is too short: ${short.rsaBits ?? 0} bits.`
    : `The key of ${short.subject}, which the certificate of ${peer} relies on, is too short: ${short.rsaBits ?? 0} bits.`
}, 'Whoever runs the server must mend it. Turn off Verify in Options to send all the same.')
const NO_REVOCATIONS = distrusts(({ peer }) => `Whether the certificate of ${peer} was revoked could not be found out.`)
const PLAIN_HTTP = distrusts(({ peer }) => `${peer} speaks plain HTTP, not TLS.`, 'Try http:// instead of https://.')

export const unknownTls = distrusts(({ peer }, error) => `No secure connection to ${peer}: ${withoutFullStop(messageOf(error))}.`)

const TLS: Table = {
  /** Its words may say more. */
  EPROTO: unknownTls,
  ERR_TLS_CERT_ALTNAME_FORMAT: BAD_CHAIN,
  ERR_TLS_HANDSHAKE_TIMEOUT: { ...timedOut('ConnectTimeout', 'tls') },
  DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: distrusts(
    ({ peer }) => `The certificate of ${peer} leads to a self-signed authority that is not trusted here.`,
  ),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_ISSUER,
  CERT_UNTRUSTED: UNKNOWN_ISSUER,
  CERT_REJECTED: UNKNOWN_ISSUER,
  INVALID_CA: UNKNOWN_ISSUER,
  CERT_HAS_EXPIRED: distrusts(({ peer }, error) => {
    const late = expired(error)
    if (late === null) return `The certificate of ${peer}, or of an authority above it, has expired.`
    return late.isOwn
      ? `The certificate of ${peer} has expired, on ${dayOf(late.validTo)}.`
      : `The certificate of ${late.subject}, which that of ${peer} relies on, has expired, on ${dayOf(late.validTo)}.`
  }, 'Check the clock of this machine. Turn off Verify in Options to send all the same.'),
  CERT_NOT_YET_VALID: distrusts(({ peer }, error) => {
    const early = notYetValid(error)
    if (early === null) return `The certificate of ${peer} is not valid yet.`
    return early.isOwn
      ? `The certificate of ${peer} is not valid before ${dayOf(early.validFrom)}.`
      : `The certificate of ${early.subject}, which that of ${peer} relies on, is not valid before ${dayOf(early.validFrom)}.`
  }, 'Check the clock of this machine. Turn off Verify in Options to send all the same.'),
  CERT_REVOKED: distrusts(({ peer }) => `The certificate of ${peer} was revoked.`, 'Do not trust this server.'),
  CERT_SIGNATURE_FAILURE: BAD_SIGNATURE,
  CRL_SIGNATURE_FAILURE: BAD_SIGNATURE,
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: BAD_SIGNATURE,
  UNABLE_TO_DECRYPT_CRL_SIGNATURE: BAD_SIGNATURE,
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: BAD_CHAIN,
  CERT_CHAIN_TOO_LONG: BAD_CHAIN,
  PATH_LENGTH_EXCEEDED: BAD_CHAIN,
  INVALID_PURPOSE: distrusts(
    ({ peer }) => `The certificate of ${peer} is not made for servers.`,
    'Whoever runs the server must mend it. Turn off Verify in Options to send all the same.',
  ),
  UNSPECIFIED: UNNAMED,
  ERROR_IN_CERT_NOT_BEFORE_FIELD: BAD_CHAIN,
  ERROR_IN_CERT_NOT_AFTER_FIELD: BAD_CHAIN,
  UNABLE_TO_GET_CRL: NO_REVOCATIONS,
  CRL_NOT_YET_VALID: NO_REVOCATIONS,
  CRL_HAS_EXPIRED: NO_REVOCATIONS,
  ERROR_IN_CRL_LAST_UPDATE_FIELD: NO_REVOCATIONS,
  ERROR_IN_CRL_NEXT_UPDATE_FIELD: NO_REVOCATIONS,
  OUT_OF_MEM: distrusts(({ peer }) => `There was not enough memory to check the certificate of ${peer}.`, 'Close something and try again.'),
  HOSTNAME_MISMATCH: distrusts(({ peer, host }) => `The certificate of ${peer} is not for ${host}.`),
  ERR_TLS_CERT_ALTNAME_INVALID: distrusts(
    ({ peer, host }, error) =>
      hasNames(error)
        ? `The certificate of ${peer} is not for ${host}, but for ${error.names}.`
        : `The certificate of ${peer} is not for ${host}: it names no host, and a common name alone does not count.`,
    (_context, error) =>
      hasNames(error)
        ? 'Check the host in the address. Turn off Verify in Options to send all the same.'
        : 'Whoever runs the server must have it made anew, with a subject alternative name. Turn off Verify in Options to send all the same.',
  ),
  ERR_SSL_WRONG_VERSION_NUMBER: PLAIN_HTTP,
  ERR_SSL_HTTP_REQUEST: PLAIN_HTTP,
  ERR_SSL_HTTPS_PROXY_REQUEST: PLAIN_HTTP,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: PLAIN_HTTP,
}

/** By the words of the complaint, for the many codes that OpenSSL and BoringSSL name differently. The first match counts. */
const TLS_FAMILIES: readonly (readonly [pattern: RegExp, entry: Entry])[] = [
  [/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|RECORD_TOO_LONG/, PLAIN_HTTP],
  [
    /CERTIFICATE_REQUIRED|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED/,
    distrusts(
      ({ peer, hasClientCertificate }) =>
        hasClientCertificate === true
          ? `${peer} does not accept the client certificate that was given.`
          : `${peer} asks for a client certificate, and none was given.`,
      'Choose one that it trusts under TLS in Options.',
    ),
  ],
  [
    /HANDSHAKE_FAILURE/,
    distrusts(
      ({ peer }) => `${peer} refused the TLS handshake.`,
      ({ hasClientCertificate }) =>
        `It may ${hasClientCertificate === true ? 'not accept the client certificate' : 'want a client certificate'} (TLS in Options), or have no cipher in common with this machine.`,
    ),
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|INSUFFICIENT_SECURITY|NO_SHARED_CIPHER|NO_PROTOCOLS_AVAILABLE/,
    {
      ...distrusts(
        ({ peer }) => `${peer} and this machine have no version of TLS, or no cipher, in common.`,
        ({ versions = null }) =>
          versions === null
            ? 'The server may be too old or set up too strictly. Choose the versions of TLS to offer in Options.'
            : `Only ${versions} was offered. Choose other versions of TLS in Options.`,
      ),
      option: 'tls.minVersion',
    },
  ],
  [
    /NO_APPLICATION_PROTOCOL/,
    {
      ...distrusts(
        ({ peer }) => `${peer} speaks none of the protocols that were offered.`,
        'It may insist on HTTP/2, or have none of it: HTTP/2 is under Connection in Options.',
      ),
      option: 'http2',
    },
  ],
  [/UNRECOGNIZED_NAME/, distrusts(({ peer, host }) => `${peer} has no certificate for ${host}.`, 'Check the host in the address.')],
]

export const brokenHandshake = distrusts(
  ({ peer }) => `${peer} closed the connection during the TLS handshake.`,
  ({ hasClientCertificate }) =>
    hasClientCertificate === true
      ? 'It may not accept the client certificate (TLS in Options), or refuse the host name.'
      : 'It may speak plain HTTP on this port (try http://), want a client certificate, or refuse the host name.',
)

/** The entry of a code, or of its family; null where it is none of TLS. */
export function tlsEntry(code: string): Entry | null {
  const exact = entryIn(TLS, code)
  if (exact) return exact
  if (!/SSL|TLS|CERT|EPROTO|VERSION_NUMBER/.test(code)) return null
  return TLS_FAMILIES.find(([pattern]) => pattern.test(code))?.[1] ?? (/^ERR_(?:SSL|TLS)_|^CERT_/.test(code) ? unknownTls : null)
}

function hasNames(error: unknown): error is { readonly names: string } {
  return typeof error === 'object' && error !== null && 'names' in error && typeof error.names === 'string' && error.names !== ''
}

function dayOf(instant: string): string {
  return instant.slice(0, 10)
}
