/**
 * The one table from what undici, Node's clients and OpenSSL (in Electron: BoringSSL) call a failure to what a person is told:
 * a kind, one sentence that names the host, and what to do. Nothing else in core knows these codes.
 */
import type { ErrorKind, Stage } from '#contract/errors.ts'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'

/** What was going on when it failed. */
export interface FailureContext {
  /** `host:port` as in the URL. */
  readonly peer: string
  readonly host: string
  readonly scheme: 'http' | 'https'
  readonly stage: Stage
  /** Whether the head of the reply had come. */
  readonly hasHead: boolean
  /** Bytes received before the head was understood, or instead of one. */
  readonly received: Buffer
  readonly bodyBytes: number
  /** Length of the body that the head promised; null where it did not. */
  readonly expectedBytes: number | null
  /** Whether the reply was read strictly: the lenient reader may understand it. */
  readonly isStrict: boolean
  /** Whether a client certificate was given. */
  readonly hasClientCertificate?: boolean
}

interface Entry {
  readonly kind: ErrorKind
  readonly stage: Stage
  readonly message: (context: FailureContext, error: unknown) => string
  readonly hint?: string | ((context: FailureContext) => string)
}

const SHOWN_BYTES = 2048
const VERIFY_HINT = 'Turn off Verify in Options for this request, or give the CA file that signed it.'

const refuses = (message: Entry['message'], hint: string): Entry => ({ kind: 'ConnectionError', stage: 'connect', message, hint })
const distrusts = (message: Entry['message'], hint: Entry['hint'] & {} = VERIFY_HINT): Entry => ({
  kind: 'SSLError',
  stage: 'tls',
  message,
  hint,
})
const bug = (): Entry => ({
  kind: 'Bug',
  stage: 'send',
  message: ({ peer }, error) => `The request to ${peer} could not be written: ${messageOf(error)}.`,
  hint: 'This is a bug. Nothing you typed is lost.',
})
const timedOut = (kind: ErrorKind, stage: Stage): Entry => ({ kind, stage, message: ({ peer }) => `${peer} did not answer in time.` })

/** The connection broke or was closed, at whatever point. */
const BROKEN: Entry = {
  kind: 'ConnectionError',
  stage: 'receive',
  message: ({ peer, received }) =>
    received.length > 0
      ? `${peer} closed the connection in the middle of the head of its reply.`
      : `${peer} closed the connection without a reply.`,
  hint: ({ scheme, received, hasClientCertificate }) => {
    if (scheme === 'http') {
      return 'The server may have crashed, or speak another protocol on this port (https:// rather than http://). Try again, or check the address.'
    }
    const wish = hasClientCertificate === true ? 'not accept the client certificate' : 'want a client certificate'
    // Not every server says by an alert of TLS what it missed.
    return received.length > 0
      ? 'The server may have crashed. Try again.'
      : `The server may ${wish} (TLS in Options), or have crashed. Try again.`
  },
}
/** HTTP/2 ends one request without the connection (RFC 9113 §6.4). */
const RESET_STREAM: Entry = {
  ...BROKEN,
  message: ({ peer }, error) => `${peer} reset the stream of this request${resetCode(error)}.`,
  hint: 'The server gave this request up. Try again, or turn off HTTP/2 in Options.',
}
const BROKEN_BODY: Entry = {
  kind: 'ChunkedEncodingError',
  stage: 'receive',
  message: ({ peer, bodyBytes, expectedBytes }) =>
    `${peer} broke off the body of its reply after ${bodyBytes}${expectedBytes === null ? '' : ` of ${expectedBytes}`} bytes.`,
  hint: 'What came is shown. Send again to get the rest.',
}
const NOT_HTTP: Entry = {
  kind: 'ConnectionError',
  stage: 'receive',
  message: (context, error) =>
    looksLikeHttp(context)
      ? `${context.peer} sent a reply that does not follow HTTP/1.1${inBrackets(messageOf(error))}.`
      : `${context.peer} answered with something that is not HTTP.`,
  hint: 'The bytes it sent are shown. Check the port, and whether it wants https:// rather than http://.',
}
const LENIENT_HINT = 'The bytes it sent are shown. Turn on Lenient in Options to read the reply all the same.'
const BAD_BODY: Entry = {
  kind: 'ChunkedEncodingError',
  stage: 'receive',
  message: ({ peer, bodyBytes }, error) =>
    `The body of the reply of ${peer} is framed wrongly after ${bodyBytes} bytes${inBrackets(messageOf(error))}.`,
  hint: 'What came is shown.',
}
const UNREACHABLE = refuses(
  ({ host }) => `There is no way to ${host} from this machine.`,
  'Check the network, the VPN, and whether the address is right.',
)
const REFUSED = refuses(({ peer }) => `${peer} refused the connection.`, 'Check that the server runs and listens on this port.')
const UNKNOWN_HOST = refuses(({ host }) => `The host ${host} was not found.`, 'Check the spelling of the host, and the network.')
const UNRESOLVED = refuses(
  ({ host }) => `The host ${host} could not be looked up: the name server did not answer.`,
  'Check the network and try again.',
)
const TOO_MANY_FILES: Entry = refuses(
  ({ peer }) => `There are too many open files and connections to open one to ${peer}.`,
  'Send fewer requests at once, or raise the limit (ulimit -n).',
)

