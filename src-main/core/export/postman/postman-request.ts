/** A request as an item of a Postman 2.1 collection. */
import { assertNever } from '#contract/result.ts'
import type { Body, Options, Param, Part, RequestDocument, Row } from '#contract/model/request.ts'
import { encodePair, parseQuery, splitUrl } from '#contract/model/url-query.ts'
import type { ExportNotes } from '../export-notes.ts'
import type { ExportExample, PlacedRequest } from '../export-tree.ts'
import { postmanAuth } from './postman-auth.ts'
import { postmanChecks } from './postman-checks.ts'
import { postmanTransport } from './postman-transport.ts'

/** Methods whose body Postman leaves out unless it is told not to. */
const PRUNED = new Set(['GET', 'COPY', 'HEAD', 'PURGE', 'UNLOCK'])

export function postmanRequest(placed: PlacedRequest, notes: ExportNotes): object {
  const { document, examples } = placed
  const where = [...placed.path, document.name].join(' / ')
  const lost = (message: string): void => notes.lost(where, message)
  const changed = (message: string): void => notes.changed(where, message)
  const request = requestOf(placed, lost)
  noteParts(document.body, lost)
  const events = postmanEvents([...(document.scripts ?? []), ...postmanChecks(document, { lost, changed })])
  const behaviour = behaviourOf(document, lost)
  const transport = postmanTransport(placed.options, { lost, changed })
  if (document.body.kind === 'websocket') lost('Messages of a WebSocket are not exported: only its address is.')
  return {
    name: document.name,
    ...(events.length > 0 && { event: events }),
    ...(document.variables.length > 0 && { variable: document.variables.map(postmanVariable) }),
    ...(Object.keys(behaviour).length > 0 && { protocolProfileBehavior: behaviour }),
    request: { ...request, ...transport },
    response: examples.map((example) => responseOf(example, document)),
  }
}

/** A variable of a collection. @returns no value where it is a secret */
export function postmanVariable({ name, value, enabled, description, secret }: RequestDocument['variables'][number]): object {
  return {
    key: name,
    value: secret === true ? '' : value,
    type: secret === true ? 'secret' : 'string',
    ...(!enabled && { disabled: true }),
    ...(description !== undefined && description !== '' && { description }),
  }
}

const LISTENERS: Readonly<Record<string, string>> = { 'before-request': 'prerequest', 'after-response': 'test', tests: 'test' }

/** One event of each kind, since the editor of Postman shows no second one: scripts of one kind stand below each other in it. */
export function postmanEvents(scripts: readonly { readonly type: string; readonly code: string }[]): object[] {
  const listens = [...new Set(scripts.map(({ type }) => listenerOf(type)))]
  return listens.map((listen) => {
    const codes = scripts.filter(({ type }) => listenerOf(type) === listen).map(({ code }) => code)
    return { listen, script: { type: 'text/javascript', exec: joined(codes).split('\n') } }
  })
}

function listenerOf(type: string): string {
  return (Object.hasOwn(LISTENERS, type) ? LISTENERS[type] : undefined) ?? type
}

/** Names that one script gives are none in the next: those that give any have a block of their own. */
function joined(codes: readonly string[]): string {
  if (codes.length < 2) return codes.join('')
  return codes.map((code) => (/^\s*(?:const|let|var|function|class|async function)\b/m.test(code) ? `{\n${code}\n}` : code)).join('\n')
}

function requestOf({ document, headers, auth: holding }: PlacedRequest, lost: (message: string) => void): object {
  const { cookies } = document
  // Postman has no header as credentials, so each request has the row.
  const auth = document.auth.kind === 'inherit' && holding.kind === 'header' ? holding : document.auth
  const own = auth.kind === 'header' ? [{ name: auth.name, value: `${auth.prefix}${auth.value}`, enabled: true }] : []
  const sent = cookies.filter(({ enabled, name }) => enabled && name !== '')
  const cookieRow =
    sent.length === 0 ? [] : [{ name: 'Cookie', value: sent.map(({ name, value }) => `${name}=${value}`).join('; '), enabled: true }]
  if (cookies.some(({ enabled }) => !enabled)) lost('Cookies that are switched off are not exported.')
  const written = postmanAuth(auth, lost)
  const body = bodyOf(document.body)
  return {
    method: document.method,
    header: [...headers, ...document.headers, ...typeRow(document), ...own, ...cookieRow]
      .filter(({ omit }: Row) => omit !== true)
      .map(rowOf),
    ...(written && { auth: written }),
    ...(body && { body }),
    url: urlOf(document),
    ...(document.docs !== '' && { description: document.docs }),
  }
}

/** The type of a body that is a file, which is a header in Postman. */
function typeRow({ body, headers }: RequestDocument): Row[] {
  if (body.kind !== 'file' || body.contentType === '' || headers.some(({ name }) => name.toLowerCase() === 'content-type')) return []
  return [{ name: 'Content-Type', value: body.contentType, enabled: true }]
}

function noteParts(body: Body, lost: (message: string) => void): void {
  if (body.kind !== 'multipart') return
  const named = body.parts.filter(({ headers }) => headers.some(({ enabled }) => enabled)).map(({ name }) => name)
  if (named.length > 0) lost(`Headers of parts are not exported: ${named.join(', ')}.`)
}

function rowOf({ name, value, enabled, description }: Row): object {
  return {
    key: name,
    value,
    ...(description !== undefined && description !== '' && { description }),
    ...(!enabled && { disabled: true }),
  }
}

