/**
 * Turns edits of a YAML document into new text by replacing only the stretches that changed: every other byte,
 * comments, quotes, odd indentation and line endings included, stays. The result is parsed again and compared with
 * what was wanted; a document too unusual for that is written anew, so that no edit can damage a file.
 */
import { isDeepStrictEqual } from 'node:util'
import { isMap, isScalar, isSeq, parseDocument, visit, type Scalar } from 'yaml'
import { editFlow } from './yaml-patch-flow.ts'
import { freshOf, keyText, type Edit, type MapEdit, type SeqEdit } from './yaml-edit.ts'
import {
  columnOf,
  contentEndOf,
  hasProperties,
  isBlockScalar,
  isFlow,
  lastLineEnd,
  lineEndAt,
  mapItems,
  NotInPlace,
  rangeOf,
  seqItems,
  type Item,
} from './yaml-layout.ts'
import { isNode, type Value } from './yaml-nodes.ts'
import { renderItems, renderPairs, renderSlot, type Fresh, type RenderStyle } from './yaml-render.ts'
import { parseYaml, type YamlSource } from './yaml-source.ts'
import { apply, type PatchContext, type Slot, type Splice } from './yaml-splice.ts'

/** Ways to write text of several lines, from the most readable to the one that always works. */
const LITERALS: readonly RenderStyle['literals'][] = ['all', 'trimmed', 'none']

/**
 * The text of a document after an edit of its top mapping.
 *
 * @param source parsed for editing
 * @param build makes the edit; called again on a text without aliases, where an edit would change what they stand for
 */
export function patchYaml(source: YamlSource, build: (source: YamlSource) => MapEdit): string {
  const edit = build(source)
  const patched = inPlace(source, edit)
  if (patched !== null) return patched
  const plain = withoutAliases(source)
  if (plain === null) return source.bom + rewritten(source, edit)
  const plainEdit = build(plain)
  return inPlace(plain, plainEdit) ?? plain.bom + rewritten(plain, plainEdit)
}

function inPlace(source: YamlSource, edit: MapEdit): string | null {
  const wanted = plainOf(freshOf(edit, source.document))
  for (const literals of LITERALS) {
    const text = attempt(source, edit, literals)
    if (text !== null && isDeepStrictEqual(plainText(text), wanted)) return source.bom + text
  }
  return null
}

/** The same document with each alias replaced by what it stands for; null where there is none. */
function withoutAliases(source: YamlSource): YamlSource | null {
  const splices: Splice[] = []
  visit(source.document, {
    Alias: (_key, node) => {
      const [start, end] = rangeOf(node)
      splices.push({ start, end, text: JSON.stringify(node.toJS(source.document)) ?? 'null' })
    },
  })
  return splices.length === 0 ? null : parseYaml(source.bom + apply(source.text, splices), 'The file', true)
}

function attempt(source: YamlSource, edit: MapEdit, literals: RenderStyle['literals']): string | null {
  const endsOpen = source.text !== '' && !source.text.endsWith('\n')
  // Without this, text added after the last line would need to know that the line has no end.
  const text = endsOpen ? source.text + source.eol : source.text
  try {
    const style = { step: stepOf(edit, text), literals }
    const context: PatchContext = { text, eol: source.eol, document: source.document, style, spaced: isSpaced(edit, text), keepsFlow: isFlow(edit.node) }
    const result = apply(text, isFlow(edit.node) ? editFlow(edit, context, editSlot) : editBlockMap(edit, context))
    return endsOpen && result.endsWith(source.eol) ? result.slice(0, -source.eol.length) : result
  } catch (error) {
    if (error instanceof NotInPlace) return null
    throw error
  }
}

