/** One request in words that both sides understand: what Posthaste's form holds, and what is given to Python requests. */
import { encodeQueryText, joinUrl, paramsFromUrl, splitUrl } from '#contract/model/url-query.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Auth, Body, Part, RequestDocument, Row } from '#contract/model/request.ts'

type Pair = readonly [name: string, value: string]

export type RefereePart =
  | { readonly kind: 'plain'; readonly name: string; readonly value: string }
  | { readonly kind: 'text'; readonly name: string; readonly value: string; readonly type: string; readonly headers: readonly Pair[] }
  | {
      readonly kind: 'file'
      readonly name: string
      readonly path: string
      readonly filename: string
      readonly type: string
      readonly headers: readonly Pair[]
    }

export type RefereeBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly text: string }
  /** `data=` a text; in Posthaste XML, text, or JSON that is sent as typed. */
  | { readonly kind: 'raw'; readonly text: string; readonly as: 'text' | 'xml' | 'json' }
  | { readonly kind: 'form'; readonly rows: readonly Pair[] }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'multipart'; readonly parts: readonly RefereePart[] }

export interface RefereeCase {
  readonly method: string
  readonly url: string
  readonly params: readonly Pair[]
  readonly headers: readonly Pair[]
  readonly cookies: readonly Pair[]
  readonly auth:
    | { readonly kind: 'basic' | 'digest'; readonly username: string; readonly password: string }
    | { readonly kind: 'header'; readonly name: string; readonly value: string }
    | null
  readonly body: RefereeBody
  /** Set-Cookie lines that the session's jar has taken before, with the URL they came from. */
  readonly jar?: readonly (readonly [url: string, line: string])[]
  /** Answers to the requests, as bytes in Latin-1; then plain ones. */
  readonly replies?: readonly string[]
}

/** A GET of a URL and nothing else, but for what is given. */
export function refereeCase(parts: Partial<RefereeCase> = {}): RefereeCase {
  return { method: 'GET', url: 'http://h.test/', params: [], headers: [], cookies: [], auth: null, body: { kind: 'none' }, ...parts }
}

/** The request as Posthaste's form has it. */
export function documentOf(given: RefereeCase, unixSocket: string): RequestDocument {
  const url = withParams(given)
  return {
    ...emptyRequest(),
    url,
    params: paramsFromUrl(url, []),
    method: given.method,
    headers: rowsOf(given.headers),
    cookies: rowsOf(given.cookies),
    auth: authOf(given.auth),
    body: bodyOf(given.body),
    options: { behaviour: 'requests', unixSocket, timeout: { total: 10 } },
  }
}

/** As the rows of a file are added to its URL, but for one that reads as a pair of it: here it is another pair. */
function withParams({ url, params }: RefereeCase): string {
  if (params.length === 0) return url
  const parts = splitUrl(url)
  const pairs = params.map(([name, value]) => `${encodeQueryText(name)}=${encodeQueryText(value)}`)
  return joinUrl({ ...parts, query: [...(parts.query ? [parts.query] : []), ...pairs].join('&') })
}

function authOf(auth: RefereeCase['auth']): Auth {
  if (auth === null) return { kind: 'none' }
  return auth.kind === 'header' ? { ...auth, prefix: '' } : auth
}

function bodyOf(body: RefereeBody): Body {
  switch (body.kind) {
    case 'none':
      return body
    case 'json':
      return { ...body, asTyped: false }
    case 'raw':
      return body.as === 'json' ? { kind: 'json', text: body.text, asTyped: true } : { kind: body.as, text: body.text }
    case 'form':
      return { kind: 'form', rows: rowsOf(body.rows) }
    case 'file':
      return { kind: 'file', path: body.path, contentType: '' }
    case 'multipart':
      return { kind: 'multipart', parts: body.parts.map(partOf) }
  }
}

function partOf(part: RefereePart): Part {
  if (part.kind === 'plain') return { kind: 'text', name: part.name, value: part.value, enabled: true, contentType: '', headers: [] }
  const base = { name: part.name, enabled: true, contentType: part.type, headers: rowsOf(part.headers) }
  return part.kind === 'text'
    ? { kind: 'text', ...base, value: part.value }
    : { kind: 'file', ...base, files: [part.path], filename: part.filename }
}

function rowsOf(pairs: readonly Pair[]): Row[] {
  return pairs.map(([name, value]) => ({ name, value, enabled: true }))
}
