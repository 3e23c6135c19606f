/**
 * netrc: credentials by host, from a file that many programs share. Read as Python's `netrc` module does, which is what
 * requests uses; where the file is, is for `commands/netrc-file.ts`.
 *
 * @see https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
 */
import type { BasicCharset } from '#contract/model/auth.ts'
import { basicCredentials } from '../prepare/basic-credentials.ts'
import { withCredentials } from '../prepare/head.ts'
import type { AuthFlow } from '../prepare/prepared-request.ts'

export interface NetrcEntry {
  readonly login: string
  readonly password: string
  readonly account: string
}

export interface Netrc {
  /** Lower case host names. */
  readonly machines: ReadonlyMap<string, NetrcEntry>
  /** For every other host. */
  readonly fallback: NetrcEntry | null
}

type Token = { readonly text: string; readonly line: number }
type Field = keyof NetrcEntry

const FIELDS: Readonly<Record<string, Field>> = { login: 'login', user: 'login', password: 'password', account: 'account' }

/**
 * Parse a file's text. Of two entries for one host the later stands.
 *
 * @returns `line` of what cannot be understood, in place of the entries
 */
export function parseNetrc(text: string): { readonly netrc: Netrc } | { readonly line: number } {
  const machines = new Map<string, NetrcEntry>()
  let fallback: NetrcEntry | null = null
  let current: { name: string | null; fields: Partial<Record<Field, string>> } | null = null
  const finish = (): void => {
    if (!current) return
    const entry = { login: '', password: '', account: '', ...current.fields }
    if (current.name === null) fallback = entry
    else machines.set(current.name.toLowerCase(), entry)
  }
  const tokens = createTokens(text)
  // Python stops at an empty word, and takes what stands before it.
  for (let token = tokens.keyword(); token !== null && token.text !== ''; token = tokens.keyword()) {
    if (token.text === 'macdef') {
      tokens.skipMacro()
      continue
    }
    if (token.text === 'default' || token.text === 'machine') {
      finish()
      const name = token.text === 'machine' ? tokens.value() : null
      if (name === undefined) return { line: token.line }
      current = { name, fields: {} }
      continue
    }
    const field = FIELDS[token.text]
    const value = tokens.value()
    if (!current || field === undefined || value === undefined) return { line: token.line }
    current.fields[field] = value
  }
  finish()
  return { netrc: { machines, fallback } }
}

interface Tokens {
  /** The next word that is no comment; null at the end. */
  readonly keyword: () => Token | null
  /** The next word, whatever it begins with: a password may begin with `#`. */
  readonly value: () => string | undefined
  /** Past the name of a macro and its lines, which end with an empty one. */
  readonly skipMacro: () => void
}

function createTokens(text: string): Tokens {
  let at = 0
  const next = (): Token | null => {
    const blank = /[ \t\r\n]*/y
    blank.lastIndex = at
    blank.exec(text)
    at = blank.lastIndex
    if (at >= text.length) return null
    const line = text.slice(0, at).split('\n').length
    const word = /"((?:[^"\\]|\\[^]?)*)"?|((?:[^ \t\r\n\\]|\\[^]?)+)/y
    word.lastIndex = at
    const match = word.exec(text)
    at = word.lastIndex
    return { text: (match?.[1] ?? match?.[2] ?? '').replace(/\\([^]?)/g, '$1'), line }
  }
  const endOfLine = (from: number): number => {
    const end = text.indexOf('\n', from)
    return end < 0 ? text.length : end
  }
  return {
    keyword: () => {
      for (;;) {
        const start = at
        const token = next()
        if (!token?.text.startsWith('#')) return token
        at = endOfLine(start + text.slice(start).indexOf('#'))
      }
    },
    value: () => next()?.text,
    skipMacro: () => {
      at = endOfLine(at) + 1
      const end = /\r?\n\r?\n/g
      end.lastIndex = Math.max(0, at - 1)
      at = end.exec(text) ? end.lastIndex : text.length
    },
  }
}

/** The entry for a host; null where neither it nor a default is there. */
export function netrcEntry(netrc: Netrc, host: string): NetrcEntry | null {
  return netrc.machines.get(host.toLowerCase()) ?? netrc.fallback
}

/**
 * Credentials looked up for each hop's host, without its port.
 *
 * @param path where the entries are from, to be shown
 */
export function netrcFlow(netrc: Netrc, path: string, charset: BasicCharset): AuthFlow {
  return {
    sign: async (request) => {
      const entry = netrcEntry(netrc, request.url.host)
      const { rules } = request.policy
      const hasOwn = request.headers.some((header) => header.name.toLowerCase() === 'authorization')
      // requests takes the file's for those of `auth=`, which are over a typed header and the URL.
      if (!entry || (hasOwn && rules.credentials.power === 'typed')) return request
      // As requests does: without a login the account stands in for it.
      const username = entry.login === '' ? entry.account : entry.login
      if (username === '' && entry.password === '') return request
      const machine = netrc.machines.has(request.url.host.toLowerCase()) ? `machine ${request.url.host}` : 'default'
      const header = {
        name: 'Authorization',
        value: basicCredentials(username, entry.password, charset),
        source: 'netrc',
        note: `From ${path} (${machine}).`,
      } as const
      return { ...request, headers: withCredentials(request.headers, [header], rules) }
    },
    respond: async () => null,
  }
}
