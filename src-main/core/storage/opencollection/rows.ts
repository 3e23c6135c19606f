/** Tables of a request file: headers, form fields, cookies and params, as lists of `{ name, value, … }`. */
import { isMap, isScalar, type Document, type YAMLMap } from 'yaml'
import type { Param, Row } from '#contract/model/request.ts'
import { alignRows } from './align-rows.ts'
import { changed, editList, editMap, fresh, keyText, type Change, type Edit } from './yaml-edit.ts'
import { booleanOf, followed, isAbsent, isNode, itemsOf, textOf, valueOf, type Value } from './yaml-nodes.ts'
import type { Fresh } from './yaml-render.ts'

const PARAM_KINDS = ['query', 'path'] as const

/** How one kind of row is read from its node and written back. */
export interface RowFormat<T> {
  readonly read: (node: Value, document: Document) => T
  /** Keys to change, from one row to another. */
  readonly changes: (node: Value, document: Document, before: T, after: T) => Readonly<Record<string, Change>>
  readonly fresh: (row: T) => Fresh
  readonly nameOf: (row: T) => string
  /** Equal for rows that are the same in a file. */
  readonly keyOf: (row: T) => string
  /** Rows of a table that was written as a mapping. */
  readonly readMap: (node: YAMLMap, document: Document) => T[]
}

export const ROWS: RowFormat<Row> = {
  read: readRow,
  changes: rowChanges,
  fresh: freshRow,
  nameOf: (row) => row.name,
  keyOf: rowKey,
  readMap: (node, document) =>
    node.items.map((pair) => ({
      name: keyText(pair.key),
      value: textOf(isNode(pair.value) ? pair.value : null, document),
      enabled: true,
    })),
}

export const PARAMS: RowFormat<Param> = {
  read: (node, document) => {
    const row = readRow(node, document)
    const kind = textOf(valueOf(node, 'type', document), document) === 'path' ? 'path' : 'query'
    const raw = textOf(valueOf(valueOf(node, 'posthaste', document), 'raw', document), document)
    return { ...row, kind, ...(raw !== '' && !row.enabled && kind === 'query' && { raw }) }
  },
  changes: (node, document, before, after) => {
    const { name, value, ...rest } = rowChanges(node, document, before, after)
    const type = before.kind === after.kind ? undefined : fresh(after.kind)
    return { name, value, type, ...rest, posthaste: rawChange(valueOf(node, 'posthaste', document), document, before.raw, after.raw) }
  },
  fresh: ({ kind, raw, ...row }) => {
    const { name, value, ...rest } = freshRow(row)
    return { name, value, type: kind, ...rest, ...(raw !== undefined && { posthaste: { raw } }) }
  },
  nameOf: (row) => `${row.kind} ${row.name}`,
  keyOf: (row) => row.kind + rowKey(row) + (row.raw ?? ''),
  readMap: (node, document) =>
    PARAM_KINDS.flatMap((kind) => listed(valueOf(node, kind, document), document).map((item) => ({ ...readRow(item, document), kind }))),
}

/** Rows of a list; a table written as a mapping is understood, too. */
export function readRows<T>(node: Value, document: Document, format: RowFormat<T>): T[] {
  const table = followed(node, document)
  return isMap(table) ? format.readMap(table, document) : listed(table, document).map((item) => format.read(item, document))
}

/** What to change in a list so that it holds `after`. `before` is what `readRows` gave. */
export function editRows<T>(node: Value, document: Document, format: RowFormat<T>, before: readonly T[], after: readonly T[]): Change {
  const { keyOf } = format
  if (before.map(keyOf).join('\n') === after.map(keyOf).join('\n')) return undefined
  const nodes = listed(node, document)
  const origins = alignRows(before, after, keyOf, format.nameOf)
  const items = after.map((row, position): Edit => {
    const origin = origins[position] ?? -1
    const old = before[origin]
    const oldNode = nodes[origin]
    if (old === undefined || !oldNode) return fresh(format.fresh(row))
    return editMap(oldNode, document, format.changes(oldNode, document, old, row)) ?? { kind: 'keep', node: oldNode }
  })
  return editList(node, document, items)
}

/** A row's description, switched-on mark and the like, which every kind of row shares. */
export function markChanges(
  node: Value,
  document: Document,
  before: { readonly enabled: boolean; readonly description?: string | undefined },
  after: { readonly enabled: boolean; readonly description?: string | undefined },
): Readonly<Record<'description' | 'disabled' | 'enabled', Change>> {
  const description = valueOf(node, 'description', document)
  const text = after.description ?? ''
  const isSame = (before.description ?? '') === text
  const content = isMap(followed(description, document)) ? editMap(description, document, { content: fresh(text) }) : fresh(text)
  const hasEnabled = valueOf(node, 'enabled', document) !== null
  const isOn = before.enabled === after.enabled
  return {
    description: isSame ? undefined : text === '' ? null : content,
    disabled: isOn ? undefined : after.enabled ? null : fresh(true),
    enabled: isOn || !hasEnabled ? undefined : null,
  }
}

/** The keys of `markChanges`, read. */
export function readMarks(node: Value, document: Document): { readonly enabled: boolean; readonly description?: string } {
  const isOff =
    booleanOf(valueOf(node, 'disabled', document), document) === true || booleanOf(valueOf(node, 'enabled', document), document) === false
  const description = textOf(valueOf(node, 'description', document), document)
  return { enabled: !isOff, ...(description !== '' && { description }) }
}

/** The keys of `markChanges` that a new row needs. */
export function freshMarks(row: { readonly enabled: boolean; readonly description?: string | undefined }): Record<string, Fresh> {
  return { ...(row.description && { description: row.description }), ...(!row.enabled && { disabled: true }) }
}

function readRow(node: Value, document: Document): Row {
  const value = valueOf(node, 'value', document)
  return {
    name: textOf(valueOf(node, 'name', document), document),
    value: textOf(value, document),
    ...readMarks(node, document),
    // A value that is written as null takes the name away, as None does in requests.
    ...(value !== null && isNull(value, document) && { omit: true }),
  }
}

/** Null in words; nothing at all behind the colon is an empty text, as a person leaves it. */
function isNull(node: Value, document: Document): boolean {
  const value = followed(node, document)
  return isScalar(value) && value.value === null && (value.source ?? '') !== ''
}

function rowChanges(node: Value, document: Document, before: Row, after: Row): Readonly<Record<string, Change>> {
  return {
    name: changed(before.name, after.name),
    value: changed(valueInFile(before), valueInFile(after)),
    ...markChanges(node, document, before, after),
  }
}

function freshRow(row: Row): { name: string; value: string | null } & Record<string, Fresh> {
  return { name: row.name, value: valueInFile(row), ...freshMarks(row) }
}

/** `raw` stands under `posthaste` in a row that is off, which goes with it unless it holds more. */
function rawChange(node: Value, document: Document, before: string | undefined, after: string | undefined): Change {
  if (before === after) return undefined
  if (after !== undefined) return editMap(node, document, { raw: fresh(after) })
  const extras = followed(node, document)
  return isMap(extras) && extras.items.length > 1 ? editMap(node, document, { raw: null }) : null
}

function valueInFile({ value, omit }: Row): string | null {
  return omit === true ? null : value
}

function rowKey(row: Row): string {
  return JSON.stringify([row.name, valueInFile(row), row.enabled, row.description ?? ''])
}

function listed(node: Value, document: Document): Value[] {
  return itemsOf(node, document).filter((item) => !isAbsent(item, document))
}
