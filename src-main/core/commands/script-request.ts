/** A request as scripts see it, and the request that comes of what they change. */
import type { Exchange } from '#contract/model/exchange.ts'
import type { Body, Options, Part, RequestDocument, Row } from '#contract/model/request.ts'
import { paramsFromUrl } from '#contract/model/url-query.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { NO_COLLECTION, type CollectionLayers } from '../resolve/collection-layers.ts'
import type { RequestEdit, ScriptBody, ScriptHeader, ScriptRequest, ScriptRow } from '../scripts/script-job.ts'

/** The kept part of a sent body is never longer. */
const SENT_TEXT_BYTES = 1024 * 1024

/** As typed, with the headers that the collection and its folders give. */
export function typedRequest(document: RequestDocument, layers: CollectionLayers): ScriptRequest {
  const { name, method, url, headers, body, auth, options, params } = document
  return {
    name,
    method,
    url,
    headers: [...inheritedHeaders(layers), ...headers.filter(({ omit }) => omit !== true).map(headerOf)],
    body: scriptBody(body),
    authKind: auth.kind,
    pathParams: params.filter(({ kind }) => kind === 'path').map((param) => ({ name: param.name, value: param.value })),
    ...optionsOf(options),
  }
}

/** As it was first sent. */
export async function sentRequest(
  { request, history }: Pick<Exchange, 'request' | 'history'>,
  document: RequestDocument,
  bodies: Pick<BodyStore, 'read'>,
): Promise<ScriptRequest> {
  const sent = history[0]?.request ?? request
  const typed = typedRequest(document, NO_COLLECTION)
  if (!sent) return typed
  const type = sent.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const isWhole = sent.bodyId !== null && sent.bodyBytes <= SENT_TEXT_BYTES
  const text = isWhole && sent.bodyId !== null ? (await bodies.read(sent.bodyId, 0, sent.bodyBytes)).toString('utf8') : null
  return {
    ...typed,
    method: sent.method,
    url: sent.url,
    headers: sent.headers.map(([name, value]) => ({ name, value, enabled: true })),
    body: text === null ? typed.body : { kind: type.includes('json') ? 'json' : 'text', text },
  }
}

/** The request with what scripts changed. Files are those that it had: a script names none. */
export function withEdit(document: RequestDocument, edit: RequestEdit, layers: CollectionLayers): RequestDocument {
  const { url, method, headers, body } = edit
  return {
    ...document,
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url, params: paramsFromUrl(url, document.params) }),
    ...(headers && { headers: headerRows(headers, document.headers, layers) }),
    ...(body && { body: bodyFrom(body, document.body) }),
    options: editedOptions(document.options, edit),
  }
}

function inheritedHeaders({ collection, folders }: Pick<CollectionLayers, 'collection' | 'folders'>): ScriptHeader[] {
  const rows = [collection, ...folders.map(({ defaults }) => defaults)].flatMap(({ headers }) => headers)
  const nearest = new Map(rows.filter(({ enabled, omit }) => enabled && omit !== true).map((row) => [row.name.toLowerCase(), row]))
  return [...nearest.values()].map((row) => ({ ...headerOf(row), inherited: true }))
}

function headerOf({ name, value, enabled }: Row): ScriptHeader {
  return { name, value, enabled }
}

/** Rows that were not touched are those that there were; what was inherited and is gone is taken away. */
function headerRows(headers: readonly ScriptHeader[], before: readonly Row[], layers: CollectionLayers): Row[] {
  const kept = new Set(headers.filter(({ inherited }) => inherited === true).map(({ name }) => name.toLowerCase()))
  const left = before.filter(({ omit }) => omit !== true)
  const own = headers
    .filter(({ inherited }) => inherited !== true)
    .map(({ name, value, enabled }): Row => {
      const at = left.findIndex((row) => row.name === name && row.value === value && row.enabled === enabled)
      return (at < 0 ? undefined : left.splice(at, 1)[0]) ?? { name, value, enabled }
    })
  const named = new Set(own.map(({ name }) => name.toLowerCase()))
  const gone = inheritedHeaders(layers).filter(({ name }) => !kept.has(name.toLowerCase()) && !named.has(name.toLowerCase()))
  return [
    ...before.filter(({ omit }) => omit === true),
    ...own,
    ...gone.map(({ name }): Row => ({ name, value: '', enabled: true, omit: true })),
  ]
}

function scriptBody(body: Body): ScriptBody {
  switch (body.kind) {
    case 'json':
    case 'text':
    case 'xml':
      return { kind: body.kind, text: body.text }
    case 'graphql':
      return { kind: 'graphql', query: body.query, variables: body.variables }
    case 'form':
      return { kind: 'form', rows: plainRows(body.rows) }
    case 'multipart':
      return { kind: 'multipart', rows: body.parts.map(rowOfPart) }
    case 'none':
    case 'file':
    case 'websocket':
      return { kind: body.kind }
  }
}

function plainRows(rows: readonly ScriptRow[]): { name: string; value: string; enabled: boolean }[] {
  return rows.map(({ name, value, enabled }) => ({ name, value, enabled }))
}

function rowOfPart(part: Part): ScriptRow {
  const { name, enabled } = part
  return part.kind === 'text' ? { name, value: part.value, enabled } : { name, value: '', enabled, files: [...part.files] }
}

function bodyFrom(body: ScriptBody, before: Body): Body {
  switch (body.kind) {
    case 'json':
      return { kind: 'json', text: body.text, asTyped: before.kind === 'json' && before.asTyped }
    case 'graphql':
      return { ...body }
    case 'text':
    case 'xml':
      return { kind: body.kind, text: body.text }
    case 'form':
      return { kind: 'form', rows: plainRows(body.rows) }
    case 'multipart':
      return { kind: 'multipart', parts: partsFrom(body.rows, before.kind === 'multipart' ? before.parts : []) }
    case 'none':
      return { kind: 'none' }
    case 'file':
    case 'websocket':
      return before
  }
}

function partsFrom(rows: readonly ScriptRow[], before: readonly Part[]): Part[] {
  const left = [...before]
  return rows.flatMap((row): Part[] => {
    const at = left.findIndex((part) => part.name === row.name && (part.kind === 'file') === (row.files !== undefined))
    const [known] = at < 0 ? [] : left.splice(at, 1)
    if (row.files === undefined) {
      const basis = known?.kind === 'text' ? known : { kind: 'text' as const, contentType: '', headers: [] }
      return [{ ...basis, name: row.name, value: row.value, enabled: row.enabled }]
    }
    return known?.kind === 'file' ? [{ ...known, enabled: row.enabled }] : []
  })
}

function optionsOf({ timeout, maxRedirects, followRedirects, verify }: Options): Partial<ScriptRequest> {
  const total = timeout?.total
  return {
    ...(total !== undefined && { timeout: total === null ? null : total * 1000 }),
    ...(maxRedirects !== undefined && { maxRedirects }),
    ...(followRedirects !== undefined && { followRedirects }),
    ...(typeof verify === 'boolean' && { verify }),
  }
}

function editedOptions(options: Options, { timeout, maxRedirects, followRedirects, verify }: RequestEdit): Options {
  return {
    ...options,
    ...(timeout !== undefined && { timeout: { ...options.timeout, total: timeout === null ? null : timeout / 1000 } }),
    ...(maxRedirects !== undefined && { maxRedirects }),
    ...(followRedirects !== undefined && { followRedirects }),
    ...(verify !== undefined && { verify }),
  }
}
