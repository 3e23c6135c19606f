/**
 * `{{name}}` in every text of a request: finds the names and puts the values in, encoded for their place.
 */
import { encodeFormText } from '#contract/model/url-query.ts'
import type { FieldRef } from '#contract/errors.ts'
import type { OAuth2Auth, OAuth2Param } from '#contract/model/auth.ts'
import type { Auth, Body, Part, RequestDocument, Row } from '#contract/model/request.ts'
import { encoderInJson, encoderInXml, type EncodeAt } from './body-encoders.ts'
import { mapOptionTexts } from './option-texts.ts'
import { encodeSegment } from './percent-encoding.ts'
import type { Problems } from './problems.ts'
import { REFERENCE, type Looked, type Variables } from './references.ts'

/** Every name that these texts refer to, each once. */
export function namesIn(texts: Iterable<string>): string[] {
  const names = new Set<string>()
  for (const text of texts) for (const match of text.matchAll(REFERENCE)) names.add(match[1] ?? '')
  return [...names]
}

/** Every text of the document that may hold references, those of its checks among them. */
export function textsOf(document: RequestDocument): string[] {
  const texts = checkTexts(document).filter((text) => text.includes('{{'))
  mapTexts(document, (text) => {
    if (text.includes('{{')) texts.push(text)
    return text
  })
  return texts
}

/** What is filled in when the answer is there. */
function checkTexts({ assertions = [], captures = [], statusMessages = [] }: RequestDocument): string[] {
  return [
    ...assertions.flatMap(({ enabled, expression, value }) => (enabled ? [expression, value] : [])),
    ...captures.flatMap(({ enabled, expression }) => (enabled ? [expression] : [])),
    ...statusMessages.flatMap(({ enabled, show }) => (enabled ? [show] : [])),
  ]
}

/** A text with its references filled in, or what is wrong with the first that cannot be. */
export function fillText(
  text: string,
  variables: Variables,
): { readonly kind: 'text'; readonly text: string } | Extract<Looked, { kind: 'fault' }> {
  let fault: Extract<Looked, { kind: 'fault' }> | null = null
  const filled = text.replace(REFERENCE, (whole: string, name: string) => {
    const looked = variables.lookUp(name)
    if (looked.kind === 'value') return looked.value
    fault ??= looked
    return whole
  })
  return fault ?? { kind: 'text', text: filled }
}

/** The document with every reference replaced. A name without a value stays as it is and is a problem beside its field. */
export function fillIn(document: RequestDocument, variables: Variables, problems: Problems): RequestDocument {
  return mapTexts(document, (text, where, language) => {
    if (!text.includes('{{')) return text
    if (where.section === 'url') return fillUrl(text, variables, problems)
    return replace(text, variables, problems, where, language && ENCODERS[language](text))
  })
}

/** Rows that are not the document's own, filled in like its rows; a problem stands beside their section. */
export function fillRows<R extends Row>(rows: readonly R[], section: FieldRef['section'], variables: Variables, problems: Problems): R[] {
  const fill = (text: string): string => (text.includes('{{') ? replace(text, variables, problems, { section }) : text)
  return rows.map((row) => ({ ...row, name: fill(row.name), value: fill(row.value) }))
}

/**
 * References in a URL. At its very start a value is taken as it is (`{{base_url}}/users`), and so it is in the host;
 * in a path segment and in the query it is encoded, so that a `/`, `?` or `&` in it changes nothing but itself.
 */
