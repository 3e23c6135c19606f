/** The body of a request file: OpenCollection's kinds, and what it has no word for under a `posthaste` key beside them. */
import { isMap, isScalar, isSeq, type Document } from 'yaml'
import type { Body, FilePart, Part } from '#contract/model/request.ts'
import { changed, editList, editMap, fresh, type Change } from './yaml-edit.ts'
import { booleanOf, followed, isAbsent, itemsOf, textOf, valueOf, type Value } from './yaml-nodes.ts'
import type { Fresh } from './yaml-render.ts'
import { editRows, freshMarks, markChanges, readMarks, readRows, ROWS, type RowFormat } from './rows.ts'

/** A body of a type this version does not know; its file is shown as text. */
export class UnknownBody extends Error {
  override readonly name = 'UnknownBody'
  readonly type: string

  constructor(type: string) {
    super(`unknown body type ${type}`)
    this.type = type
  }
}

const ROW_KINDS = { form: 'form-urlencoded', multipart: 'multipart-form' } as const

/**
 * Read a body. Of several variants, the selected one is the body.
 *
 * @throws {UnknownBody}
 */
export function readBody(node: Value, document: Document): Body {
  const body = chosenVariant(node, document)
  if (isAbsent(body, document)) return { kind: 'none' }
  const type = textOf(valueOf(body, 'type', document), document)
  const data = valueOf(body, 'data', document)
  switch (type) {
    case '':
    case 'none':
      return { kind: 'none' }
    case 'json':
      return { kind: 'json', text: textOf(data, document), asTyped: readAsTyped(body, document) }
    case 'text':
    case 'sparql':
      return { kind: 'text', text: textOf(data, document) }
    case 'xml':
      return { kind: 'xml', text: textOf(data, document) }
    case 'form-urlencoded':
      return { kind: 'form', rows: readRows(data, document, ROWS) }
    case 'multipart-form':
      return { kind: 'multipart', parts: readRows(data, document, PARTS) }
    case 'file': {
      const entry = chosenFile(data, document)
      return {
        kind: 'file',
        path: textOf(valueOf(entry, 'filePath', document), document),
        contentType: textOf(valueOf(entry, 'contentType', document), document),
      }
    }
    default:
      throw new UnknownBody(type)
  }
}

/** Read the body of a GraphQL item. */
export function readGraphqlBody(node: Value, document: Document): Body {
  const body = chosenVariant(node, document)
  return {
    kind: 'graphql',
    query: textOf(valueOf(body, 'query', document), document),
    variables: textOf(valueOf(body, 'variables', document), document),
  }
}

/** What to change in the `body` key of a request. */
export function editBody(node: Value, document: Document, before: FileBody, after: FileBody): Change {
  const variants = followed(node, document)
  const body = chosenVariant(node, document)
  const change = editOne(body, document, before, after)
  if (!isSeq(variants) || change === undefined || after.kind === 'none') return change
  const items = itemsOf(node, document).map((item) =>
    valueOf(item, 'body', document) === body
      ? (editMap(item, document, { body: change }) ?? { kind: 'keep' as const, node: item })
      : { kind: 'keep' as const, node: item },
  )
  return editList(node, document, items)
}

function editOne(body: Value, document: Document, before: FileBody, after: FileBody): Change {
  if (after.kind === 'none') return before.kind === 'none' ? undefined : null
  if (isTextBody(before) && isTextBody(after)) return editMap(body, document, textChanges(body, document, before, after))
  if (before.kind === 'form' && after.kind === 'form') {
    return editMap(body, document, { data: editRows(valueOf(body, 'data', document), document, ROWS, before.rows, after.rows) })
  }
  if (before.kind === 'multipart' && after.kind === 'multipart') {
    return editMap(body, document, { data: editRows(valueOf(body, 'data', document), document, PARTS, before.parts, after.parts) })
  }
  if (before.kind === 'file' && after.kind === 'file') return editFile(body, document, before, after)
  if (before.kind === 'graphql' && after.kind === 'graphql') {
    return editMap(body, document, {
      query: textChange(before.query, after.query),
      variables: textChange(before.variables, after.variables),
    })
  }
  const isEmptyQuery = after.kind === 'graphql' && after.query === '' && after.variables === ''
  return isEmptyQuery ? null : fresh(freshBody(after))
}

