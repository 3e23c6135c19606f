/** Facts of a connection in words. */
import type { Connection } from '#contract/model/exchange.ts'
import { t } from '../../lib/t.ts'

const DAY_MS = 86_400_000

/** `127.0.0.1:443`, `[::1]:443`, or that it is not known. */
export function addressText(address: string | null, port: number | null): string {
  if (address === null) return t`unknown`
  const host = address.includes(':') ? `[${address}]` : address
  return port === null ? host : `${host}:${port}`
}

/** The address, and whether an option gave it in place of a lookup. */
export function remoteText({ remoteAddress, remotePort, resolvedHost }: Connection): string {
  const address = addressText(remoteAddress, remotePort)
  return resolvedHost === undefined ? address : t`${address}, set for ${resolvedHost} under Resolve`
}

/** Who was spoken to at first: a Unix socket is a file, which has no ports. */
export function peerWord({ proxy, remoteAddress, remotePort }: Connection): string {
  if (proxy !== null) return t`Proxy`
  return remoteAddress !== null && remotePort === null ? t`Unix socket` : t`Server`
}

/** Null: there is none. */
export function localPortText({ remoteAddress, remotePort, localPort }: Connection): string | null {
  if (localPort !== null) return String(localPort)
  return remoteAddress !== null && remotePort === null ? null : t`unknown`
}

/** What there is to say of encryption where the server was spoken to without TLS. */
export function withoutTls(proxy: Connection['proxy']): string {
  return proxy?.url.startsWith('https:') ? t`To the proxy only: plain text from there on` : t`None: plain text on the wire`
}

/** `HTTP/2, chosen by the server (ALPN h2)`. */
export function protocolText(httpVersion: string, tls: Connection['tls']): string {
  return tls?.alpn === 'h2' ? t`HTTP/${httpVersion}, chosen by the server (ALPN h2)` : `HTTP/${httpVersion}`
}

/** What the proxy was asked to do: `http://127.0.0.1:3128, a tunnel`. */
export function wayInWords({ url, mode }: NonNullable<Connection['proxy']>): string {
  return mode === 'forward' ? t`${url}, which is sent the request itself` : t`${url}, a tunnel`
}

/**
 * How long a certificate is valid: `2026-01-02 to 2026-04-02, 72 days left`.
 *
 * @param from any date that JavaScript can read, such as `Jan  2 00:00:00 2026 GMT`
 * @param now milliseconds since the epoch
 */
export function validityInWords(from: string, to: string, now: number): string {
  const start = Date.parse(from)
  const end = Date.parse(to)
  if (Number.isNaN(start) || Number.isNaN(end)) return t`${from} to ${to}`
  return t`${day(start)} to ${day(end)}, ${stateOf(start, end, now)}`
}

function stateOf(start: number, end: number, now: number): string {
  if (now < start) return t`not yet valid`
  const days = Math.floor(Math.abs(end - now) / DAY_MS)
  const length = days === 1 ? t`1 day` : t`${days} days`
  return now > end ? t`expired ${length} ago` : t`${length} left`
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
