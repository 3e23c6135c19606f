/**
 * Failures of the network, of HTTP/1.1 and of HTTP/2, by the codes of the system, of undici, of Node's clients and of
 * their parsers.
 */
import { messageOf } from '../lib/core-error.ts'
import {
  bug,
  inBrackets,
  looksLikeHttp,
  refuses,
  timedOut,
  withoutFullStop,
  type Entry,
  type FailureContext,
  type Table,
} from './failure-entry.ts'

/** The connection broke or was closed, at whatever point. */
export const BROKEN: Entry = {
  kind: 'ConnectionError',
  stage: 'receive',
  message: ({ peer, received, unfinished }) => {
    if (received.length > 0) return `${peer} closed the connection in the middle of the head of its reply.`
    if (unfinished)
      return `${peer} closed the connection after ${amountOf(unfinished.sent, unfinished.total)} of the body that was being sent.`
    return `${peer} closed the connection without a reply.`
  },
  hint: ({ scheme, received, hasClientCertificate, unfinished }) => {
    if (unfinished && received.length === 0) {
      return 'The server may have crashed, or take no body as large as this. Try again, or send a smaller one.'
    }
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
  message: ({ peer }, error) => `${peer} reset the stream of this request${inHttp2Words(error)}.`,
  hint: (_context, error) =>
    messageOf(error).includes('HTTP_1_1_REQUIRED')
      ? 'The server wants HTTP/1.1 for it: turn off HTTP/2 in Options.'
      : 'The server gave this request up. Try again, or turn off HTTP/2 in Options.',
}
const GOODBYE: Entry = {
  ...BROKEN,
  message: ({ peer }, error) => `${peer} ended the HTTP/2 connection${inHttp2Words(error)}.`,
  hint: 'Try again, or turn off HTTP/2 in Options.',
}
const BAD_HTTP2: Entry = {
  ...BROKEN,
  message: ({ peer }, error) => `${peer} does not keep to the rules of HTTP/2: ${withoutFullStop(messageOf(error))}.`,
  hint: 'Turn off HTTP/2 in Options.',
}
const NO_PLACE_IN_HTTP2: Entry = {
  kind: 'InvalidHeader',
  stage: 'send',
  message: (_context, error) => `This head cannot be sent over HTTP/2: ${withoutFullStop(messageOf(error))}.`,
  hint: 'Change the header, or turn off HTTP/2 in Options.',
}
const MIB = 1024 * 1024

/** Such as `3 of 10 bytes`; in MiB where what came has that much. */
function amountOf(bytes: number, whole: number | null): string {
  const mib = (count: number): string => (count / MIB).toFixed(1)
  if (whole === null) return bytes >= MIB ? `${mib(bytes)} MiB` : `${bytes} bytes`
  return bytes >= MIB ? `${mib(bytes)} of ${mib(whole)} MiB` : `${bytes} of ${whole} bytes`
}

export const BROKEN_BODY: Entry = {
  kind: 'ChunkedEncodingError',
  stage: 'receive',
  message: ({ peer, bodyBytes, expectedBytes }, error) =>
    `${peer} broke off the body of its reply after ${amountOf(bodyBytes, expectedBytes)}${inHttp2Words(error)}.`,
  hint: 'What came is shown. Send again to get the rest.',
}
/** What many servers say to plain HTTP where they speak TLS (RFC 8446 §5.1, §6). */
function isTlsAlert({ scheme, received }: FailureContext): boolean {
  return scheme === 'http' && received[0] === 21 && received[1] === 3
}

export const NOT_HTTP: Entry = {
  kind: 'ConnectionError',
  stage: 'receive',
  message: (context, error) =>
    looksLikeHttp(context)
      ? `${context.peer} sent a reply that does not follow HTTP/1.1${inBrackets(messageOf(error))}.`
      : isTlsAlert(context)
        ? `${context.peer} answered by an alert of TLS: it does not speak plain HTTP on this port.`
        : `${context.peer} answered with something that is not HTTP.`,
  hint: (context) =>
    isTlsAlert(context)
      ? 'Ask it by https:// in place of http://.'
      : looksLikeHttp(context)
        ? 'The bytes it sent are shown. The server is at fault.'
        : 'The bytes it sent are shown. Check the port, and whether it wants https:// rather than http://.',
}
/** Lengths of the body that differ (RFC 9112 §6.3): no reader can tell where it ends. */
export const LENGTHS_DIFFER: Entry = {
  ...NOT_HTTP,
  message: ({ peer, received }) => `${peer} says more than one length of the body of its reply: ${lengthsIn(received).join(', ')}.`,
  hint: 'The bytes it sent are shown. Where the body ends cannot be told: the server is at fault.',
}

/** Those of the head of a reply, each once. */
export function lengthsIn(received: Buffer): readonly string[] {
  const [head = ''] = received.toString('latin1').split('\r\n\r\n', 1)
  return [...new Set([...head.matchAll(/^content-length:[ \t]*([^\r\n]*?)[ \t]*$/gim)].map((match) => match[1] ?? ''))]
}

/** undici does not refuse a status below 100 as its parser refuses other faults: it only asserts that there is none. */
export const BAD_STATUS: Entry = {
  ...NOT_HTTP,
  message: ({ peer, received }) =>
    `${peer} answered with the status ${/^HTTP\/\d\.\d (\d+)/m.exec(received.toString('latin1'))?.[1] ?? ''}, which HTTP does not have.`,
}
/** @see RFC 9110 §15.2.2 */
export const UNASKED_UPGRADE: Entry = {
  kind: 'ConnectionError',
  stage: 'receive',
  message: ({ peer }) => `${peer} answered 101 Switching Protocols, though it was asked for no other protocol.`,
  hint: 'The bytes it sent are shown. What speaks another protocol there, such as WebSocket, cannot be asked by a plain request: check the address.',
}
export const LENIENT_HINT = 'The bytes it sent are shown. Lenient, under Connection in Options, may read the reply all the same.'
export const BAD_BODY: Entry = {
  kind: 'ChunkedEncodingError',
  stage: 'receive',
  message: ({ peer, bodyBytes }, error) =>
    `The body of the reply of ${peer} is framed wrongly after ${bodyBytes} bytes${inBrackets(messageOf(error))}.`,
  hint: 'What came is shown.',
}
const CANCELLED: Entry = { kind: 'Cancelled', stage: 'send', message: ({ peer }) => `The request to ${peer} was cancelled.` }
const UNREACHABLE = refuses(
  ({ host }) => `There is no way to ${host} from this machine.`,
  'Check the network, the VPN, and whether the address is right.',
)
const REFUSED = refuses(({ peer }) => `${peer} refused the connection.`, 'Check that the server runs and listens on this port.')
const UNKNOWN_HOST = refuses(
  ({ host, isProxy }) => (isProxy === true ? `The host ${host} of the proxy was not found.` : `The host ${host} was not found.`),
  'Check the spelling of the host, and the network.',
)
const UNRESOLVED = refuses(
  ({ host, isProxy }) =>
    isProxy === true
      ? `The host ${host} of the proxy could not be looked up: the name server did not answer.`
      : `The host ${host} could not be looked up: the name server did not answer.`,
  'Check the network and try again.',
)
const TOO_MANY_FILES: Entry = refuses(
  ({ peer }) => `There are too many open files and connections to open one to ${peer}.`,
  'Send fewer requests at once, or raise the limit (ulimit -n).',
)

const LOOKUP_FAILED = refuses(
  ({ host }, error) => `The host ${host} could not be looked up: ${withoutFullStop(messageOf(error))}.`,
  'Check the spelling of the host, and the network.',
)
const NO_MEMORY = refuses(({ peer }) => `There is not enough memory for a connection to ${peer}.`, 'Close something and try again.')

/** By the codes of libuv. */
const NETWORK: Table = {
  ECONNREFUSED: REFUSED,
  ENOTFOUND: UNKNOWN_HOST,
  EAI_NONAME: UNKNOWN_HOST,
  EAI_NODATA: UNKNOWN_HOST,
  EAI_AGAIN: UNRESOLVED,
  EAI_FAIL: UNRESOLVED,
  EAI_ADDRFAMILY: LOOKUP_FAILED,
  EAI_BADFLAGS: LOOKUP_FAILED,
  EAI_BADHINTS: LOOKUP_FAILED,
  EAI_CANCELED: LOOKUP_FAILED,
  EAI_FAMILY: LOOKUP_FAILED,
  EAI_MEMORY: LOOKUP_FAILED,
  EAI_OVERFLOW: LOOKUP_FAILED,
  EAI_PROTOCOL: LOOKUP_FAILED,
  EAI_SERVICE: LOOKUP_FAILED,
  EAI_SOCKTYPE: LOOKUP_FAILED,
  ECHARSET: LOOKUP_FAILED,
  ENAMETOOLONG: LOOKUP_FAILED,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EHOSTDOWN: UNREACHABLE,
  ENETDOWN: UNREACHABLE,
  EADDRNOTAVAIL: UNREACHABLE,
  EAFNOSUPPORT: UNREACHABLE,
  EINVAL: UNREACHABLE,
  ENONET: UNREACHABLE,
  EPROTONOSUPPORT: UNREACHABLE,
  ESOCKTNOSUPPORT: UNREACHABLE,
  EADDRINUSE: refuses(
    ({ peer }) => `This machine has no port left for a connection to ${peer}.`,
    'Wait for connections to close, and try again.',
  ),
  ENOBUFS: NO_MEMORY,
  ENOMEM: NO_MEMORY,
  EACCES: refuses(({ peer }) => `This machine does not allow a connection to ${peer}.`, 'Check the firewall.'),
  EPERM: refuses(({ peer }) => `This machine does not allow a connection to ${peer}.`, 'Check the firewall.'),
  EMFILE: TOO_MANY_FILES,
  ENFILE: TOO_MANY_FILES,
  ETIMEDOUT: { ...timedOut('ConnectTimeout', 'connect'), hint: 'Check that the address is right and that no firewall drops the packets.' },
  ECONNRESET: BROKEN,
  ECONNABORTED: BROKEN,
  EPIPE: BROKEN,
  ENOTCONN: BROKEN,
  ESHUTDOWN: BROKEN,
  EOF: BROKEN,
  EIO: BROKEN,
  ECANCELED: CANCELLED,
}

const OTHER_LENGTH: Entry = {
  kind: 'InvalidBody',
  stage: 'send',
  message: ({ peer }) => `The body sent to ${peer} is not as long as was announced.`,
  hint: 'A file changed while it was being sent. Send again.',
}
const HEAD_TOO_LARGE: Entry = {
  kind: 'TooLarge',
  stage: 'receive',
  message: ({ peer }) => `The head of the reply of ${peer} is larger than 1 MiB.`,
  hint: 'The first part of it is shown. A server that sends such headers is at fault.',
}

/** By stable code. Classes that sending this way cannot raise are listed too, as bugs, so that a new one stands out. */
const UNDICI: Table = {
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
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: OTHER_LENGTH,
  UND_ERR_CONNECT_TIMEOUT: timedOut('ConnectTimeout', 'connect'),
  UND_ERR_HEADERS_TIMEOUT: timedOut('ReadTimeout', 'receive'),
  UND_ERR_BODY_TIMEOUT: timedOut('ReadTimeout', 'receive'),
  UND_ERR_ABORT: CANCELLED,
  UND_ERR_ABORTED: CANCELLED,
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
const NODE: Table = {
  ERR_STREAM_PREMATURE_CLOSE: BROKEN,
  ERR_STREAM_DESTROYED: BROKEN,
  ERR_SOCKET_CLOSED: BROKEN,
  ERR_SOCKET_CLOSED_BEFORE_CONNECTION: BROKEN,
  ERR_SOCKET_CONNECTION_TIMEOUT: timedOut('ConnectTimeout', 'connect'),
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: OTHER_LENGTH,
  ERR_HTTP2_STREAM_ERROR: RESET_STREAM,
  ERR_HTTP2_STREAM_CANCEL: RESET_STREAM,
  ERR_HTTP2_INVALID_STREAM: RESET_STREAM,
  ERR_HTTP2_SESSION_ERROR: GOODBYE,
  ERR_HTTP2_GOAWAY_SESSION: GOODBYE,
  ERR_HTTP2_INVALID_SESSION: GOODBYE,
  ERR_HTTP2_OUT_OF_STREAMS: GOODBYE,
  ERR_HTTP2_PING_CANCEL: GOODBYE,
  ERR_HTTP2_SETTINGS_CANCEL: GOODBYE,
  ERR_HTTP2_ERROR: BAD_HTTP2,
  ERR_HTTP2_MAX_PENDING_SETTINGS_ACK: BAD_HTTP2,
  ERR_HTTP2_TOO_MANY_CUSTOM_SETTINGS: BAD_HTTP2,
  ERR_HTTP2_TOO_MANY_INVALID_FRAMES: BAD_HTTP2,
  ERR_HTTP2_TOO_MANY_ORIGINS: BAD_HTTP2,
  ERR_HTTP2_HEADER_SINGLE_VALUE: NO_PLACE_IN_HTTP2,
  ERR_HTTP2_INVALID_CONNECTION_HEADERS: NO_PLACE_IN_HTTP2,
  ERR_HTTP2_INVALID_HEADER_VALUE: NO_PLACE_IN_HTTP2,
  ERR_HTTP2_INVALID_PSEUDOHEADER: NO_PLACE_IN_HTTP2,
  ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED: NO_PLACE_IN_HTTP2,
  ERR_HTTP2_NO_MEM: NO_MEMORY,
}

/** Nothing that is sent or received this way can raise them: of servers, or of a library used wrongly. */
const MISUSE = `
  ERR_HTTP2_ALTSVC_INVALID_ORIGIN ERR_HTTP2_ALTSVC_LENGTH ERR_HTTP2_CONNECT_AUTHORITY ERR_HTTP2_CONNECT_PATH ERR_HTTP2_CONNECT_SCHEME
  ERR_HTTP2_HEADERS_AFTER_RESPOND ERR_HTTP2_HEADERS_SENT ERR_HTTP2_INFO_STATUS_NOT_ALLOWED ERR_HTTP2_INVALID_INFO_STATUS
  ERR_HTTP2_INVALID_ORIGIN ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH ERR_HTTP2_INVALID_SETTING_VALUE ERR_HTTP2_NESTED_PUSH
  ERR_HTTP2_NO_SOCKET_MANIPULATION ERR_HTTP2_ORIGIN_LENGTH ERR_HTTP2_PAYLOAD_FORBIDDEN ERR_HTTP2_PING_LENGTH ERR_HTTP2_PUSH_DISABLED
  ERR_HTTP2_SEND_FILE ERR_HTTP2_SEND_FILE_NOSEEK ERR_HTTP2_SOCKET_BOUND ERR_HTTP2_SOCKET_UNBOUND ERR_HTTP2_STATUS_101
  ERR_HTTP2_STATUS_INVALID ERR_HTTP2_STREAM_SELF_DEPENDENCY ERR_HTTP2_TRAILERS_ALREADY_SENT ERR_HTTP2_TRAILERS_NOT_READY
  ERR_HTTP2_UNSUPPORTED_PROTOCOL ERR_HTTP_BODY_NOT_ALLOWED ERR_HTTP_HEADERS_SENT ERR_HTTP_INVALID_HEADER_VALUE
  ERR_HTTP_INVALID_STATUS_CODE ERR_HTTP_REQUEST_TIMEOUT ERR_HTTP_SOCKET_ASSIGNED ERR_HTTP_SOCKET_ENCODING ERR_HTTP_TRAILER_INVALID
  ERR_INVALID_CHAR ERR_INVALID_HTTP_TOKEN ERR_UNESCAPED_CHARACTERS ERR_SOCKET_ALREADY_BOUND ERR_SOCKET_BAD_BUFFER_SIZE
  ERR_SOCKET_BAD_PORT ERR_SOCKET_BAD_TYPE ERR_SOCKET_BUFFER_SIZE ERR_SOCKET_DGRAM_IS_CONNECTED ERR_SOCKET_DGRAM_NOT_CONNECTED
  ERR_SOCKET_DGRAM_NOT_RUNNING ERR_SOCKET_HANDLE_ADOPTED ERR_STREAM_ALREADY_FINISHED ERR_STREAM_CANNOT_PIPE ERR_STREAM_ITER_MISSING_FLAG
  ERR_STREAM_NULL_VALUES ERR_STREAM_PUSH_AFTER_EOF ERR_STREAM_UNABLE_TO_PIPE ERR_STREAM_UNSHIFT_AFTER_END_EVENT ERR_STREAM_WRAP
  ERR_STREAM_WRITE_AFTER_END`

/** Everything but TLS, by code. */
export const HTTP_FAILURES: Table = {
  ...NETWORK,
  ...UNDICI,
  ...NODE,
  ...Object.fromEntries(
    MISUSE.trim()
      .split(/\s+/)
      .map((code) => [code, bug()]),
  ),
}

/** What is broken by such a failure where the head of the reply had come: its body. */
export const BREAKS: ReadonlySet<Entry> = new Set([BROKEN, RESET_STREAM, GOODBYE, BAD_HTTP2, NOT_HTTP, UNASKED_UPGRADE])

/** The reason that HTTP/2 gives by a code, and the words of the server: ` (ENHANCE_YOUR_CALM: too many pings)`. */
function inHttp2Words(error: unknown): string {
  const words = /NGHTTP2_([A-Z0-9_]+(?:: .+)?)/.exec(messageOf(error))?.[1]
  return words === undefined ? '' : ` (${words})`
}