const NETWORK: Readonly<Record<string, Entry>> = {
  ECONNREFUSED: REFUSED,
  ENOTFOUND: UNKNOWN_HOST,
  EAI_NONAME: UNKNOWN_HOST,
  EAI_NODATA: UNKNOWN_HOST,
  EAI_AGAIN: UNRESOLVED,
  EAI_FAIL: UNRESOLVED,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EHOSTDOWN: UNREACHABLE,
  ENETDOWN: UNREACHABLE,
  EADDRNOTAVAIL: UNREACHABLE,
  EACCES: refuses(({ peer }) => `This machine does not allow a connection to ${peer}.`, 'Check the firewall.'),
  EPERM: refuses(({ peer }) => `This machine does not allow a connection to ${peer}.`, 'Check the firewall.'),
  EMFILE: TOO_MANY_FILES,
  ENFILE: TOO_MANY_FILES,
  ETIMEDOUT: { ...timedOut('ConnectTimeout', 'connect'), hint: 'Check that the address is right and that no firewall drops the packets.' },
  ECONNRESET: BROKEN,
  ECONNABORTED: BROKEN,
  EPIPE: BROKEN,
}

const HEAD_TOO_LARGE: Entry = {
  kind: 'TooLarge',
  stage: 'receive',
  message: ({ peer }) => `The head of the reply of ${peer} is larger than 1 MiB.`,
  hint: 'The first part of it is shown. A server that sends such headers is at fault.',
}

/** By stable code. Classes that sending this way cannot raise are listed too, as bugs, so that a new one stands out. */
const UNDICI: Readonly<Record<string, Entry>> = {
  UND_ERR_SOCKET: BROKEN,
  UND_ERR_INFO: BROKEN,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: NOT_HTTP,
  UND_ERR_HEADERS_OVERFLOW: HEAD_TOO_LARGE,
  HPE_HEADER_OVERFLOW: HEAD_TOO_LARGE,
  UND_ERR_RES_EXCEEDED_MAX_SIZE: {
    kind: 'TooLarge',
    stage: 'receive',
    message: ({ peer }) => `The body of the reply of ${peer} is too large.`,
  },
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: {
    kind: 'InvalidBody',
    stage: 'send',
    message: ({ peer }) => `The body sent to ${peer} is not as long as was announced.`,
    hint: 'A file changed while it was being sent. Send again.',
  },
  UND_ERR_CONNECT_TIMEOUT: timedOut('ConnectTimeout', 'connect'),
  UND_ERR_HEADERS_TIMEOUT: timedOut('ReadTimeout', 'receive'),
  UND_ERR_BODY_TIMEOUT: timedOut('ReadTimeout', 'receive'),
  UND_ERR_ABORT: { kind: 'Cancelled', stage: 'send', message: ({ peer }) => `The request to ${peer} was cancelled.` },
  UND_ERR_ABORTED: { kind: 'Cancelled', stage: 'send', message: ({ peer }) => `The request to ${peer} was cancelled.` },
  UND_ERR_DESTROYED: BROKEN,
  UND_ERR_CLOSED: BROKEN,
  UND_ERR_PRX_TLS: {
    kind: 'ProxyError',
    stage: 'connect',
    message: ({ peer }) => `The secure connection to the proxy for ${peer} failed.`,
  },
  UND_ERR_PRX_CONN: { kind: 'ProxyError', stage: 'connect', message: ({ peer }) => `The proxy did not open a connection to ${peer}.` },
  UND_ERR_SOCKS5: { kind: 'ProxyError', stage: 'connect', message: ({ peer }) => `The SOCKS proxy did not open a connection to ${peer}.` },
  UND_ERR: bug(),
  UND_ERR_INVALID_ARG: bug(),
  UND_ERR_INVALID_RETURN_VALUE: bug(),
  UND_ERR_NOT_SUPPORTED: bug(),
  UND_ERR_BPL_MISSING_UPSTREAM: bug(),
  UND_ERR_REQ_RETRY: bug(),
  UND_ERR_RESPONSE: bug(),
  UND_ERR_REDIRECT_MAX: bug(),
  UND_ERR_MAX_ORIGINS_REACHED: bug(),
  UND_ERR_WS_MESSAGE_SIZE_EXCEEDED: bug(),
  ERR_WEBASSEMBLY_NOT_SUPPORTED: bug(),
}