function fillUrl(url: string, variables: Variables, problems: Problems): string {
  return url.replace(REFERENCE, (whole: string, name: string, offset: number) => {
    const looked = lookUp(name, variables, problems, { section: 'url' })
    if (looked === null) return whole
    if (looked.isRaw) return looked.value
    const before = url.slice(0, offset)
    if (/[?#]/.test(before)) return encodeFormText(looked.value)
    const pathStarted = /^(?:[A-Za-z][A-Za-z0-9+.-]*:\/\/|\{\{[^{}]*\}\})?[^/]*\//.test(before)
    return pathStarted ? encodeSegment(looked.value) : looked.value
  })
}

function replace(text: string, variables: Variables, problems: Problems, where: FieldRef, encode: EncodeAt = asItIs): string {
  return text.replace(REFERENCE, (whole: string, name: string, offset: number) => {
    const looked = lookUp(name, variables, problems, where)
    if (looked === null) return whole
    return looked.isRaw ? looked.value : encode(looked.value, offset)
  })
}

/** The languages of bodies whose own signs a value is kept apart from. */
const ENCODERS: Readonly<Record<BodyLanguage, (text: string) => EncodeAt>> = { json: encoderInJson, xml: encoderInXml }

function asItIs(value: string): string {
  return value
}

function lookUp(name: string, variables: Variables, problems: Problems, where: FieldRef): { value: string; isRaw: boolean } | null {
  const looked = variables.lookUp(name)
  if (looked.kind === 'value') return looked
  const { kind, message, hint, details } = looked.fault
  problems.add(kind, where, message, hint, details)
  return null
}

type BodyLanguage = 'json' | 'xml'
type MapText = (text: string, where: FieldRef, language?: BodyLanguage) => string

/** Apply a change to every text of the document that may hold references; disabled rows are left alone. */
function mapTexts(document: RequestDocument, change: MapText): RequestDocument {
  const rows = <R extends Row>(list: readonly R[], section: FieldRef['section']): R[] =>
    list.map((row, index) => (row.enabled ? mapRow(row, section, index, change) : row))
  return {
    ...document,
    url: change(document.url, { section: 'url' }),
    // Query rows mirror the URL, which has been dealt with; only path rows have texts of their own.
    params: document.params.map((row, index) => (row.kind === 'path' && row.enabled ? mapRow(row, 'params', index, change) : row)),
    headers: rows(document.headers, 'headers'),
    cookies: rows(document.cookies, 'cookies'),
    body: mapBody(document.body, change),
    auth: mapAuth(document.auth, change),
    options: mapOptionTexts(document.options, change),
  }
}

function mapRow<R extends Row>(row: R, section: FieldRef['section'], index: number, change: MapText): R {
  return {
    ...row,
    name: change(row.name, { section, row: index, field: 'name' }),
    value: change(row.value, { section, row: index, field: 'value' }),
  }
}

function mapBody(body: Body, change: MapText): Body {
  const at = (field: string): FieldRef => ({ section: 'body', field })
  switch (body.kind) {
    case 'none':
      return body
    case 'text':
      return { ...body, text: change(body.text, at('text')) }
    case 'json':
    case 'xml':
      return { ...body, text: change(body.text, at('text'), body.kind) }
    case 'graphql':
      return { ...body, query: body.query, variables: change(body.variables, at('variables'), 'json') }
    case 'form':
      return { ...body, rows: body.rows.map((row, index) => (row.enabled ? mapRow(row, 'body', index, change) : row)) }
    case 'multipart':
      return { ...body, parts: body.parts.map((part, index) => (part.enabled ? mapPart(part, index, change) : part)) }
    case 'file':
      return { ...body, path: change(body.path, at('path')), contentType: change(body.contentType, at('contentType')) }
    case 'websocket':
      // A message is filled in when it is sent: one that is not sent need not have a value for all of its names.
      return body
  }
}

function mapPart(part: Part, index: number, change: MapText): Part {
  const at = (field: string): FieldRef => ({ section: 'body', row: index, field })
  const base = {
    name: change(part.name, at('name')),
    contentType: change(part.contentType, at('contentType')),
    headers: part.headers.map((row) =>
      row.enabled ? { ...row, name: change(row.name, at('headers')), value: change(row.value, at('headers')) } : row,
    ),
  }
  if (part.kind === 'text') return { ...part, ...base, value: change(part.value, at('value')) }
  return {
    ...part,
    ...base,
    files: part.files.map((file) => change(file, at('files'))),
    filename: change(part.filename, at('filename')),
  }
}

function mapAuth(auth: Auth, change: MapText): Auth {
  const text = (value: string, field: string): string => change(value, { section: 'auth', field })
  switch (auth.kind) {
    case 'none':
    case 'inherit':
    case 'unsupported':
      return auth
    case 'basic':
    case 'digest':
      return { ...auth, username: text(auth.username, 'username'), password: text(auth.password, 'password') }
    case 'bearer':
      return { ...auth, token: text(auth.token, 'token') }
    case 'apikey':
      return { ...auth, key: text(auth.key, 'key'), value: text(auth.value, 'value') }
    case 'header':
      return { ...auth, name: text(auth.name, 'name'), prefix: text(auth.prefix, 'prefix'), value: text(auth.value, 'value') }
    case 'oauth2':
      return { ...mapFields(auth, OAUTH2_TEXTS, text), ...mapParams(auth, text) }
    case 'oauth1':
      return mapFields(auth, OAUTH1_TEXTS, text)
    case 'awsv4':
      return mapFields(auth, AWS_TEXTS, text)
  }
}

type MapField = (value: string, field: string) => string

const OAUTH2_TEXTS = [
  'authorizationUrl',
  'accessTokenUrl',
  'refreshTokenUrl',
  'callbackUrl',
  'clientId',
  'clientSecret',
  'username',
  'password',
  'scope',
  'state',
  'tokenId',
  'tokenPrefix',
  'tokenQueryName',
] as const
const OAUTH1_TEXTS = [
  'consumerKey',
  'consumerSecret',
  'accessToken',
  'accessTokenSecret',
  'privateKey',
  'callbackUrl',
  'verifier',
  'timestamp',
  'nonce',
  'version',
  'realm',
] as const
const AWS_TEXTS = ['accessKeyId', 'secretAccessKey', 'sessionToken', 'service', 'region'] as const

function mapFields<K extends string, A extends Readonly<Record<K, string>>>(auth: A, keys: readonly K[], text: MapField): A {
  return { ...auth, ...Object.fromEntries(keys.map((key) => [key, text(auth[key], key)])) }
}

function mapParams(auth: OAuth2Auth, text: MapField): Pick<OAuth2Auth, 'authorizationParams' | 'tokenParams' | 'refreshParams'> {
  const mapped = (key: 'authorizationParams' | 'tokenParams' | 'refreshParams'): OAuth2Param[] =>
    auth[key].map((param) => (param.enabled ? { ...param, name: text(param.name, key), value: text(param.value, key) } : param))
  return {
    authorizationParams: mapped('authorizationParams'),
    tokenParams: mapped('tokenParams'),
    refreshParams: mapped('refreshParams'),
  }
}
