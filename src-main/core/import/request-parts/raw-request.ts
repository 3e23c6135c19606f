/**
 * A request as a command line, a script or a text says it, and the document that it becomes. What the form has a place of
 * its own for goes there (cookies, credentials, fields of a form) where the same bytes come out again.
 */
import { reconcile } from '#contract/model/url-query.ts'
import type { Auth, Body, Options, RequestDocument, Row, Param } from '#contract/model/request.ts'
import { plainRequest } from '../imported.ts'
import type { Notes } from '../notes.ts'
import { authOfHeader } from './auth-of-header.ts'
import { bodyOfText } from './body-of-text.ts'
import { cookieRows } from './cookie-rows.ts'
import { requestName } from './request-name.ts'
import { sendableHeaders } from './sendable-headers.ts'

export type RawBody =
  | { readonly kind: 'none' }
  /** A text whose kind its Content-Type says. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'made'; readonly body: Body }

export interface RawRequest {
  /** Empty: made of method and URL. */
  readonly name: string
  readonly method: string
  readonly url: string
  readonly params?: readonly Param[]
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Texts of Cookie headers. */
  readonly cookies?: readonly string[]
  readonly body: RawBody
  /** Content-Type of a text where no header says one; null: none is sent. */
  readonly defaultType: string | null
  /** Null: as the headers say. */
  readonly auth: Auth | null
  readonly options: Options
  readonly line: number | null
  readonly more?: Pick<Partial<RequestDocument>, 'docs' | 'scripts' | 'variables' | 'captures'>
}

export function documentOf(raw: RawRequest, notes: Notes): RequestDocument {
  const name = raw.name || requestName(raw.method, raw.url)
  const say: Notes['add'] = (severity, message, line = raw.line) => notes.add(severity, message, line, name)
  const headers = sendableHeaders(raw.headers, say)
  const auth = raw.auth ?? authOfHeader(headers)
  const rest = raw.auth === null && auth !== null ? withoutHeader(headers, 'authorization') : headers
  const { cookies, headers: withCookies } = splitCookies(rest, raw.cookies ?? [])
  const { body, headers: own, omits } = settledBody(raw, withCookies)
  const omitHeaders = [...(raw.options.omitHeaders ?? []), ...omits]
  const { url, params } = reconcile(raw.url, raw.params ?? [])
  return plainRequest(name, {
    method: raw.method,
    url,
    params,
    headers: own.map(([header, value]) => row(header, value)),
    body,
    auth: auth ?? { kind: 'none' },
    cookies,
    options: { ...raw.options, ...(omitHeaders.length > 0 && { omitHeaders }) },
    ...raw.more,
  })
}

type Headers = readonly (readonly [name: string, value: string])[]

export function row(name: string, value: string): Row {
  return { name, value, enabled: true }
}

export function withoutHeader(headers: Headers, name: string): Headers {
  return headers.filter(([header]) => header.toLowerCase() !== name)
}

/** The last header of a name. */
export function headerOf(headers: Headers, name: string): string | null {
  return headers.findLast(([header]) => header.toLowerCase() === name)?.[1] ?? null
}

/** Cookies become rows where they are plain pairs; else they stay a header. */
function splitCookies(headers: Headers, given: readonly string[]): { cookies: Row[]; headers: Headers } {
  const typed = headers.filter(([name]) => name.toLowerCase() === 'cookie').map(([, value]) => value)
  const texts = [...typed, ...given]
  if (texts.length === 0) return { cookies: [], headers }
  const cookies = typed.length > 1 || (typed.length > 0 && given.length > 0) ? null : cookieRows(texts.join(';'))
  if (cookies !== null) return { cookies, headers: withoutHeader(headers, 'cookie') }
  return { cookies: [], headers: typed.length > 0 ? headers : [...headers, ['Cookie', texts.join(';')]] }
}

function settledBody(raw: RawRequest, headers: Headers): { body: Body; headers: Headers; omits: string[] } {
  const typed = headerOf(headers, 'content-type')
  const isOmitted = raw.options.omitHeaders?.some((name) => name.toLowerCase() === 'content-type') === true
  if (raw.body.kind === 'none') return { body: { kind: 'none' }, headers, omits: [] }
  if (raw.body.kind === 'made') return settled(raw.body.body, headers, typed)
  const type = typed ?? (isOmitted ? null : raw.defaultType)
  const body = bodyOfText(raw.body.text, type)
  if (type === null) return { body, headers, omits: isOmitted || body.kind === 'none' ? [] : ['Content-Type'] }
  return settled(body, typed === null ? [...headers, ['Content-Type', type]] : headers, type)
}

/** The type is not typed again where the kind of body says it. */
function settled(body: Body, headers: Headers, type: string | null): { body: Body; headers: Headers; omits: string[] } {
  const isSaid =
    type !== null && type === TYPE_OF[body.kind] && headers.filter(([name]) => name.toLowerCase() === 'content-type').length === 1
  return { body, headers: isSaid ? withoutHeader(headers, 'content-type') : headers, omits: [] }
}

/** What each kind of body is sent as, where nothing else is typed. */
const TYPE_OF: Readonly<Partial<Record<Body['kind'], string>>> = {
  json: 'application/json',
  graphql: 'application/json',
  form: 'application/x-www-form-urlencoded',
  xml: 'application/xml',
  text: 'text/plain; charset=utf-8',
}
