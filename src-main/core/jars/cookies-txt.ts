/**
 * Netscape's cookies.txt, as curl, wget, Python's `MozillaCookieJar` and the exports of browsers write it: seven fields
 * with tabs between them, and `#HttpOnly_` before a domain. It has no word for SameSite.
 *
 * @see https://curl.se/docs/http-cookies.html
 */
import type { CookieFields, ImportProblem, KeptCookie } from '#contract/model/cookie.ts'
import { hostOf } from './check-cookie.ts'

/** A cookie of a text that is imported, and where in the text it stands. */
export interface ReadCookie {
  /** Line, or entry of a list, from 1. */
  readonly at: number
  readonly fields: CookieFields
  readonly rawValue?: string
}

export interface ReadCookies {
  readonly unit: ImportProblem['unit']
  readonly cookies: readonly ReadCookie[]
  readonly problems: readonly ImportProblem[]
}

const HTTP_ONLY = /^#HttpOnly_/i

/** Read the lines; comments and empty ones are passed over. */
export function readCookiesTxt(text: string): ReadCookies {
  const cookies: ReadCookie[] = []
  const problems: ImportProblem[] = []
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '' || (/^\s*[#$]/.test(line) && !HTTP_ONLY.test(line))) continue
    const read = fieldsOf(line)
    if (typeof read === 'string') problems.push({ at: index + 1, unit: 'line', message: read })
    else cookies.push({ at: index + 1, fields: read })
  }
  return { unit: 'line', cookies, problems }
}

/** @returns what is wrong with the line, in words, where it is no cookie */
function fieldsOf(line: string): CookieFields | string {
  const parts = partsOf(line.replace(HTTP_ONLY, ''))
  const [domain, subdomains, path, secure, expires, name, value] = parts
  if (domain === undefined || subdomains === undefined || path === undefined || secure === undefined || expires === undefined)
    return tooFew(parts.length)
  // curl leaves out the tab before an empty value.
  if (name === undefined || parts.length > 7) return tooFew(parts.length)
  const reachesSubdomains = truthOf(subdomains)
  if (reachesSubdomains === null) return `Its second field is “${subdomains}”, where TRUE or FALSE says whether it goes to subdomains.`
  const isSecure = truthOf(secure)
  if (isSecure === null) return `Its fourth field is “${secure}”, where TRUE or FALSE says whether it is Secure.`
  const date = dateOf(expires)
  if (date === undefined) return `Its fifth field is “${expires}”, where the seconds since 1970 say when it expires, or 0.`
  return {
    name,
    value: value ?? '',
    domain: domain.replace(/^\./, ''),
    hostOnly: !reachesSubdomains && !domain.startsWith('.'),
    path,
    expires: date,
    secure: isSecure,
    httpOnly: HTTP_ONLY.test(line),
    sameSite: null,
  }
}

/** Where a paste has turned the tabs into spaces, those are taken for them. */
function partsOf(line: string): string[] {
  if (line.includes('\t')) return line.split('\t')
  const found = /^\s*(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+(.*?))?\s*$/.exec(line)
  return found ? found.slice(1).filter((part) => part !== undefined) : line.trim().split(/\s+/)
}

function tooFew(count: number): string {
  return `It has ${count === 1 ? 'one field' : `${count} fields`}, where a cookie has seven with tabs between them.`
}

function truthOf(text: string): boolean | null {
  const word = text.trim().toUpperCase()
  return word === 'TRUE' ? true : word === 'FALSE' ? false : null
}

/** Seconds since 1970 as a date; null: until the session ends; undefined: no number. */
function dateOf(text: string): string | null | undefined {
  const seconds = Number(text)
  if (Number.isNaN(seconds)) return undefined
  return seconds <= 0 ? null : isoOf(seconds * 1000)
}

/** @param time milliseconds since the epoch; what no calendar reaches becomes its last day */
export function isoOf(time: number): string {
  return new Date(Math.min(time, 8.64e15)).toISOString()
}

/** Write the cookies. A name or value with a tab has no place in the format. */
export function writeCookiesTxt(cookies: readonly KeptCookie[]): { readonly text: string; readonly leftOut: readonly string[] } {
  const isFit = ({ name, value, path }: KeptCookie): boolean => !/[\t\r\n]/.test(name + value + path)
  const lines = cookies.filter(isFit).map((cookie) => {
    const seconds = cookie.expires === null ? 0 : Math.ceil(Date.parse(cookie.expires) / 1000)
    return [
      `${cookie.httpOnly ? '#HttpOnly_' : ''}${cookie.hostOnly ? '' : '.'}${hostOf(cookie.domain) ?? cookie.domain}`,
      cookie.hostOnly ? 'FALSE' : 'TRUE',
      cookie.path,
      cookie.secure ? 'TRUE' : 'FALSE',
      String(seconds),
      cookie.name,
      cookie.value,
    ].join('\t')
  })
  const head = ['# Netscape HTTP Cookie File', '# Written by Posthaste. Whoever has it can act as you: keep it to yourself.', '']
  return { text: [...head, ...lines, ''].join('\n'), leftOut: cookies.flatMap((cookie) => (isFit(cookie) ? [] : [cookie.name])) }
}
