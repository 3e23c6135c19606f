/**
 * Turns edits of a YAML document into new text by replacing only the stretches that changed: every other byte,
 * comments, quotes, odd indentation and line endings included, stays. The result is parsed again and compared with
 * what was wanted; a document too unusual for that is written anew, so that no edit can damage a file.
 */
import { isDeepStrictEqual } from 'node:util'
import { isMap, isScalar, isSeq, parseDocument, visit, type Scalar } from 'yaml'
import { CoreError } from '../../lib/core-error.ts'
import { editBlockMap, editBlockSeq } from './yaml-patch-block.ts'
import { editFlow } from './yaml-patch-flow.ts'
import { freshOf, type Edit, type MapEdit, type SeqEdit } from './yaml-edit.ts'
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
} from './yaml-layout.ts'
import { isNode } from './yaml-nodes.ts'
import { renderPairs, renderSlot, type Fresh, type RenderStyle } from './yaml-render.ts'
import { parseYaml, type YamlSource } from './yaml-source.ts'
import { apply, type PatchContext, type Slot, type Splice } from './yaml-splice.ts'

/** A key is at most 1,024 characters long, with its quotes and escapes (YAML 1.2.2 §7.4.2): one of this length always is. */
const SURE_KEY = 160

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
    const context: PatchContext = {
      text,
      eol: source.eol,
      document: source.document,
      style,
      spaced: isSpaced(edit, text),
      keepsFlow: isFlow(edit.node),
    }
    const result = apply(text, isFlow(edit.node) ? editFlow(edit, context, editSlot) : editBlockMap(edit, context, editSlot))
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
  const longest = longestKey(value)
  if (longest <= SURE_KEY) throw new Error('A YAML document could not be written.')
  throw new CoreError('InvalidName', 'store', `A name of ${longest} characters is too long to be written to a file of a collection.`, {
    hint: 'The hosts of proxies and of addresses given by hand are such names. Shorten it.',
  })
}

/** Of a mapping within others too. */
function longestKey(value: Fresh): number {
  if (typeof value !== 'object' || value === null || isScalar(value)) return 0
  const own = Array.isArray(value) ? [] : Object.keys(value).map(({ length }) => length)
  return Math.max(0, ...own, ...Object.values(value as Record<string, Fresh>).map(longestKey))
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
        return edit.kind === 'map' ? editBlockMap(edit, context, editSlot) : editBlockSeq(edit, context, editSlot)
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
    return above
      .split('\n')
      .slice(0, -1)
      .some((line) => line.trim() === '')
  })
}

function plainText(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'error' })
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