/** Of Node's own clients, which the lenient reader and HTTP/2 use. */
const NODE: Readonly<Record<string, Entry>> = {
  ERR_STREAM_PREMATURE_CLOSE: BROKEN,
  ERR_STREAM_DESTROYED: BROKEN,
  ERR_SOCKET_CLOSED: BROKEN,
  ERR_HTTP2_ERROR: RESET_STREAM,
  ERR_HTTP2_STREAM_ERROR: RESET_STREAM,
  ERR_HTTP2_STREAM_CANCEL: RESET_STREAM,
  ERR_HTTP2_INVALID_STREAM: RESET_STREAM,
  ERR_HTTP2_SESSION_ERROR: BROKEN,
  ERR_HTTP2_GOAWAY_SESSION: BROKEN,
  ERR_HTTP2_HEADERS_AFTER_RESPOND: bug(),
  ERR_HTTP2_INVALID_CONNECTION_HEADERS: bug(),
  ERR_HTTP2_INVALID_HEADER_VALUE: bug(),
  ERR_HTTP2_INVALID_PSEUDOHEADER: bug(),
  ERR_HTTP2_HEADER_SINGLE_VALUE: bug(),
  ERR_HTTP_HEADERS_SENT: bug(),
  ERR_INVALID_HTTP_TOKEN: bug(),
  ERR_INVALID_CHAR: bug(),
  ERR_UNESCAPED_CHARACTERS: bug(),
}

const SELF_SIGNED = distrusts(({ peer }) => `The certificate of ${peer} is signed by itself, not by an authority that is trusted.`)
const UNKNOWN_ISSUER = distrusts(({ peer }) => `The certificate of ${peer} is signed by an authority that is not known here.`)
const BAD_SIGNATURE = distrusts(({ peer }) => `The signature of the certificate of ${peer} is wrong.`, 'Do not trust this server.')
const BAD_CHAIN = distrusts(
  ({ peer }, error) => `The certificate of ${peer} is not made as it must be (${messageOf(error)}).`,
  'Whoever runs the server must mend it. Turn off Verify in Options to send all the same.',
)
const NO_REVOCATIONS = distrusts(({ peer }) => `Whether the certificate of ${peer} was revoked could not be found out.`)
const PLAIN_HTTP = distrusts(({ peer }) => `${peer} speaks plain HTTP, not TLS.`, 'Try http:// instead of https://.')

const TLS: Readonly<Record<string, Entry>> = {
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
  CERT_HAS_EXPIRED: distrusts(
    ({ peer }) => `The certificate of ${peer}, or of an authority above it, has expired.`,
    'Check the clock of this machine. Turn off Verify in Options to send all the same.',
  ),
  CERT_NOT_YET_VALID: distrusts(
    ({ peer }) => `The certificate of ${peer} is not valid yet.`,
    'Check the clock of this machine. Turn off Verify in Options to send all the same.',
  ),
  CERT_REVOKED: distrusts(({ peer }) => `The certificate of ${peer} was revoked.`, 'Do not trust this server.'),
  CERT_SIGNATURE_FAILURE: BAD_SIGNATURE,
  CRL_SIGNATURE_FAILURE: BAD_SIGNATURE,
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: BAD_SIGNATURE,
  UNABLE_TO_DECRYPT_CRL_SIGNATURE: BAD_SIGNATURE,
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: BAD_CHAIN,
  CERT_CHAIN_TOO_LONG: BAD_CHAIN,
  PATH_LENGTH_EXCEEDED: BAD_CHAIN,
  INVALID_PURPOSE: BAD_CHAIN,
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
    ({ peer, host }, error) => `The certificate of ${peer} is not for ${host}${forNames(error)}.`,
    'Check the host in the address. Turn off Verify in Options to send all the same.',
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
    distrusts(
      ({ peer }) => `${peer} and this machine have no version of TLS, or no cipher, in common.`,
      'The server may be too old or set up too strictly. Choose the versions of TLS to offer in Options.',
    ),
  ],
  [/UNRECOGNIZED_NAME/, distrusts(({ peer, host }) => `${peer} has no certificate for ${host}.`, 'Check the host in the address.')],
]

/**
 * What a failure is called in this product.
 *
 * @param error what was thrown; a `CoreError` is passed on as it is
 */
export function failureOf(error: unknown, context: FailureContext): CoreError {
  if (error instanceof CoreError) return error
  const code = codeOf(error)
  const entry = entryFor(error, code, context)
  const details: Record<string, unknown> = { ...(code !== null && { code }), ...receivedDetails(context) }
  const mayBeLenient = entry === NOT_HTTP && context.isStrict && looksLikeHttp(context)
  const hint = mayBeLenient ? LENIENT_HINT : entry.hint
  if (mayBeLenient) details.mayBeLenient = true
  return new CoreError(entry.kind, entry.stage, inSentence(entry.message(context, error)), {
    ...(hint !== undefined && { hint: typeof hint === 'string' ? hint : hint(context) }),
    ...(Object.keys(details).length > 0 && { details }),
    cause: error,
  })
}

