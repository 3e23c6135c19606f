/** Edits inside `{ … }` and `[ … ]`: entries keep their text, new ones are separated as the others are. */
import { isMap, Scalar } from 'yaml'
import { freshOf, keyText, type Edit, type MapEdit, type SeqEdit } from './yaml-edit.ts'
import { hasProperties, NotInPlace, rangeOf, slotOf } from './yaml-layout.ts'
import { isNode } from './yaml-nodes.ts'
import { renderFlow, renderFlowPair } from './yaml-render.ts'
import { apply, type EditSlot, type PatchContext, type Splice } from './yaml-splice.ts'

interface Entry {
  readonly start: number
  readonly end: number
}

/**
 * The splices of an edited flow collection.
 *
 * @param editSlot edits what is nested in it
 * @throws {NotInPlace} where it would hold text of several lines, which is readable only in a block
 */
export function editFlow(edit: MapEdit | SeqEdit, context: PatchContext, editSlot: EditSlot): Splice[] {
  const isQuoted = edit.node.items.length > 0 && isJson(edit)
  const entries = edit.kind === 'map' ? mapEntries(edit) : seqEntries(edit)
  const inner = (index: number, change: Edit): Splice[] => editEntry(edit, index, change, isQuoted, context, editSlot)
  const plan = edit.kind === 'map' ? planOfMap(edit, isQuoted, context, inner) : planOfSeq(edit, isQuoted, context, inner)
  const kept = plan.filter((step): step is Kept => typeof step !== 'string')
  if (kept.length === plan.length && kept.length === entries.length && kept.every((step, index) => step.index === index)) {
    return kept.flatMap((step) => step.splices)
  }
  return [rewriteEntries(edit, entries, plan, context)]
}

interface Kept {
  readonly index: number
  readonly splices: readonly Splice[]
}

/** Entries to come: a kept one with its splices, or the text of a new one. */
type Plan = (Kept | string)[]

function planOfMap(edit: MapEdit, isQuoted: boolean, context: PatchContext, inner: (index: number, change: Edit) => Splice[]): Plan {
  const plan: Plan = []
  edit.node.items.forEach((pair, index) => {
    const change = edit.set.get(keyText(pair.key))
    if (change === null) return
    const newKey = edit.rename.get(keyText(pair.key))
    const [start, end] = rangeOf(pair.key)
    const renamed = newKey === undefined ? [] : [{ start, end, text: isQuoted ? JSON.stringify(newKey) : newKey }]
    plan.push({ index, splices: change ? [...renamed, ...inner(index, change)] : renamed })
  })
  const present = new Set(edit.node.items.map((pair) => keyText(pair.key)))
  for (const [key, change] of edit.set) {
    if (change === null || present.has(key)) continue
    plan.push(demand(renderFlowPair(key, freshOf(change, context.document), isQuoted, context.keepsFlow)))
  }
  return plan
}

function planOfSeq(edit: SeqEdit, isQuoted: boolean, context: PatchContext, inner: (index: number, change: Edit) => Splice[]): Plan {
  return edit.items.map((item) => {
    const index = item.kind === 'fresh' ? -1 : edit.node.items.indexOf(item.node)
    if (index < 0) return demand(renderFlow(freshOf(item, context.document), isQuoted, context.keepsFlow))
    return { index, splices: inner(index, item) }
  })
}

function editEntry(
  edit: MapEdit | SeqEdit,
  index: number,
  change: Edit,
  isQuoted: boolean,
  context: PatchContext,
  editSlot: EditSlot,
): Splice[] {
  const item: unknown = edit.node.items[index]
  const pair = edit.kind === 'map' ? edit.node.items[index] : null
  const value: unknown = pair ? pair.value : item
  const node = isNode(value) ? value : null
  if (change.kind === 'keep') return []
  if (node && hasProperties(node)) throw new NotInPlace()
  if (change.kind !== 'fresh') {
    const start = pair ? slotOf(pair) : rangeOf(node)[0]
    return editSlot(change, { slotStart: start, node, parent: 0, child: 0, inFlow: true }, context)
  }
  const text = demand(renderFlow(change.value, isQuoted, context.keepsFlow))
  if (!pair || (node && !isUnwritten(node))) return [{ start: rangeOf(node)[0], end: rangeOf(node)[1], text }]
  const start = slotOf(pair)
  return [{ start, end: start, text: ` ${text}` }]
}

function rewriteEntries(edit: MapEdit | SeqEdit, entries: readonly Entry[], plan: Plan, { text }: PatchContext): Splice {
  const [start, end] = rangeOf(edit.node)
  const first = entries[0]
  const open = first ? text.slice(start + 1, first.start) : isMap(edit.node) ? ' ' : ''
  const close = first ? text.slice(entries.at(-1)?.end ?? end, end - 1) : open
  const separators = entries.slice(1).map((entry, index) => text.slice(entries[index]?.end ?? 0, entry.start))
  const usual = separators.find((separator) => /^\s*,\s*$/.test(separator)) ?? (/^\s*\n\s*$/.test(open) ? `,${open}` : ', ')
  const chunks = plan.map((step, position) => {
    const isLast = position === plan.length - 1
    if (typeof step === 'string') return step + (isLast ? '' : usual)
    const entry = entries[step.index]
    if (!entry) throw new NotInPlace()
    const shifted = step.splices.map((splice) => ({ ...splice, start: splice.start - entry.start, end: splice.end - entry.start }))
    const separator = separators[step.index] ?? (isLast ? '' : usual)
    return apply(text.slice(entry.start, entry.end), shifted) + (isLast ? remark(separator) : separator)
  })
  return { start: start + 1, end: end - 1, text: open + chunks.join('') + close }
}

/** Comments of a separator that no longer separates. */
function remark(separator: string): string {
  return separator.includes('#') ? separator.replace(',', '') : ''
}

function mapEntries(edit: MapEdit): Entry[] {
  return edit.node.items.map((pair) => {
    const value = isNode(pair.value) ? pair.value : null
    const [start, keyEnd] = rangeOf(pair.key)
    if (value && hasProperties(value)) throw new NotInPlace()
    if (value && !isUnwritten(value)) return { start, end: rangeOf(value)[1] }
    return { start, end: pair.srcToken ? Math.max(keyEnd, colonEnd(pair)) : keyEnd }
  })
}

function colonEnd(pair: MapEdit['node']['items'][number]): number {
  return pair.srcToken?.sep?.some((token) => token.type === 'map-value-ind') ? slotOf(pair) : 0
}

function seqEntries(edit: SeqEdit): Entry[] {
  return edit.node.items.map((item) => {
    if (isNode(item) && hasProperties(item)) throw new NotInPlace()
    const [start, end] = rangeOf(item)
    return { start, end }
  })
}

function isJson(edit: MapEdit | SeqEdit): boolean {
  return edit.kind === 'map' && edit.node.items.every((pair) => pair.key instanceof Scalar && pair.key.type === Scalar.QUOTE_DOUBLE)
}

function isUnwritten(node: unknown): boolean {
  return node instanceof Scalar && node.value === null && node.source === ''
}

function demand(text: string | null): string {
  if (text === null) throw new NotInPlace()
  return text
}
