/**
 * Whether a cookie that a person or a file gives can be kept: what is wrong stands beside its field. The rules are those
 * of browsers (RFC 6265bis §5.7); a file may hold what browsers take and servers set, a person is held to what is well formed.
 */
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { CookieFields, CookieProblem } from '#contract/model/cookie.ts'
import { isPublicSuffix } from '../send/cookie-reach.ts'

export interface CheckedCookie {
  /** The fields as they are kept: the domain in lower case and without dots around it. */
  readonly fields: CookieFields
  readonly problems: readonly CookieProblem[]
}

export interface CheckOptions {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** From a file: names with odd characters, and SameSite=None without Secure, are taken as they are. */
  readonly isLenient?: boolean
  /** A name that is well formed whatever it is: that of the cookie that is edited. */
  readonly knownName?: string
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const CONTROL = /[\x00-\x1f\x7f]/

export function checkCookie(given: CookieFields, options: CheckOptions): CheckedCookie {
  const host = hostOf(given.domain)
  const fields: CookieFields = {
    ...given,
    domain: host ?? given.domain,
    // An address has no hosts under it.
    hostOnly: host !== null && isIP(host) !== 0 ? true : given.hostOnly && !given.domain.trim().startsWith('.'),
    path: given.path === '' ? '/' : given.path,
  }
  return {
    fields,
    problems: [
      ...nameProblems(fields, options),
      ...valueProblems(fields, options),
      ...domainProblems(fields, host),
      ...pathProblems(fields),
      ...expiryProblems(fields, options),
      ...flagProblems(fields, options),
    ],
  }
}

/** The host that a text names, as cookies have it: in lower case, international names in Punycode; null where it is none. */
export function hostOf(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\./, '')
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) === 6) return new URL(`http://[${bare}]`).hostname.slice(1, -1)
  // It would read a host up to the path, and a host alone is what is wanted.
  const ascii = /[\s/\\?#@:]/.test(bare) ? '' : domainToASCII(bare)
  return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(ascii) ? ascii : null
}

function nameProblems({ name, value }: CookieFields, { isLenient = false, knownName }: CheckOptions): CookieProblem[] {
  const at = (message: string, hint?: string): CookieProblem[] => [{ field: 'name', message, ...(hint !== undefined && { hint }) }]
  if (name === knownName) return []
  if (isLenient) {
    if (name === '' && value === '') return at('It has neither a name nor a value.')
    return CONTROL.test(name) || /[=;]/.test(name) ? at('Its name holds a character that no cookie can have in its name.') : []
  }
  if (name === '') return at('A cookie needs a name.')
  if (TOKEN.test(name)) return []
  return at(`“${name}” cannot be the name of a cookie.`, "Letters, digits and !#$%&'*+-.^_`|~ can be in a name; spaces, = and ; cannot.")
}

function valueProblems({ value }: CookieFields, { isLenient = false }: CheckOptions): CookieProblem[] {
  const hint = 'Percent-encode it if the server expects that.'
  if (value.includes(';')) return [{ field: 'value', message: 'A value cannot hold a semicolon: it would end there.', hint }]
  if (CONTROL.test(value)) return [{ field: 'value', message: 'A value cannot hold a line break or another control character.', hint }]
  if (!isLenient && value !== value.trim()) {
    return [{ field: 'value', message: 'A value cannot begin or end with a space: servers cut that off.', hint }]
  }
  return []
}

function domainProblems({ name, domain, hostOnly }: CookieFields, host: string | null): CookieProblem[] {
  const at = (message: string, hint?: string): CookieProblem[] => [{ field: 'domain', message, ...(hint !== undefined && { hint }) }]
  if (domain.trim() === '') return at('A cookie needs the domain that it goes to.', 'Such as example.com or 127.0.0.1.')
  if (host === null) {
    const example = exampleHost(domain)
    return at(
      `“${domain}” is no host.`,
      example === null ? 'Such as example.com or 127.0.0.1.' : `Only the host, without scheme, port and path: ${example}`,
    )
  }
  if (hostOnly) return []
  if (name.toLowerCase().startsWith('__host-')) return [{ field: 'hostOnly', message: 'A __Host- cookie goes to one host alone.' }]
  if (!isPublicSuffix(host)) return []
  return at(`Anyone can have a site under ${host}, so no cookie can go to all of it.`, 'Choose “This host only”, or a domain below it.')
}

function exampleHost(text: string): string | null {
  const href = /^[a-z][a-z0-9+.-]*:\/\//i.test(text.trim()) ? text.trim() : `http://${text.trim()}`
  return URL.canParse(href) ? hostOf(new URL(href).hostname) : null
}

function pathProblems({ name, path }: CookieFields): CookieProblem[] {
  if (!path.startsWith('/')) return [{ field: 'path', message: 'A path begins with a slash.', hint: `/${path}` }]
  if (CONTROL.test(path) || path.includes(';'))
    return [{ field: 'path', message: 'A path cannot hold a semicolon or a control character.' }]
  if (name.toLowerCase().startsWith('__host-') && path !== '/') return [{ field: 'path', message: 'A __Host- cookie is for the path /.' }]
  return []
}

function expiryProblems({ expires }: CookieFields, { now }: CheckOptions): CookieProblem[] {
  if (expires === null) return []
  const time = Date.parse(expires)
  if (Number.isNaN(time)) return [{ field: 'expires', message: `“${expires}” is no date.`, hint: 'Such as 2030-12-31T12:00:00Z.' }]
  if (time > now) return []
  return [{ field: 'expires', message: `It has expired, on ${new Date(time).toISOString()}: it would be gone at once.` }]
}

function flagProblems({ name, secure, sameSite }: CookieFields, { isLenient = false }: CheckOptions): CookieProblem[] {
  if (secure) return []
  const prefix = /^__(?:Host|Secure)-/i.exec(name)?.[0]
  if (prefix !== undefined) return [{ field: 'secure', message: `A ${prefix} cookie must be Secure.` }]
  if (sameSite !== 'none' || isLenient) return []
  return [
    { field: 'sameSite', message: 'Browsers take SameSite=None only with Secure.', hint: 'Make it Secure, or choose another SameSite.' },
  ]
}
