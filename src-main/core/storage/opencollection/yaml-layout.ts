/**
 * Where the pieces of a YAML document stand in its text: which lines an item covers, where a value begins after its
 * colon or dash. Offsets are UTF-16 units into the text without byte order mark.
 */
import { isMap, isScalar, isSeq, Scalar, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { isNode, type Value } from './yaml-nodes.ts'

/** Thrown where a node cannot be edited in place; its whole value is then written anew. */
export class NotInPlace extends Error {
  override readonly name = 'NotInPlace'
}

/** An item of a block collection. */
export interface Item {
  /** Of its key or dash. */
  readonly start: number
  /** Where its first line begins; equal to `start` if something else stands before it on that line. */
  readonly lineStart: number
  /** End of its content, on its last line. */
  readonly contentEnd: number
  /** Where the next line after its content begins. */
  readonly end: number
  /** Just after its colon or dash. */
  readonly slotStart: number
}

/** Items of a block mapping, in order. */
export function mapItems(map: YAMLMap, text: string): Item[] {
  return map.items.map((pair) => {
    const start = rangeOf(pair.key)[0]
    return itemAt(start, slotOf(pair), isNode(pair.value) ? pair.value : null, text)
  })
}

/** Items of a block list, in order. */
export function seqItems(seq: YAMLSeq, text: string): Item[] {
  const tokens = seq.srcToken?.type === 'block-seq' ? seq.srcToken.items : []
  return seq.items.map((value, index) => {
    const dash = tokens[index]?.start.find((token) => token.type === 'seq-item-ind')
    if (!dash) throw new NotInPlace()
    return itemAt(dash.offset, dash.offset + 1, isNode(value) ? value : null, text)
  })
}

/** Just after the colon of a pair. */
export function slotOf(pair: Pair): number {
  const colon = pair.srcToken?.sep?.find((token) => token.type === 'map-value-ind')
  if (!colon || pair.srcToken?.start.some((token) => token.type === 'explicit-key-ind')) throw new NotInPlace()
  return colon.offset + 1
}

/** Start and end of a node's own text, without anchor, tag or comment. */
export function rangeOf(node: unknown): readonly [number, number] {
  if (!isNode(node) || !node.range) throw new NotInPlace()
  return [node.range[0], node.range[1]]
}

/** Whether an anchor or a tag stands before a node. */
export function hasProperties(node: Node): boolean {
  return ('anchor' in node && node.anchor !== undefined) || ('tag' in node && node.tag !== undefined)
}

/** A collection in brackets, on whatever lines. */
export function isFlow(node: Value): node is YAMLMap | YAMLSeq {
  return (isMap(node) || isSeq(node)) && node.flow === true
}

export function isBlockScalar(node: Value): node is Scalar {
  return isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED)
}

/** End of a value's content; empty lines after a block scalar are not part of it, unless it says so. */
export function contentEndOf(node: Value, slotStart: number, text: string): number {
  if (node === null) return slotStart
  if (isEmpty(node)) return hasProperties(node) ? rangeOf(node)[0] : slotStart
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last: unknown = node.items.at(-1)
    if (isMap(node)) return pairEnd(node.items.at(-1), slotStart, text)
    return contentEndOf(isNode(last) ? last : null, lastDashEnd(node, slotStart), text)
  }
  const [start, end] = rangeOf(node)
  return isBlockScalar(node) ? blockScalarEnd(start, end, text) : end
}

/** Where the line of a position ends, before its line break. */
export function lineEndAt(position: number, text: string): number {
  const newline = text.indexOf('\n', position)
  if (newline < 0) return text.length
  return newline > position && text[newline - 1] === '\r' ? newline - 1 : newline
}

/** The end of the line on which content ends, where the content may have taken the line break already. */
export function lastLineEnd(contentEnd: number, text: string): number {
  if (contentEnd === 0 || text[contentEnd - 1] !== '\n') return lineEndAt(contentEnd, text)
  return text[contentEnd - 2] === '\r' ? contentEnd - 2 : contentEnd - 1
}

/** Column of a position. */
export function columnOf(position: number, text: string): number {
  return position - (text.lastIndexOf('\n', position - 1) + 1)
}

function itemAt(start: number, slotStart: number, value: Value, text: string): Item {
  const line = text.lastIndexOf('\n', start - 1) + 1
  const contentEnd = contentEndOf(value, slotStart, text)
  const lineEnd = lastLineEnd(contentEnd, text)
  const newline = text.indexOf('\n', lineEnd)
  return {
    start,
    slotStart,
    contentEnd,
    lineStart: /^ *$/.test(text.slice(line, start)) ? line : start,
    end: withDeeperComments(newline < 0 ? text.length : newline + 1, start - line, text),
  }
}

/** Comments below an item that stand further in than it does are its own. */
function withDeeperComments(end: number, column: number, text: string): number {
  let last = end
  for (;;) {
    const line = /^( *)#[^\n]*(?:\n|$)/.exec(text.slice(last, lineEndAt(last, text) + 2))
    if (!line || (line[1]?.length ?? 0) <= column) return last
    last += line[0].length
  }
}

function pairEnd(pair: Pair | undefined, slotStart: number, text: string): number {
  if (!pair) return slotStart
  return contentEndOf(isNode(pair.value) ? pair.value : null, slotOf(pair), text)
}

function lastDashEnd(seq: YAMLSeq, slotStart: number): number {
  const token = seq.srcToken?.type === 'block-seq' ? seq.srcToken.items[seq.items.length - 1] : undefined
  const dash = token?.start.find((start) => start.type === 'seq-item-ind')
  return dash ? dash.offset + 1 : slotStart
}

/** A null that is not written at all: its range is a guess of the parser. */
function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null && node.source === '' && node.type === Scalar.PLAIN
}

function blockScalarEnd(start: number, end: number, text: string): number {
  const header = /^[|>][-+0-9]*/.exec(text.slice(start, start + 4))?.[0] ?? ''
  if (header.includes('+')) return end
  const bodyStart = text.indexOf('\n', start) + 1
  let last = end
  while (last > bodyStart) {
    const lineStart = text.lastIndexOf('\n', last - 2) + 1
    if (/[^ \t\r\n]/.test(text.slice(lineStart, last))) break
    last = lineStart
  }
  return last
}
