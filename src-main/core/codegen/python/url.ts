/**
 * The address and its query: which pairs become `params=`, and what stays in the URL. Pairs go into `params=` only where
 * requests then asks for the very target that the prepared request shows.
 */
import { encodeFormText, joinUrl, parseQuery, splitUrl } from '#contract/model/url-query.ts'
import { fillPathParams } from '../../prepare/path-params.ts'
import { createProblems } from '../../prepare/problems.ts'
import { parseTargetUrl } from '../../prepare/target-url.ts'
import type { TargetUrl } from '../../prepare/url-parts.ts'
import type { CodeSource } from '../code-source.ts'
import { pairs, type Python } from './python-layout.ts'
import { pythonText, type TextPart } from './python-text.ts'
import type { Script } from './script.ts'

export type Pair = readonly [name: string, value: string]

export interface PythonUrl {
  readonly url: Python
  /** For the call. */
  readonly params: readonly Pair[]
  /** For the session. */
  readonly sessionParams: readonly Pair[]
}

interface Given {
  readonly source: CodeSource
  /** Whether there is a session, for the inherited params. */
  readonly hasSession: boolean
  /** Pairs that credentials add. */
  readonly credentials: readonly Pair[]
  /** Whether `user:password@` is to be taken out: something else stands for it. */
  readonly withoutUserinfo: boolean
}

/** Finds the URL and the params of a request. */
export function urlOf({ source, hasSession, credentials, withoutUserinfo }: Given, script: Script): PythonUrl {
  const { form, request } = source
  const text = fillPathParams(form.url, form.params, createProblems())
  const filled = request.policy.rules.url === 'urllib3' ? text.trimStart() : text.trim()
  const typed = withoutUserinfo ? filled.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1') : filled
  const parts = splitUrl(typed)
  const own = parseQuery(parts.query ?? '').map(({ name, value }): Pair => [name, value])
  const inherited = source.inherited.params.map(({ name, value }): Pair => [name, value])
  const bare = joinUrl({ ...parts, query: null })
  const ways: { readonly url: string; readonly params: readonly Pair[]; readonly sessionParams: readonly Pair[] }[] = []
  if (hasSession && inherited.length > 0 && mergesInOrder(inherited, credentials)) {
    ways.push({ url: typed, params: credentials, sessionParams: inherited })
  }
  // What is typed otherwise than requests would write it stays as it is typed.
  if (encoded(own) === (parts.query ?? '')) ways.push({ url: bare, params: [...own, ...inherited, ...credentials], sessionParams: [] })
  ways.push({ url: typed, params: [...inherited, ...credentials], sessionParams: [] })
  const userinfo = withoutUserinfo ? '' : (/^[a-z][a-z0-9+.-]*:\/\/([^/?#]*@)/i.exec(typed)?.[1] ?? '')
  const asSent = { url: request.url.href.replace('://', `://${userinfo}`), params: [], sessionParams: [] }
  const way = [...ways, asSent].find(({ url, params, sessionParams }) => asks(url, [...sessionParams, ...params], request.url))
  if (way === undefined) {
    const { target } = targetOf(asSent.url) ?? request.url
    script.note('changed', `requests writes the address another way: ${shortened(target)} in place of ${shortened(request.url.target)}.`)
  }
  const chosen = way ?? asSent
  return { ...chosen, url: urlText(chosen.url, source, script) }
}

/** `params=` or a session's params: a dictionary, or a list of tuples where a name comes twice. */
export function paramsCode(params: readonly Pair[], script: Script): Python {
  return pairs(
    params.map(([name, value]) => [script.text(name), script.text(value)]),
    hasRepeated(params),
  )
}

export function hasRepeated(rows: readonly (readonly [string, unknown])[]): boolean {
  return new Set(rows.map(([name]) => name)).size < rows.length
}

/** A session's params and those of a call are put together only where both are dictionaries, and a name of both is the call's. */
function mergesInOrder(inherited: readonly Pair[], own: readonly Pair[]): boolean {
  return own.length === 0 || !hasRepeated([...inherited, ...own])
}

/** The escapes of a target written as requests writes them, which says the same (RFC 3986 §6.2.2). */
function normal(target: string): string {
  return target.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const char = String.fromCharCode(Number.parseInt(escape.slice(1), 16))
    return /[A-Za-z0-9._~-]/.test(char) ? char : escape.toUpperCase()
  })
}

/** Whether requests asks for what is wanted, given a URL and params. */
function asks(url: string, params: readonly Pair[], wanted: TargetUrl): boolean {
  const found = targetOf(url)
  if (found === null || found.host !== wanted.host || found.port !== wanted.port || found.scheme !== wanted.scheme) return false
  const query = encoded(params)
  const joiner = query === '' ? '' : found.target.includes('?') ? '&' : '?'
  return normal(found.target + joiner + query) === normal(wanted.target)
}

function encoded(params: readonly Pair[]): string {
  return params.map(([name, value]) => `${encodeFormText(name)}=${encodeFormText(value)}`).join('&')
}

function targetOf(url: string): TargetUrl | null {
  try {
    return parseTargetUrl(url, 'urllib3')
  } catch {
    return null
  }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** The URL's text; a value that is read from the environment is encoded for its place, as Posthaste encodes it. */
function urlText(url: string, { placeholders }: CodeSource, script: Script): string {
  if (!placeholders.isIn(url)) return script.text(url)
  let before = ''
  const parts = script.environ(url).map((part): TextPart => {
    if (typeof part === 'string') {
      before += part
      return part
    }
    const encoder = /[?#]/.test(before) ? 'quote_plus' : /^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i.test(before) ? 'quote' : null
    before += 'x'
    if (encoder === null) return part
    script.from('urllib.parse', encoder)
    return (quote) => (encoder === 'quote' ? `quote(${part(quote)}, safe=${quote}${quote})` : `quote_plus(${part(quote)})`)
  })
  return pythonText(parts)
}