/** All but the messages of a WebSocket, which are not written as a body. */
type FileBody = Exclude<Body, { kind: 'websocket' }>

type TextBody = Extract<Body, { kind: 'json' | 'text' | 'xml' }>

function isTextBody(body: Body): body is TextBody {
  return body.kind === 'json' || body.kind === 'text' || body.kind === 'xml'
}

function textChanges(body: Value, document: Document, before: TextBody, after: TextBody): Record<string, Change> {
  const asTyped = after.kind === 'json' && after.asTyped
  const wasAsTyped = readAsTyped(body, document)
  return {
    type: before.kind === after.kind ? undefined : fresh(after.kind),
    data: changed(before.text, after.text),
    posthaste:
      asTyped === wasAsTyped
        ? undefined
        : editMap(valueOf(body, 'posthaste', document), document, { asTyped: asTyped ? fresh(true) : null }),
  }
}

function textChange(before: string, after: string): Change {
  return before === after ? undefined : after === '' ? null : fresh(after)
}

function editFile(
  body: Value,
  document: Document,
  before: Extract<Body, { kind: 'file' }>,
  after: Extract<Body, { kind: 'file' }>,
): Change {
  const data = valueOf(body, 'data', document)
  const entry = chosenFile(data, document)
  const change = editMap(entry, document, {
    filePath: changed(before.path, after.path),
    contentType: changed(before.contentType, after.contentType),
  })
  if (!change) return undefined
  if (isAbsent(entry, document)) return editMap(body, document, { data: fresh(freshFiles(after)) })
  const items = itemsOf(data, document).map((item) => (item === entry ? change : { kind: 'keep' as const, node: item }))
  return editMap(body, document, { data: isSeq(followed(data, document)) ? editList(data, document, items) : change })
}

function freshBody(body: Exclude<FileBody, { kind: 'none' }>): Fresh {
  switch (body.kind) {
    case 'json':
      return { type: 'json', data: body.text, ...(body.asTyped && { posthaste: { asTyped: true } }) }
    case 'text':
    case 'xml':
      return { type: body.kind, data: body.text }
    case 'graphql':
      return { ...(body.query !== '' && { query: body.query }), ...(body.variables !== '' && { variables: body.variables }) }
    case 'form':
      return { type: ROW_KINDS.form, ...(body.rows.length > 0 && { data: body.rows.map((row) => ROWS.fresh(row)) }) }
    case 'multipart':
      return { type: ROW_KINDS.multipart, ...(body.parts.length > 0 && { data: body.parts.map((part) => PARTS.fresh(part)) }) }
    case 'file': {
      const files = freshFiles(body)
      return { type: 'file', ...(files.length > 0 && { data: files }) }
    }
  }
}

function freshFiles(body: Extract<Body, { kind: 'file' }>): Fresh[] {
  return body.path === '' && body.contentType === '' ? [] : [{ filePath: body.path, contentType: body.contentType, selected: true }]
}

function readAsTyped(body: Value, document: Document): boolean {
  return booleanOf(valueOf(valueOf(body, 'posthaste', document), 'asTyped', document), document) === true
}

/** The body itself, or of a list of `{ title, selected, body }` the selected one's. */
function chosenVariant(node: Value, document: Document): Value {
  if (!isSeq(followed(node, document))) return node
  const variants = itemsOf(node, document)
  const chosen = variants.find((item) => booleanOf(valueOf(item, 'selected', document), document) === true) ?? variants[0] ?? null
  return valueOf(chosen, 'body', document)
}

function chosenFile(data: Value, document: Document): Value {
  if (isMap(followed(data, document))) return data
  const files = itemsOf(data, document)
  return files.find((item) => booleanOf(valueOf(item, 'selected', document), document) === true) ?? files[0] ?? null
}

