/**
 * XPath 3.1 over XML and HTML (fontoxpath). Prefixes are those the document declares anywhere; a name without prefix is of
 * the root's default namespace, so that `//entry` finds the entries of a feed. No function reads files or addresses.
 */
import * as fontoxpath from 'fontoxpath'
import type { Attr, Document, Element, Node } from 'slimdom'
import type { MatchType } from '#contract/model/body-query.ts'
import { messageOf } from '../lib/core-error.ts'
import { elementsBelow, markupOf, type MarkupDocument } from './markup-document.ts'
import { xpathOf } from './node-paths.ts'
import { expressionProblem, matchesOf, type Match, type Matches, type QueryOptions, type QueryProblem } from './query-types.ts'

type Library = typeof fontoxpath

/** Node has the library's CommonJS build as the default export, a bundle its names. */
const { evaluateXPath }: Library = 'default' in fontoxpath ? (fontoxpath.default as Library) : fontoxpath

const NODE_TYPES: Readonly<Record<number, MatchType>> = { 1: 'element', 2: 'attribute', 3: 'text', 4: 'text', 9: 'element' }

export function queryXPath(markup: MarkupDocument, expression: string, { keep }: QueryOptions = {}): Matches | QueryProblem {
  if (expression.trim() === '') return expressionProblem('The expression is empty.')
  try {
    const found: readonly unknown[] = evaluateXPath(expression, markup.document, null, {}, evaluateXPath.ALL_RESULTS_TYPE, {
      language: evaluateXPath.XPATH_3_1_LANGUAGE,
      namespaceResolver: namespacesOf(markup),
      logger: { trace: () => undefined },
    })
    return matchesOf(found, (item) => (isNode(item) ? nodeMatch(item, markup) : valueMatch(item)), keep)
  } catch (error) {
    return problemOf(error, expression)
  }
}

function isNode(item: unknown): item is Node {
  return typeof item === 'object' && item !== null && 'nodeType' in item
}

function nodeMatch(node: Node, { language }: MarkupDocument): Match {
  const text = (): string => (isAttribute(node) ? node.value : (node.textContent ?? elementText(node)))
  return {
    type: NODE_TYPES[node.nodeType] ?? 'value',
    path: () => xpathOf(node),
    text,
    source: () => (isAttribute(node) ? `${node.name}="${node.value}"` : markupOf(node, language)),
  }
}

/** A document's own text content is null by the standard. */
function elementText(node: Node): string {
  return node.childNodes.map((child) => child.textContent ?? '').join('')
}

function isAttribute(node: Node): node is Attr {
  return node.nodeType === 2
}

function valueMatch(item: unknown): Match {
  const isPlain = typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean'
  const text = (): string => (isPlain ? String(item) : item instanceof Date ? item.toISOString() : (JSON.stringify(item) ?? ''))
  return { type: typeOfPlain(item), path: () => '', text, source: text }
}

function typeOfPlain(item: unknown): MatchType {
  if (typeof item === 'string') return 'string'
  if (typeof item === 'number') return 'number'
  return typeof item === 'boolean' ? 'boolean' : 'value'
}

function namespacesOf({ document }: MarkupDocument): (prefix: string) => string | null {
  const root: Element | null = document.documentElement
  let declared: ReadonlyMap<string, string> | null = null
  return (prefix) => {
    if (prefix === '') return root?.lookupNamespaceURI(null) ?? null
    declared ??= declaredPrefixes(document)
    return declared.get(prefix) ?? null
  }
}

/** The first address that each prefix stands for, in the order of the text. */
function declaredPrefixes(document: Document): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const element of elementsBelow(document)) {
    for (const { prefix, localName, value } of element.attributes) {
      if (prefix === 'xmlns' && !found.has(localName)) found.set(localName, value)
    }
  }
  return found
}

function problemOf(error: unknown, expression: string): QueryProblem {
  if (error instanceof RangeError) throw error
  const message = messageOf(error)
  const parse = /XPST0003: (?:Failed to parse script\. )?(.*?)(?:\n|$)/s.exec(message)?.[1]
  const position = positionOf(error)
  if (parse !== undefined) return expressionProblem(position === expression.length ? 'unexpected end' : shortened(parse), position)
  const plain = /(?:[A-Z]{4}\d{4}[:,]\s*)(.*?)(?:\n|$)/s.exec(message)?.[1] ?? message.split('\n', 1)[0] ?? message
  return expressionProblem(shortened(plain.replaceAll('Q{http://www.w3.org/2005/xpath-functions}', '')), position)
}

/** The parser lists everything it would have taken. */
function shortened(message: string): string {
  if (/^Expected .{60}/s.test(message)) return 'not understood from here on'
  return message.length > 200 ? `${message.slice(0, 200)}…` : message
}

function positionOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('position' in error)) return null
  const { position } = error
  if (typeof position !== 'object' || position === null || !('start' in position)) return null
  const { start } = position
  if (typeof start !== 'object' || start === null || !('offset' in start)) return null
  return typeof start.offset === 'number' ? start.offset : null
}