/** The entry of a code alone; null where the table has none. */
export function isMapped(code: string): boolean {
  return [UNDICI, NETWORK, NODE].some((table) => Object.hasOwn(table, code)) || isHpe(code) || tlsEntry(code) !== null
}

/** Why a certificate that was not insisted on would have been refused, as the sentence that would have said so. */
export function certificateFault(error: unknown, context: FailureContext): string {
  return failureOf(error, context).message
}

function entryFor(error: unknown, code: string | null, context: FailureContext): Entry {
  const name = error instanceof Error ? error.name : ''
  if (name === 'HTTPParserError' || (code !== null && isHpe(code))) return context.hasHead ? BAD_BODY : NOT_HTTP
  const found = code === null ? null : (own(NETWORK, code) ?? own(UNDICI, code) ?? own(NODE, code) ?? tlsEntry(code))
  if (found && context.hasHead && (found === BROKEN || found === RESET_STREAM || found === NOT_HTTP)) return BROKEN_BODY
  if (found === BROKEN && context.stage === 'tls') return brokenHandshake
  if ((found === null || found === BROKEN) && saysBadReply(error)) return NOT_HTTP
  if (found) return found
  const inWords = tlsEntry(messageOf(error).toUpperCase().replaceAll(' ', '_'))
  if (inWords) return inWords
  return context.stage === 'tls' ? unknownTls : unknownFailure
}

const brokenHandshake = distrusts(
  ({ peer }) => `${peer} closed the connection during the TLS handshake.`,
  'It may speak plain HTTP on this port (try http://), want a client certificate, or refuse the host name.',
)
const unknownTls = distrusts(({ peer }, error) => `No secure connection to ${peer}: ${withoutFullStop(messageOf(error))}.`)
const unknownFailure = refuses(
  ({ peer }, error) => `The connection to ${peer} failed: ${withoutFullStop(messageOf(error))}.`,
  'Try again; check the address and the network.',
)

/** undici's own words for an interim reply that nobody asked for. */
function saysBadReply(error: unknown): boolean {
  return /^bad (?:response|upgrade)$/.test(messageOf(error))
}

function tlsEntry(code: string): Entry | null {
  const exact = own(TLS, code)
  if (exact) return exact
  if (!/SSL|TLS|CERT|EPROTO|VERSION_NUMBER/.test(code)) return null
  return TLS_FAMILIES.find(([pattern]) => pattern.test(code))?.[1] ?? (/^ERR_(?:SSL|TLS)_|^CERT_/.test(code) ? unknownTls : null)
}

function own(table: Readonly<Record<string, Entry>>, code: string): Entry | null {
  return Object.hasOwn(table, code) ? (table[code] ?? null) : null
}

/** Several addresses may have failed, each in its way; the first failure speaks for all. */
function codeOf(error: unknown): string | null {
  return systemCode(error) ?? (error instanceof AggregateError ? systemCode(error.errors[0]) : null)
}

function receivedDetails({ received, hasHead }: FailureContext): Record<string, unknown> {
  if (hasHead || received.length === 0) return {}
  const shown = received.subarray(0, SHOWN_BYTES)
  return { received: shown.toString('latin1'), receivedBase64: shown.toString('base64'), receivedBytes: received.length }
}

/** A verdict of Node's parser; a head that is too large has an entry of its own. */
function isHpe(code: string): boolean {
  return code.startsWith('HPE_') && code !== 'HPE_HEADER_OVERFLOW'
}

function resetCode(error: unknown): string {
  const name = /NGHTTP2_[A-Z0-9_]+/.exec(messageOf(error))?.[0]
  return name === undefined ? '' : ` (${name.replace('NGHTTP2_', '')})`
}

function looksLikeHttp({ received }: FailureContext): boolean {
  return received.subarray(0, 5).toString('latin1') === 'HTTP/'
}

function forNames(error: unknown): string {
  const names = typeof error === 'object' && error !== null && 'names' in error && typeof error.names === 'string' ? error.names : ''
  return names === '' ? '' : `, but for ${names}`
}

function inBrackets(text: string): string {
  const reason = /\(([^()]*)\)\s*$/.exec(text)?.[1] ?? ''
  return reason === '' ? '' : `: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`
}

/** A peer may be called by words, such as `The proxy …`; within a sentence they are small. */
function inSentence(message: string): string {
  return message.replace(/(?<=\S )The proxy /g, 'the proxy ')
}

function withoutFullStop(text: string): string {
  return text.trim().replace(/\.$/, '')
}
