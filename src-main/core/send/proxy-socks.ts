/**
 * Asks a SOCKS proxy for a tunnel, over a connection that is already open, so that our own connect timeout and Cancel
 * hold. `socks4` and `socks5` are given an address that was looked up here, `socks4a` and `socks5h` the name.
 *
 * @see RFC 1928, RFC 1929; requests' names for the four
 */
import type { Socket } from 'node:net'
import { CoreError, messageOf } from '../lib/core-error.ts'
import type { ProxyUrl } from '../prepare/proxy-url.ts'

/** The library wants a limit of its own; ours ends the connection before, unless there is none. */
const LONGEST_MS = 10 * 60_000

export interface SocksTarget {
  readonly host: string
  readonly port: number
}

/** Whether a SOCKS proxy is given an address in place of a name. */
export function needsAddress({ scheme }: ProxyUrl): boolean {
  return scheme === 'socks4' || scheme === 'socks5'
}

/** @throws {CoreError} `ProxyError` with the proxy's reason */
export async function askSocks(socket: Socket, proxy: ProxyUrl, target: SocksTarget): Promise<void> {
  const { SocksClient } = await import('socks') // most requests do without
  const { credentials } = proxy
  try {
    await SocksClient.createConnection({
      command: 'connect',
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: proxy.scheme.startsWith('socks4') ? 4 : 5,
        ...(credentials && { userId: credentials.username, password: credentials.password }),
      },
      destination: target,
      existing_socket: socket,
      timeout: LONGEST_MS,
    })
  } catch (error) {
    throw refused(messageOf(error), proxy, target)
  }
  // The library lets the socket flow in the next turn; what the server says first must wait for its reader.
  await new Promise((resolve) => setImmediate(resolve))
  socket.pause()
}

/** By the library's words, of which some quote the protocol's reply codes (RFC 1928 §6). The first match counts. */
const REASONS: readonly (readonly [pattern: RegExp, reason: string, hint: string])[] = [
  [/authentication failed/i, 'it did not accept the user name and password', 'Check the user name and password in the proxy’s URL.'],
  [
    /no accepted authentication type|unsupported authentication|unknown.*auth|NoAcceptable/i,
    'it accepts none of the ways to say who you are',
    'Give its URL a user name and password: socks5://user:password@host:port.',
  ],
  [/ConnectionRefused/, 'the server refused the connection', 'Check the host and the port, as they are seen from the proxy.'],
  [/HostUnreachable|NetworkUnreachable/, 'it cannot reach the host', 'Check the host. With socks5h:// the proxy looks the name up itself.'],
  [/NotAllowed/, 'its rules do not allow it', 'Ask whoever runs the proxy.'],
  [/AddressNotSupported/, 'it does not know that kind of address', 'Try socks5h:// (or socks4a://), which gives it the name.'],
  [/CommandNotSupported/, 'it does not open connections', 'It may be a proxy of another kind.'],
  [/RejectedIdent|- \(?Rejected/, 'its rules do not allow it', 'It may want a user name: socks4://user@host:port.'],
  [/- \(?Fail/, 'it could not reach the server', 'Check the host and the port, as they are seen from the proxy.'],
  [
    /received invalid|Socket closed/i,
    'it does not speak this kind of SOCKS',
    'Check the port, and whether it is an http:// proxy, socks4:// or socks5://.',
  ],
]

function refused(words: string, { shown }: ProxyUrl, { host, port }: SocksTarget): CoreError {
  const [, reason, hint] = REASONS.find(([pattern]) => pattern.test(words)) ?? [null, words.replace(/\.$/, ''), 'Check the proxy’s URL.']
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`
  return new CoreError('ProxyError', 'connect', `The proxy ${shown} opened no connection to ${target}: ${reason}.`, { hint })
}
