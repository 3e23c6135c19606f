/**
 * The URL of a proxy: which protocol it speaks, where it is, and who it is to think we are. As in requests, an address
 * without a scheme is one of an HTTP proxy.
 */
import { CoreError } from '../lib/core-error.ts'
import { parseTargetUrl } from './target-url.ts'

const DEFAULT_PORT = { http: 80, https: 443, socks4: 1080, socks4a: 1080, socks5: 1080, socks5h: 1080 } as const
type ProxyScheme = keyof typeof DEFAULT_PORT

export interface ProxyUrl {
  /** `https`: TLS to the proxy itself. `socks4` and `socks5` look names up here, `socks4a` and `socks5h` at the proxy. */
  readonly scheme: ProxyScheme
  /** As `TargetUrl.host`. */
  readonly host: string
  readonly port: number
  readonly credentials: { readonly username: string; readonly password: string } | null
  /** `scheme://host:port`, with `…@` in the place of credentials. */
  readonly shown: string
}

/**
 * Parse a proxy's address, variables already filled in.
 *
 * @throws {CoreError} `InvalidProxyURL`; its message holds no credentials
 */
export function parseProxyUrl(text: string): ProxyUrl {
  const trimmed = text.trim()
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s.exec(trimmed)
  const scheme = match ? (match[1] ?? '').toLowerCase() : 'http'
  const rest = match ? (match[2] ?? '') : trimmed
  if (!isProxyScheme(scheme)) {
    throw invalid(`"${scheme}://" is no kind of proxy.`, 'Use http://, https://, socks4://, socks4a://, socks5:// or socks5h://.')
  }
  const { host, port, authority, credentials } = parsed(rest)
  const hasPort = authority.endsWith(`:${port}`)
  const at = credentials === null ? '' : '…@'
  const bracketed = host.includes(':') ? `[${host}]` : host
  const portHere = hasPort ? port : DEFAULT_PORT[scheme]
  return { scheme, host, port: portHere, credentials, shown: `${scheme}://${at}${bracketed}:${portHere}` }
}

/** Whether requests of plain http are handed to it whole; any other proxy only passes bytes on. */
export function isHttpProxy({ scheme }: ProxyUrl): boolean {
  return scheme === 'http' || scheme === 'https'
}

function parsed(rest: string): ReturnType<typeof parseTargetUrl> {
  try {
    return parseTargetUrl(`http://${rest}`)
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    const hint = 'Write it as http://host:port, with user:password@ before the host where the proxy asks who you are.'
    throw invalid(`The proxy's address cannot be understood: ${whyNot(rest)}.`, hint, error)
  }
}

/** Not the words of the URL's own parser: they would quote a password. */
function whyNot(rest: string): string {
  const place = rest.slice(rest.lastIndexOf('@') + 1).replace(/[/?#].*$/s, '')
  if (place === '' || place.startsWith(':')) return 'it has no host'
  if (/:[^\]]*$/.test(place) && !/:(?:\d{1,5})?$/.test(place)) return 'its port is no number'
  return `"${place.slice(0, 80)}" is not a host and port`
}

function isProxyScheme(scheme: string): scheme is ProxyScheme {
  return Object.hasOwn(DEFAULT_PORT, scheme)
}

function invalid(message: string, hint: string, cause?: unknown): CoreError {
  return new CoreError('InvalidProxyURL', 'prepare', message, { hint, cause })
}
