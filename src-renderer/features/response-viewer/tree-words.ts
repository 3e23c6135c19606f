/** What a node of a tree is called and shown as, and the way to it, in words. */
import type { TreeNode } from '#contract/model/body-tree.ts'
import { normalizedJsonPath, shortJsonPath, type JsonStep } from '#contract/model/json-path.ts'
import type { OpenNode, TreePlace } from './tree-model.ts'
import { formatNumber } from '../../lib/format-number.ts'
import { t } from '../../lib/t.ts'

/** Of a value, in a row. */
const SHOWN_UNITS = 300

export interface ShownValue {
  readonly text: string
  /** There is more of it than is shown. */
  readonly cut: boolean
}

/** The value as a row shows it: strings in quotes with escapes for what could not be seen, the rest as it stands. */
export function shownValue({ kind, text, cut, count }: TreeNode): ShownValue {
  if (kind === 'element' && count !== null) return { text: visible(`${text.replaceAll(/\s+/g, ' ')}${cut ? '…' : ''}`), cut: false }
  // Of what has children, what is inside its brackets, on one line.
  if (count !== null) {
    const inside = text.slice(1, cut || !/[\]}]$/.test(text) ? undefined : -1).replaceAll(/\s+/g, ' ')
    return { text: count === 0 ? '' : visible(`${inside}${cut ? '…' : ''}`.trim()), cut: false }
  }
  const isCut = cut || text.length > SHOWN_UNITS
  const shown = text.length > SHOWN_UNITS ? text.slice(0, SHOWN_UNITS) : text
  if (kind === 'string') return { text: `"${visible(shown.replaceAll(/["\\]/g, '\\$&'))}${isCut ? '…' : '"'}`, cut: isCut }
  return { text: `${visible(shown)}${isCut ? '…' : ''}`, cut: isCut }
}

/** What a row of XML begins with: the name as it stands in the text, else what kind of node it is. */
export function shownXmlName({ kind, name }: TreeNode): string {
  if (kind === 'attribute') return `@${name ?? ''}`
  if (kind === 'instruction') return `?${name ?? ''}`
  return name ?? KINDS[kind] ?? ''
}

const KINDS: Readonly<Partial<Record<TreeNode['kind'], string>>> = {
  text: t`text`,
  cdata: 'CDATA',
  comment: t`comment`,
  doctype: 'doctype',
  document: t`document`,
}

/** Whether it is a node of XML rather than of JSON. */
export function isXml({ kind }: TreeNode): boolean {
  return kind === 'element' || kind === 'attribute' || kind === 'instruction' || KINDS[kind] !== undefined
}

/** A name as a row shows it: in quotes where it would not be seen as what it is. */
export function shownName(name: string): string {
  const plain = visible(name)
  return name === '' || plain !== name || /^\s|\s$|[:"]/.test(name) ? `"${plain}"` : name
}

/** `{3}`, `[1,204]`; empty for what has no children. */
export function shownCount({ kind, count }: TreeNode): string {
  if (count === null) return ''
  const number = formatNumber(count)
  if (kind === 'object') return `{${number}}`
  return kind === 'array' || kind === 'values' ? `[${number}]` : `(${number})`
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' }

/** Control characters, halves of pairs and what turns the direction of text, as escapes. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, (character) => {
    return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** The steps to a place, of which the node is given; null where a name on the way is too long to be known whole. */
export function stepsTo(place: TreePlace, node: TreeNode | undefined): readonly JsonStep[] | null {
  const steps: JsonStep[] = []
  let at: { readonly owner: OpenNode | null; readonly index: number; readonly node: TreeNode | undefined } = { ...place, node }
  for (; at.owner !== null; at = { owner: at.owner.parent, index: at.owner.index, node: at.owner.node }) {
    if (at.node === undefined || at.node.nameCut) return null
    steps.unshift(at.node.name ?? at.index)
  }
  return steps
}

/** Where the nodes that lead to a place begin, the outermost first; null where that is not known yet. */
export function startsTo(place: TreePlace, node: TreeNode | undefined): readonly number[] | null {
  if (node === undefined) return null
  const starts = [node.start]
  for (let { owner } = place; owner !== null; owner = owner.parent) starts.unshift(owner.node.start)
  return starts.filter((start) => start >= 0)
}

export interface PathWords {
  readonly short: string
  readonly normalized: string
}

export function pathWords(steps: readonly JsonStep[]): PathWords {
  return { short: shortJsonPath(steps), normalized: normalizedJsonPath(steps) }
}
