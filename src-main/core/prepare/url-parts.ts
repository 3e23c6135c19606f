/**
 * What every way of reading a URL has in common: the scheme, the host's name and the port, checked, with messages that
 * say what is wrong. How path and query are encoded is for each reader to say.
 */
import { isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import type { ErrorKind } from '#contract/errors.ts'
import { withLikelyScheme } from '#contract/model/missing-scheme.ts'
import { CoreError } from '../lib/core-error.ts'
import { decodePercent } from './percent-encoding.ts'

/** A URL as it will be requested. */
export interface TargetUrl {
  readonly scheme: 'http' | 'https'
  /** Lower case, IDNA-encoded; an IPv6 address without brackets. */
  readonly host: string
  readonly port: number
  /** Path and query: the request-target of the origin form (RFC 9112 §3.2.1). */
  readonly target: string
  /** Value of the Host header: host, and port where it was typed. */
  readonly authority: string
  /** With its hash sign; empty where there is none. Never sent. */
  readonly fragment: string
  /** Absolute URL without credentials, with the fragment. */
  readonly href: string
  /** From `user:password@`, percent-decoded. */
  readonly credentials: { readonly username: string; readonly password: string } | null
}

export const DEFAULT_PORT = { http: 80, https: 443 } as const
const MAX_SHOWN = 120

/** Scheme and what stands behind `://`; another scheme than http and https, or none, is a problem that says what to type. */
export function splitScheme(text: string): { scheme: 'http' | 'https'; rest: string } {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(text)
  const looksLikeHostAndPort = match !== null && /^\d+(?:[/?#]|$)/.test(match[2] ?? '')
  if (!match || looksLikeHostAndPort) {
    throw urlProblem(
      'MissingSchema',
      `The URL "${shownUrl(text)}" has no scheme.`,
      `Perhaps you meant ${shownUrl(withLikelyScheme(text))}?`,
    )
  }
  const scheme = (match[1] ?? '').toLowerCase()
  const rest = match[2] ?? ''
  if (scheme !== 'http' && scheme !== 'https') {
    const hint = /^wss?$/.test(scheme) ? 'To open a WebSocket, choose it as the body type.' : 'Use http:// or https://.'
    throw urlProblem('InvalidSchema', `"${shownUrl(scheme)}:" is not a scheme that can be requested.`, hint)
  }
  if (!rest.startsWith('//'))
    throw urlProblem('InvalidURL', `The URL "${shownUrl(text)}" has no host.`, `Write it as ${scheme}://host/path.`)
  return { scheme, rest: rest.slice(2) }
}

export interface Address {
  readonly userinfo: string | null
  /** As in `TargetUrl`. */
  readonly host: string
  /** The host as it stands in a URL: an IPv6 address in brackets. */
  readonly bracketed: string
  /** Null where none is typed, or none but zeros and nothing. */
  readonly port: number | null
}

/** What stands between `//` and the path, taken apart and checked. */
export function addressOf(authority: string, url: string): Address {
  const { userinfo, hostText, portText } = splitAuthority(authority)
  const host = parseHost(hostText, url)
  return { userinfo, host, bracketed: host.includes(':') ? `[${host}]` : host, port: parsePort(portText, url) }
}

function splitAuthority(text: string): { userinfo: string | null; hostText: string; portText: string | null } {
  const at = text.lastIndexOf('@')
  const userinfo = at < 0 ? null : text.slice(0, at)
  const hostPort = text.slice(at + 1)
  const closing = hostPort.startsWith('[') ? hostPort.indexOf(']') : -1
  if (hostPort.startsWith('[') && closing < 0) {
    throw urlProblem(
      'InvalidURL',
      `The bracket of "${shownUrl(hostPort)}" is not closed.`,
      'An IPv6 address stands in brackets, such as [::1].',
    )
  }
  const colon = closing >= 0 ? (hostPort[closing + 1] === ':' ? closing + 1 : -1) : hostPort.indexOf(':')
  if (colon < 0) return { userinfo, hostText: hostPort, portText: null }
  return { userinfo, hostText: hostPort.slice(0, colon), portText: hostPort.slice(colon + 1) }
}

function parseHost(text: string, url: string): string {
  if (text === '') throw urlProblem('InvalidURL', `The URL "${shownUrl(url)}" has no host.`, 'Write it as https://host/path.')
  if (text.startsWith('[')) {
    // In a URL the `%` before a zone is an escape itself (RFC 6874).
    const inner = (text.endsWith(']') ? text.slice(1, -1) : '').replace(/%25(?=.)/, '%')
    if (!isIPv6(inner))
      throw urlProblem('InvalidURL', `"${shownUrl(text)}" is not an IPv6 address.`, 'Write it in brackets, such as [::1].')
    return inner.toLowerCase()
  }
  const decoded = decodePercent(text)
  const ascii = /^[\x20-\x7e]*$/.test(decoded) ? decoded.toLowerCase() : domainToASCII(decoded)
  if (!isHostName(ascii)) {
    const why = /\s/.test(decoded) ? 'it holds a space' : 'a label is empty, too long or holds a character that no host name has'
    throw urlProblem('InvalidURL', `"${shownUrl(decoded)}" is not a host name: ${why}.`)
  }
  return ascii
}

/** Hyphens may stand at a label's ends: names in use do, and every client asks DNS for them. */
function isHostName(host: string): boolean {
  return host.length <= 254 && /^(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?$/.test(host)
}

function parsePort(text: string | null, url: string): number | null {
  if (text === null || text === '') return null
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (port >= 1 && port <= 65_535) return port
  throw urlProblem('InvalidURL', `"${shownUrl(text)}" is not a port, in ${shownUrl(url)}.`, 'A port is a number from 1 to 65535.')
}

export function urlProblem(kind: ErrorKind, message: string, hint?: string): CoreError {
  return new CoreError(kind, 'prepare', message, { where: { section: 'url' }, ...(hint !== undefined && { hint }) })
}

/** A URL in a message: without credentials, and not endless. */
export function shownUrl(text: string): string {
  const masked = text.replace(/\/\/[^/?#@]*@/, '//…@')
  return masked.length > MAX_SHOWN ? `${masked.slice(0, MAX_SHOWN)}…` : masked
}