/** Parts of the address beside its text; the rows of the query as they stand in it, escapes and all. */
function urlOf({ url, params }: Pick<RequestDocument, 'url' | 'params'>): object {
  const { base, query, fragment } = splitUrl(url)
  const found = /^(?:([A-Za-z][A-Za-z\d+.-]*):\/\/)?([^/]*)(.*)$/s.exec(base)
  const [, protocol, authority = '', path = ''] = found ?? []
  const port = /:(\d+)$/.exec(authority)?.[1]
  const host = port === undefined ? authority : authority.slice(0, -port.length - 1)
  const rows = queryRows(query, params)
  const variables = params.filter(({ kind }) => kind === 'path')
  return {
    raw: url,
    ...(protocol !== undefined && { protocol }),
    host: host.startsWith('{{') ? [host] : host.split('.'),
    ...(port !== undefined && { port }),
    ...(path !== '' && { path: path.split('/').slice(1) }),
    ...(rows.length > 0 && { query: rows }),
    ...(variables.length > 0 && {
      variable: variables.map(({ name, value, description }) =>
        rowOf({ name, value, enabled: true, ...(description !== undefined && { description }) }),
      ),
    }),
    ...(fragment !== '' && { hash: fragment.slice(1) }),
  }
}

function queryRows(query: string | null, params: readonly Param[]): object[] {
  const pairs = query === null ? [] : parseQuery(query)
  let next = 0
  return params
    .filter(({ kind }) => kind === 'query')
    .map((row) => {
      const raw = row.enabled ? (pairs[next++]?.raw ?? encodePair(row)) : (row.raw ?? encodePair(row)).replace(/^&+/, '')
      const equals = raw.indexOf('=')
      const { description, enabled } = row
      return {
        key: equals < 0 ? raw : raw.slice(0, equals),
        value: equals < 0 ? null : raw.slice(equals + 1),
        ...(description !== undefined && description !== '' && { description }),
        ...(!enabled && { disabled: true }),
      }
    })
}

function bodyOf(body: Body): object | null {
  switch (body.kind) {
    case 'none':
    case 'websocket':
      return null
    case 'json':
      return { mode: 'raw', raw: body.text, options: { raw: { language: 'json' } } }
    case 'xml':
      return { mode: 'raw', raw: body.text, options: { raw: { language: 'xml' } } }
    case 'text':
      return { mode: 'raw', raw: body.text, options: { raw: { language: 'text' } } }
    case 'graphql':
      return { mode: 'graphql', graphql: { query: body.query, variables: body.variables } }
    case 'form':
      return { mode: 'urlencoded', urlencoded: body.rows.map((row) => ({ ...rowOf(row), type: 'text' })) }
    case 'multipart':
      return { mode: 'formdata', formdata: body.parts.map(partOf) }
    case 'file':
      return { mode: 'file', file: { src: body.path } }
    default:
      return assertNever(body)
  }
}

function partOf(part: Part): object {
  const { name, enabled, description, contentType } = part
  return {
    key: name,
    ...(part.kind === 'text'
      ? { type: 'text', value: part.value }
      : {
          type: 'file',
          src: part.files.length > 1 ? part.files : (part.files[0] ?? ''),
          ...(part.filename !== '' && { fileName: part.filename }),
        }),
    ...(contentType !== '' && { contentType }),
    ...(description !== undefined && description !== '' && { description }),
    ...(!enabled && { disabled: true }),
  }
}

/** Options that Postman has words for. */
export function postmanBehaviour(options: Options): Record<string, unknown> {
  const { followRedirects, maxRedirects, verify, omitHeaders, lenient, http2 } = options
  return {
    ...(followRedirects !== undefined && { followRedirects }),
    ...(maxRedirects !== undefined && { maxRedirects }),
    ...(typeof verify === 'boolean' && { strictSSL: verify }),
    ...(omitHeaders && { disabledSystemHeaders: Object.fromEntries(omitHeaders.map((name) => [name, true])) }),
    ...(lenient === true && { insecureHTTPParser: true }),
    ...(http2 === true && { protocolVersion: 'http2' }),
  }
}

const KNOWN_OPTIONS = new Set(['followRedirects', 'maxRedirects', 'verify', 'omitHeaders', 'lenient', 'http2', 'proxies', 'cert'])

/** Names those that Postman has nothing for. */
export function noteOptions(options: Options, lost: (message: string) => void): void {
  const others = Object.keys(options).filter((key) => !KNOWN_OPTIONS.has(key))
  if (others.length > 0) lost(`Options that Postman does not have are not exported: ${others.join(', ')}.`)
}

function behaviourOf({ method, body, options }: RequestDocument, lost: (message: string) => void): Record<string, unknown> {
  noteOptions(options, lost)
  const isPruned = body.kind !== 'none' && PRUNED.has(method.toUpperCase())
  return { ...postmanBehaviour(options), ...(isPruned && { disableBodyPruning: true }) }
}

function responseOf(example: ExportExample, document: RequestDocument): object {
  const { requestBody } = example
  const language = document.body.kind === 'json' || document.body.kind === 'xml' ? document.body.kind : 'text'
  const type = example.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return {
    name: example.name,
    ...(example.description !== '' && { description: example.description }),
    originalRequest: {
      method: example.method,
      header: example.requestHeaders.map(([key, value]) => ({ key, value })),
      ...(requestBody !== null && { body: { mode: 'raw', raw: requestBody, options: { raw: { language } } } }),
      url: urlOf({ url: example.url, params: [] }),
    },
    status: example.statusText,
    ...(example.status !== null && { code: example.status }),
    _postman_previewlanguage: /json/i.test(type) ? 'json' : /xml/i.test(type) ? 'xml' : /html/i.test(type) ? 'html' : 'text',
    header: example.headers.map(([key, value]) => ({ key, value })),
    cookie: [],
    body: example.body,
  }
}
