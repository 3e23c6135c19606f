/** Python's string literals: prefixes, quotes, escapes, and the fields of f-strings. */
import type { SyntaxNode } from '@lezer/common'
import type { Expression, StringPart } from './syntax.ts'

interface Opening {
  readonly isRaw: boolean
  readonly isBytes: boolean
  /** Characters of prefix and opening quotes. */
  readonly length: number
  readonly quotes: number
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** @param readExpression reads what stands in a field */
export function readString(node: SyntaxNode, text: string, readExpression: (node: SyntaxNode) => Expression): Expression {
  const literals = node.name === 'ContinuedString' ? childrenOf(node).filter((child) => /String$/.test(child.name)) : [node]
  const isBytes = literals.every((literal) => openingOf(text, literal.from).isBytes)
  const parts = literals.flatMap((literal) => literalParts(literal, text, readExpression))
  return { kind: 'string', from: node.from, to: node.to, isBytes, parts: joined(parts) }
}

/** Whether a literal has its closing quotes: the parser takes the end of the line for them. */
export function isClosed(node: SyntaxNode, text: string): boolean {
  const { length, quotes } = openingOf(text, node.from)
  const mark = text.slice(node.from + length - quotes, node.from + length)
  return node.to - node.from >= length + quotes && text.slice(node.to - quotes, node.to) === mark
}

function openingOf(text: string, from: number): Opening {
  const prefix = /^[a-z]*/i.exec(text.slice(from, from + 4))?.[0].toLowerCase() ?? ''
  const mark = text.charAt(from + prefix.length)
  const quotes = text.startsWith(mark.repeat(3), from + prefix.length) ? 3 : 1
  return { isRaw: prefix.includes('r'), isBytes: prefix.includes('b'), length: prefix.length + quotes, quotes }
}

function literalParts(node: SyntaxNode, text: string, readExpression: (node: SyntaxNode) => Expression): StringPart[] {
  const opening = openingOf(text, node.from)
  const end = isClosed(node, text) ? node.to - opening.quotes : node.to
  const decode = (raw: string): string => decoded(raw.replaceAll(/\r\n?/g, '\n'), opening)
  if (node.name !== 'FormatString') return [{ kind: 'text', text: decode(text.slice(node.from + opening.length, end)) }]
  const parts: StringPart[] = []
  let at = node.from + opening.length
  const plain = (to: number): void => {
    if (to > at) parts.push({ kind: 'text', text: decode(text.slice(at, to)).replaceAll(/\{\{|\}\}/g, (pair) => pair.charAt(0)) })
  }
  for (const field of childrenOf(node).filter((child) => child.name === 'FormatReplacement')) {
    plain(field.from)
    parts.push(fieldOf(field, text, readExpression))
    at = field.to
  }
  plain(end)
  return parts
}

function fieldOf(node: SyntaxNode, text: string, readExpression: (node: SyntaxNode) => Expression): StringPart {
  const children = childrenOf(node)
  const inner = children.find((child) => !/^([{}*,]|Format.*|YieldExpression)$/.test(child.name) || child.name === 'FormatString')
  const value: Expression = inner ? readExpression(inner) : { kind: 'other', from: node.from, to: node.to }
  const conversion = children.find((child) => child.name === 'FormatConversion')
  const selfDoc = children.find((child) => child.name === 'FormatSelfDoc')
  const spec = children.find((child) => child.name === 'FormatSpec')
  return {
    kind: 'field',
    value,
    conversion: conversion ? text.slice(conversion.from + 1, conversion.to) : '',
    spec: spec ? specParts(spec, text, readExpression) : [],
    label: selfDoc ? text.slice(node.from + 1, selfDoc.to) : '',
  }
}

function specParts(node: SyntaxNode, text: string, readExpression: (node: SyntaxNode) => Expression): StringPart[] {
  const parts: StringPart[] = []
  let at = node.from + 1
  for (const field of childrenOf(node).filter((child) => child.name === 'FormatReplacement')) {
    if (field.from > at) parts.push({ kind: 'text', text: text.slice(at, field.from) })
    parts.push(fieldOf(field, text, readExpression))
    at = field.to
  }
  if (node.to > at) parts.push({ kind: 'text', text: text.slice(at, node.to) })
  return parts
}

/** @see The Python Language Reference, 2.4.1.1 */
function decoded(raw: string, { isRaw, isBytes }: Opening): string {
  if (isRaw || !raw.includes('\\')) return raw
  return raw.replaceAll(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(N\{[^}]{0,100}\})|([^]))/gu,
    (whole: string, octal?: string, hex?: string, short?: string, long?: string, named?: string, simple?: string) => {
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8))
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16))
      if (isBytes && simple === undefined) return whole
      if (short !== undefined) return String.fromCharCode(parseInt(short, 16))
      if (long !== undefined) return parseInt(long, 16) > 0x10ffff ? whole : String.fromCodePoint(parseInt(long, 16))
      if (named !== undefined || simple === undefined) return whole
      return Object.hasOwn(SIMPLE, simple) ? (SIMPLE[simple] ?? whole) : whole
    },
  )
}

function joined(parts: readonly StringPart[]): StringPart[] {
  const result: StringPart[] = []
  for (const part of parts) {
    const last = result.at(-1)
    if (part.kind === 'text' && last?.kind === 'text') result[result.length - 1] = { kind: 'text', text: last.text + part.text }
    else result.push(part)
  }
  return result
}

/** Children of a node in order, without comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') children.push(child)
  return children
}
