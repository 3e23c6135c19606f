/**
 * New YAML text for values that the user typed, in the style in which Bruno writes: two spaces, plain where that is
 * safe, literal blocks for text of several lines. Where it goes is for the patcher.
 */
import { isScalar, parse, stringify, type Scalar } from 'yaml'

/** A value to write. A scalar node is copied as it was written. */
export type Fresh = string | number | boolean | null | Scalar | readonly Fresh[] | { readonly [key: string]: Fresh }

export interface RenderStyle {
  /** Spaces per level. */
  readonly step: number
  /**
   * Which texts of several lines become literal blocks. `trimmed` leaves out those that end with empty lines: their
   * block (`|+`) would take the empty lines after it as its own.
   */
  readonly literals: 'all' | 'trimmed' | 'none'
}

/** What follows `key:` or `-`: the rest of its line, and the full lines below it. */
export interface RenderedSlot {
  readonly head: string
  readonly lines: readonly string[]
}

/**
 * Render a value of a block collection.
 *
 * @param parent column of the key or of the dash
 * @param child column of what stands below it
 */
export function renderSlot(value: Fresh, parent: number, child: number, style: RenderStyle): RenderedSlot {
  if (typeof value === 'string') return renderText(value, parent, child, style)
  if (isList(value)) return value.length === 0 ? { head: '[]', lines: [] } : { head: '', lines: renderItems(value, child, style) }
  if (isMapping(value)) {
    const pairs = Object.entries(value)
    return pairs.length === 0 ? { head: '{}', lines: [] } : { head: '', lines: renderPairs(pairs, child, style) }
  }
  return { head: renderScalar(value), lines: [] }
}

/** The lines of `key: value` pairs that begin at a column. */
export function renderPairs(pairs: readonly (readonly [string, Fresh])[], column: number, style: RenderStyle): string[] {
  const pad = ' '.repeat(column)
  return pairs.flatMap(([key, value]) => {
    const { head, lines } = renderSlot(value, column, column + style.step, style)
    return [`${pad}${renderKey(key)}:${head === '' ? '' : ` ${head}`}`, ...lines]
  })
}

/** The lines of `- item` entries whose dashes stand at a column. */
export function renderItems(items: readonly Fresh[], column: number, style: RenderStyle): string[] {
  const pad = ' '.repeat(column)
  return items.flatMap((item) => {
    const { head, lines } = renderSlot(item, column, column + 2, style)
    const [first, ...rest] = lines
    if (head === '' && first !== undefined) return [`${pad}- ${first.slice(column + 2)}`, ...rest]
    return [`${pad}- ${head}`, ...lines]
  })
}

/**
 * A value on one line, fit for a flow collection.
 *
 * @param quoted whether all text stands in quotes, as in JSON
 * @param always whether text of several lines is put on one, in quotes; else it makes the answer null
 */
export function renderFlow(value: Fresh, quoted: boolean, always: boolean): string | null {
  if (isList(value))
    return joined(
      value.map((item) => renderFlow(item, quoted, always)),
      '[ ',
      ' ]',
      '[]',
    )
  if (isMapping(value))
    return joined(
      Object.entries(value).map(([key, item]) => renderFlowPair(key, item, quoted, always)),
      '{ ',
      ' }',
      '{}',
    )
  if (typeof value !== 'string') return renderScalar(value)
  if (value.includes('\n') && !always) return null
  return quoted || value.includes('\n') ? doubleQuoted(value) : renderLine(value, true)
}

/** `key: value` in a flow mapping; null as for `renderFlow`. */
export function renderFlowPair(key: string, value: Fresh, quoted: boolean, always: boolean): string | null {
  const text = renderFlow(value, quoted, always)
  return text === null ? null : `${quoted ? doubleQuoted(key) : renderKey(key)}: ${text}`
}

function joined(texts: readonly (string | null)[], open: string, close: string, empty: string): string | null {
  if (texts.length === 0) return empty
  return texts.includes(null) ? null : open + texts.join(', ') + close
}

function isList(value: Fresh): value is readonly Fresh[] {
  return Array.isArray(value)
}

function isMapping(value: Fresh): value is { readonly [key: string]: Fresh } {
  return typeof value === 'object' && value !== null && !isScalar(value) && !Array.isArray(value)
}

function renderScalar(value: number | boolean | null | Scalar): string {
  if (isScalar(value)) return value.source ?? stringify(value.value).trimEnd()
  return value === null ? 'null' : String(value)
}

function renderKey(key: string): string {
  return /^[A-Za-z][\w-]*$/.test(key) && parse(key) === key ? key : doubleQuoted(key)
}

function renderText(text: string, parent: number, child: number, style: RenderStyle): RenderedSlot {
  if (!text.includes('\n')) return { head: renderLine(text, false), lines: [] }
  return literal(text, parent, child, style) ?? { head: doubleQuoted(text), lines: [] }
}

/** One line of text: plain where YAML reads it back as the same text, else in double quotes. */
function renderLine(text: string, inFlow: boolean): string {
  if (PLAIN_WORD.test(text) && !/^(?:true|false|null)$/i.test(text)) return text
  if (isUnprintable(text)) return doubleQuoted(text)
  const [open, close] = inFlow ? ['{ k: ', ' }'] : ['k: ', '']
  const rendered = stringify({ k: text }, { lineWidth: 0, collectionStyle: inFlow ? 'flow' : 'block' }).trimEnd()
  const candidate = rendered.slice(open.length, rendered.length - close.length)
  if (!rendered.startsWith(open) || candidate.includes('\n')) return doubleQuoted(text)
  return readsBackAs(text, `${open}${candidate}${close}`) ? candidate : doubleQuoted(text)
}

function readsBackAs(text: string, yaml: string): boolean {
  try {
    const back: unknown = parse(yaml)
    return typeof back === 'object' && back !== null && 'k' in back && back.k === text
  } catch {
    return false
  }
}

/** Text that no reader of YAML takes for anything else. */
const PLAIN_WORD = /^[A-Za-z_][\w/]*(?:[ .-][\w/]+)*$/

/** What a reader of YAML may refuse or change where it stands unescaped (YAML 1.2.2 §5.1), line breaks apart. */
const UNPRINTABLE = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd]|[\ud800-\udfff]/
const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g

function isUnprintable(text: string): boolean {
  return UNPRINTABLE.test(text.replace(SURROGATE_PAIR, ''))
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A literal block; null where the text cannot be one. */
function literal(text: string, parent: number, child: number, style: RenderStyle): RenderedSlot | null {
  if (style.literals === 'none' || text.trim() === '' || /\n[ \t]+\n*$/.test(text) || isUnprintable(text)) return null
  const trailing = /\n*$/.exec(text)?.[0].length ?? 0
  if (trailing > 1 && style.literals === 'trimmed') return null
  const indicator = /^\n*[ \t]/.test(text) ? String(child - parent) : ''
  const chomping = trailing === 0 ? '-' : trailing === 1 ? '' : '+'
  const pad = ' '.repeat(child)
  const content = trailing === 0 ? text : text.slice(0, -1)
  return { head: `|${indicator}${chomping}`, lines: content.split('\n').map((line) => (line === '' ? '' : pad + line)) }
}
