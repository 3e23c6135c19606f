/** Prefixes that adapters are mounted at: what is wrong with a set of them, and why one does not match a URL. Pure. */

import { t } from './t.ts'

/** What keeps each prefix from being picked, by its index; null: nothing. Core says what is wrong with one by itself. */
export function prefixProblems(prefixes: readonly string[], faults: readonly (string | null)[]): readonly (string | null)[] {
  const last = new Map(prefixes.map((prefix, index) => [keyOf(prefix), index]))
  return prefixes.map((prefix, index) => {
    const text = prefix.trim()
    if (text === '') return t`Type where it is mounted, such as https://api.example.com.`
    const fault = faults[index] ?? null
    if (fault !== null) return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? t`It ${fault}.` : t`It has no scheme: perhaps https://${text}.`
    const other = last.get(keyOf(prefix))
    return other === undefined || other === index ? null : t`Row ${other + 1} is mounted at the same prefix, and wins.`
  })
}

/**
 * Why a prefix that core says does not match a URL does not, in words.
 *
 * @param shown the URL as it may be shown, where that is not as it is
 */
export function mismatchWords(prefix: string, url: string, shown = url): string {
  const mine = parsed(prefix)
  const theirs = parsed(url)
  if (!mine || !theirs) return t`does not match`
  const words = shown === url ? { host: theirs.hostname, path: theirs.pathname } : partsOf(shown)
  if (mine.protocol !== theirs.protocol) return t`is for ${mine.protocol.slice(0, -1)}, the URL is ${theirs.protocol.slice(0, -1)}`
  if (mine.hostname !== theirs.hostname) return t`is for another host than ${words.host}`
  if (mine.port !== theirs.port) return t`is for port ${portOf(mine)}, the URL’s is ${portOf(theirs)}`
  return t`is for ${mine.pathname} and below, the URL’s path is ${words.path}`
}

/** Of a URL with hidden parts, which may be none to a parser any more, or be encoded by it. */
function partsOf(shown: string): { readonly host: string; readonly path: string } {
  const [, host = '', path = ''] = /^[^:]*:\/\/(?:[^/?#]*@)?([^/?#]*)([^?#]*)/.exec(shown.trim()) ?? []
  return { host: host.replace(/:\d*$/, ''), path: path === '' ? '/' : path }
}

/** Case and a slash at the end do not tell prefixes apart. */
function keyOf(prefix: string): string {
  return prefix.trim().replace(/\/+$/, '').toLowerCase()
}

function parsed(text: string): URL | null {
  return URL.canParse(text.trim()) ? new URL(text.trim()) : null
}

function portOf({ protocol, port }: URL): string {
  return port === '' ? (protocol === 'https:' ? '443' : '80') : port
}