/** The whole document written anew, under the comments it began with. */
function rewritten(source: YamlSource, edit: MapEdit): string {
  const value = freshOf(edit, source.document)
  const head = /^(?:[ \t]*(?:#[^\n]*)?\n)*/.exec(source.text)?.[0] ?? ''
  const pairs = Object.entries(value ?? {}) as [string, Fresh][] // a mapping's edit makes a mapping
  for (const literals of LITERALS) {
    const lines = renderPairs(pairs, 0, { step: 2, literals })
    const text = head + lines.join(source.eol) + source.eol
    if (isDeepStrictEqual(plainText(text), plainOf(value))) return text
  }
  throw new Error('A YAML document could not be written.')
}

/** Edits of one value: in place where that can be done, else the value anew. */
function editSlot(edit: Edit, slot: Slot, context: PatchContext): Splice[] {
  switch (edit.kind) {
    case 'keep':
      return []
    case 'fresh':
      return replaceValue(edit.value, slot, context)
    case 'map':
    case 'seq':
      try {
        if (hasProperties(edit.node)) throw new NotInPlace()
        if (isFlow(edit.node)) return editFlow(edit, flowContext(edit, context), editSlot)
        return edit.kind === 'map' ? editBlockMap(edit, context) : editBlockSeq(edit, context)
      } catch (error) {
        if (!(error instanceof NotInPlace) || slot.inFlow) throw error
        return replaceValue(freshOf(edit, context.document), slot, context)
      }
  }
}

/** Comments inside brackets would get lost with the brackets. */
function flowContext(edit: MapEdit | SeqEdit, context: PatchContext): PatchContext {
  const [start, end] = rangeOf(edit.node)
  return /\s#/.test(context.text.slice(start, end)) ? { ...context, keepsFlow: true } : context
}

function editBlockMap(edit: MapEdit, context: PatchContext): Splice[] {
  const { node, set, rename } = edit
  const items = mapItems(node, context.text)
  if (items.some((item, index) => index > 0 && isCompact(item, context.text))) throw new NotInPlace()
  const column = columnOf(items[0]?.start ?? 0, context.text)
  const splices: Splice[] = []
  const removed = new Set<number>()
  node.items.forEach((pair, index) => {
    const key = keyText(pair.key)
    const item = items[index]
    const change = set.get(key)
    const newKey = rename.get(key)
    if (!item) return
    if (change === null) removed.add(index)
    else if (newKey !== undefined) splices.push({ start: rangeOf(pair.key)[0], end: rangeOf(pair.key)[1], text: newKey })
    if (change) splices.push(...editSlot(change, slotIn(item, pair.value, column, column + context.style.step), context))
  })
  splices.push(...removals(items, removed, context.text))
  return [...splices, ...addedPairs(edit, items, removed, column, context)]
}

/** New keys, each after the last of those that usually come before it. */
function addedPairs(edit: MapEdit, items: readonly Item[], removed: ReadonlySet<number>, column: number, context: PatchContext): Splice[] {
  const present = edit.node.items.map((pair) => keyText(pair.key))
  const lines = new Map<number, string[]>()
  for (const [key, change] of edit.set) {
    if (change === null || present.includes(key)) continue
    const before = edit.order.slice(0, Math.max(0, edit.order.indexOf(key)))
    const at = before.length === 0 ? -1 : present.findLastIndex((other) => before.includes(other))
    const after = at < 0 ? items.length - 1 : at
    const blank = context.spaced && column === 0 ? [''] : []
    const pair = renderPairs([[key, freshOf(change, context.document)]], column, context.style)
    lines.set(after, [...(lines.get(after) ?? []), ...blank, ...pair])
  }
  const [first] = items
  if (lines.size > 0 && removed.has(0) && first && isCompact(first, context.text)) throw new NotInPlace()
  return [...lines].map(([after, added]) => {
    const end = items[after]?.end ?? 0
    return { start: end, end, text: added.join(context.eol) + context.eol }
  })
}

function editBlockSeq(edit: SeqEdit, context: PatchContext): Splice[] {
  const items = seqItems(edit.node, context.text)
  const column = columnOf(items[0]?.start ?? 0, context.text)
  const kept = edit.items.map((item) => indexOf(item, edit))
  const order = kept.filter((index) => index >= 0)
  if (order.length === 0 || items.some((item) => isCompact(item, context.text))) throw new NotInPlace()
  const nested = edit.items.map((item, position) => {
    const original = items[kept[position] ?? -1]
    const value: unknown = edit.node.items[kept[position] ?? -1]
    return original ? editSlot(item, slotIn(original, value, column, column + 2), context) : []
  })
  const isSorted = order.every((index, at) => at === 0 || index > (order[at - 1] ?? 0))
  if (!isSorted) return [reordered(edit, items, kept, nested, column, context)]
  const removed = new Set([...items.keys()].filter((index) => !order.includes(index)))
  return [...nested.flat(), ...removals(items, removed, context.text), ...addedItems(edit, items, kept, column, context)]
}

function addedItems(edit: SeqEdit, items: readonly Item[], kept: readonly number[], column: number, context: PatchContext): Splice[] {
  const splices: Splice[] = []
  let previous = -1
  edit.items.forEach((item, position) => {
    const index = kept[position] ?? -1
    if (index >= 0) {
      previous = index
      return
    }
    const start = previous < 0 ? (items[0]?.lineStart ?? 0) : (items[previous]?.end ?? 0)
    const lines = renderItems([freshOf(item, context.document)], column, context.style)
    splices.push({ start, end: start, text: lines.join(context.eol) + context.eol })
  })
  return splices
}

/** The whole list in its new order; each item takes the comments above it along. */
function reordered(
  edit: SeqEdit,
  items: readonly Item[],
  kept: readonly number[],
  nested: readonly (readonly Splice[])[],
  column: number,
  context: PatchContext,
): Splice {
  const chunks = edit.items.map((item, position) => {
    const index = kept[position] ?? -1
    const original = items[index]
    if (!original) return renderItems([freshOf(item, context.document)], column, context.style).join(context.eol) + context.eol
    const above = index === 0 ? '' : context.text.slice(items[index - 1]?.end ?? original.lineStart, original.lineStart)
    const shifted = (nested[position] ?? []).map((splice) => ({
      ...splice,
      start: splice.start - original.lineStart,
      end: splice.end - original.lineStart,
    }))
    return above + apply(context.text.slice(original.lineStart, original.end), shifted)
  })
  return { start: items[0]?.lineStart ?? 0, end: items.at(-1)?.end ?? 0, text: chunks.join('') }
}

/** Lines of removed items, with the empty lines above them; comments above them stay. */
function removals(items: readonly Item[], removed: ReadonlySet<number>, text: string): Splice[] {
  const splices: Splice[] = []
  for (const index of removed) {
    const item = items[index]
    if (!item) continue
    if (index === 0 && isCompact(item, text)) {
      const next = items.findIndex((_, other) => !removed.has(other))
      const following = items[next]
      if (!following || text.slice(item.end, following.lineStart).includes('#')) throw new NotInPlace()
      splices.push({ start: item.start, end: following.start, text: '' })
      continue
    }
    const above = index === 0 ? item.lineStart : (items[index - 1]?.end ?? item.lineStart)
    const isBlank = text.slice(above, item.lineStart).trim() === ''
    const start = isBlank ? above : item.lineStart
    if (!splices.some((other) => other.start <= start && other.end >= item.end)) splices.push({ start, end: item.end, text: '' })
  }
  return splices
}

function replaceValue(value: Fresh, slot: Slot, context: PatchContext): Splice[] {
  const { text, eol } = context
  const { node, slotStart, parent } = slot
  if (slot.inFlow) throw new NotInPlace()
  const child = isBlockScalar(node) ? indentOfBlock(node, slot, text) : slot.child
  const { head, lines } = renderSlot(value, parent, child, context.style)
  const below = lines.length === 0 ? '' : eol + lines.join(eol)
  const contentEnd = contentEndOf(node, slotStart, text)
  const lastEnd = lastLineEnd(contentEnd, text)
  if (isScalar(node) && !hasProperties(node) && isBlockScalar(node)) {
    const [start] = rangeOf(node)
    const headerEnd = lineEndAt(start, text)
    const header = /^[|>][-+0-9]*/.exec(text.slice(start, headerEnd))?.[0] ?? ''
    return [
      { start, end: start + header.length, text: head },
      { start: headerEnd, end: Math.max(headerEnd, lastEnd), text: below },
    ]
  }
  const isBlockCollection = (isMap(node) || isSeq(node)) && node.flow !== true
  if (isBlockCollection || isBlockScalar(node)) {
    const firstLine = text.slice(slotStart, lineEndAt(slotStart, text))
    const comment = isBlockCollection && /^\s*#/.test(firstLine) ? ` ${firstLine.trim()}` : ''
    return [{ start: slotStart, end: lastEnd, text: `${head === '' ? '' : ` ${head}`}${comment}${below}` }]
  }
  const first = inlineSplice(head, slot, contentEnd)
  return below === '' ? [first] : [first, { start: lastEnd, end: lastEnd, text: below }]
}

function inlineSplice(head: string, slot: Slot, contentEnd: number): Splice {
  const { node, slotStart } = slot
  if (head !== '' && node !== null && contentEnd > slotStart && !hasProperties(node)) {
    const [start, end] = rangeOf(node)
    return { start, end, text: head }
  }
  return { start: slotStart, end: contentEnd, text: head === '' ? '' : ` ${head}` }
}

/** A block scalar that stays one keeps its indentation, so that unchanged lines stay the same. */
function indentOfBlock(node: Scalar, slot: Slot, text: string): number {
  const [start, end] = rangeOf(node)
  const headerEnd = lineEndAt(start, text)
  if (/\d/.test(text.slice(start, headerEnd).split('#')[0] ?? '')) return slot.child
  const first = /\n( +)[^ \r\n]/.exec(text.slice(headerEnd, end))
  const column = first?.[1]?.length ?? slot.child
  return column > slot.parent ? column : slot.child
}

function slotIn(item: Item, value: unknown, parent: number, child: number): Slot {
  return { slotStart: item.slotStart, node: isNode(value) ? value : null, parent, child, inFlow: false }
}

function indexOf(item: Edit, list: SeqEdit): number {
  if (item.kind === 'fresh') return -1
  return list.node.items.indexOf(item.node)
}

/** Whether an item begins behind something else on its line, such as the dash of a list. */
function isCompact(item: Item, text: string): boolean {
  return item.lineStart === item.start && columnOf(item.start, text) > 0
}

/** Spaces per level, as the document has them. */
function stepOf(edit: MapEdit, text: string): number {
  for (const { value } of edit.node.items) {
    if (!isMap(value) || value.flow === true) continue
    const key: unknown = value.items[0]?.key
    if (isNode(key) && key.range) return Math.min(8, Math.max(1, columnOf(key.range[0], text)))
  }
  return 2
}

/** Whether the top keys are set apart by empty lines. */
function isSpaced(edit: MapEdit, text: string): boolean {
  if (isFlow(edit.node)) return false
  const items = mapItems(edit.node, text)
  return items.some((item, index) => {
    const above = index === 0 ? '' : text.slice(items[index - 1]?.end ?? 0, item.lineStart)
    return above.split('\n').slice(0, -1).some((line) => line.trim() === '')
  })
}

function plainText(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' })
  return document.errors.length > 0 ? undefined : (document.toJS() as unknown)
}

function plainOf(value: Fresh): unknown {
  if (isScalar(value)) return value.value
  if (Array.isArray(value)) return value.map((item: Fresh) => plainOf(item))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value as Record<string, Fresh>).map(([key, item]) => [key, plainOf(item)]))
  }
  return value
}
