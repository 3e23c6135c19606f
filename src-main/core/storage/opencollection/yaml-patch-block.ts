/** Edits of block mappings and lists: whole lines come, go and move; what stands on kept lines is edited in place. */
import { freshOf, keyText, type Edit, type MapEdit, type SeqEdit } from './yaml-edit.ts'
import { columnOf, mapItems, NotInPlace, rangeOf, seqItems, type Item } from './yaml-layout.ts'
import { isNode } from './yaml-nodes.ts'
import { renderItems, renderPairs } from './yaml-render.ts'
import { apply, type EditSlot, type PatchContext, type Slot, type Splice } from './yaml-splice.ts'

/** The splices of an edited block mapping. */
export function editBlockMap(edit: MapEdit, context: PatchContext, editSlot: EditSlot): Splice[] {
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

/** The splices of an edited block list. */
export function editBlockSeq(edit: SeqEdit, context: PatchContext, editSlot: EditSlot): Splice[] {
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