/** Entries of a multipart body. A file entry's value is one path or a list of them. */
const PARTS: RowFormat<Part> = {
  read: readPart,
  changes: (node, document, before, after) => {
    const { description, disabled, enabled } = markChanges(node, document, before, after)
    const extra = valueOf(node, 'posthaste', document)
    const headers = editRows(valueOf(extra, 'headers', document), document, ROWS, before.headers, after.headers)
    const filename = textChange(filenameOf(before), filenameOf(after))
    return {
      name: changed(before.name, after.name),
      type: before.kind === after.kind ? undefined : fresh(after.kind),
      value: editPartValue(node, document, before, after),
      contentType: textChange(before.contentType, after.contentType),
      description,
      disabled,
      enabled,
      posthaste: filename === undefined && headers === undefined ? undefined : editMap(extra, document, { filename, headers }),
    }
  },
  fresh: (part) => {
    const extra = freshPartExtra(part)
    return {
      name: part.name,
      type: part.kind,
      value: part.kind === 'text' ? part.value : part.files,
      ...(part.contentType !== '' && { contentType: part.contentType }),
      ...freshMarks(part),
      ...(extra !== null && { posthaste: extra }),
    }
  },
  nameOf: (part) => `${part.kind} ${part.name}`,
  keyOf: (part) =>
    JSON.stringify([
      part.kind,
      part.name,
      part.kind === 'text' ? part.value : part.files,
      filenameOf(part),
      part.contentType,
      part.headers.map((row) => ROWS.keyOf(row)),
      part.enabled,
      part.description ?? '',
    ]),
  readMap: (node, document) =>
    ROWS.readMap(node, document).map((row) => ({
      kind: 'text',
      name: row.name,
      value: row.value,
      enabled: true,
      contentType: '',
      headers: [],
    })),
}

function readPart(node: Value, document: Document): Part {
  const value = followed(valueOf(node, 'value', document), document)
  const type = textOf(valueOf(node, 'type', document), document)
  const extra = valueOf(node, 'posthaste', document)
  const common = {
    name: textOf(valueOf(node, 'name', document), document),
    ...readMarks(node, document),
    contentType: textOf(valueOf(node, 'contentType', document), document),
    headers: readRows(valueOf(extra, 'headers', document), document, ROWS),
  }
  if (type !== 'file' && !(type === '' && isSeq(value))) return { kind: 'text', ...common, value: textOf(value, document) }
  const files = isSeq(value)
    ? itemsOf(value, document).map((item) => textOf(item, document))
    : isScalar(value)
      ? [textOf(value, document)]
      : []
  return {
    kind: 'file',
    ...common,
    files: files.filter((path) => path !== ''),
    filename: textOf(valueOf(extra, 'filename', document), document),
  }
}

function editPartValue(node: Value, document: Document, before: Part, after: Part): Change {
  if (before.kind === 'text' && after.kind === 'text') return changed(before.value, after.value)
  if (after.kind === 'text') return fresh(after.value)
  if (
    before.kind === 'file' &&
    before.files.length === after.files.length &&
    before.files.every((path, index) => path === after.files[index])
  )
    return undefined
  const value = valueOf(node, 'value', document)
  if (before.kind !== 'file' || !isSeq(value)) return fresh(after.files)
  const old = itemsOf(value, document)
  const unused = new Set(old)
  const items = after.files.map((path) => {
    const kept = old.find((item) => unused.has(item) && textOf(item, document) === path)
    if (kept === undefined) return fresh(path)
    unused.delete(kept)
    return { kind: 'keep' as const, node: kept }
  })
  return items.length === 0 ? fresh([]) : editList(value, document, items)
}

function filenameOf(part: Part): string {
  return part.kind === 'file' ? part.filename : ''
}

function freshPartExtra(part: Part | FilePart): Fresh {
  const filename = filenameOf(part)
  if (filename === '' && part.headers.length === 0) return null
  return {
    ...(filename !== '' && { filename }),
    ...(part.headers.length > 0 && { headers: part.headers.map((row) => ROWS.fresh(row)) }),
  }
}
