/**
 * CSS selectors over HTML and XML (css-select), with scrapy's two endings for what an element holds: `a::attr(href)` and
 * `a::text`, the element's own text. Names without namespaces, as in a style sheet without `@namespace`.
 */
import { selectAll, type Options } from 'css-select'
import type { Element, Node } from 'slimdom'
import { messageOf } from '../lib/core-error.ts'
import { isElement, markupOf, type MarkupDocument } from './markup-document.ts'
import { selectorOf } from './node-paths.ts'
import { expressionProblem, matchesOf, type Match, type Matches, type QueryOptions, type QueryProblem } from './query-types.ts'

/** How the library looks at the nodes of another. */
const ADAPTER: NonNullable<Options<Node, Element>['adapter']> = {
  isTag: isElement,
  getAttributeValue: (element, name) => element.getAttribute(name) ?? undefined,
  getChildren: (node) => node.childNodes,
  getName: (element) => element.localName,
  getParent: (element) => parentElement(element),
  getSiblings: (node) => node.parentNode?.childNodes ?? [node],
  getText: (node) => node.textContent ?? '',
  hasAttrib: (element, name) => element.hasAttribute(name),
  removeSubsets: (nodes) => nodes.filter((node) => !nodes.some((other) => other !== node && other.contains(node))),
}

/** What is taken of each element. */
type Part = { readonly kind: 'element' } | { readonly kind: 'text' } | { readonly kind: 'attribute'; readonly name: string }

export function querySelector(markup: MarkupDocument, expression: string, { keep }: QueryOptions = {}): Matches | QueryProblem {
  const { selector, part } = partOf(expression)
  if (selector.trim() === '') return expressionProblem('The selector is empty.', 0)
  // The library takes these for a selector of anything.
  if (/[>+~,]\s*$/.test(selector)) return expressionProblem('A selector is missing at the end.', selector.trimEnd().length)
  try {
    const found = selectAll<Node, Element>(selector, markup.document, { adapter: ADAPTER, xmlMode: markup.language === 'xml' })
    const having = part.kind === 'attribute' ? found.filter((element) => element.hasAttribute(part.name)) : found
    return matchesOf(having, (element) => matchOf(element, part, markup), keep)
  } catch (error) {
    if (error instanceof RangeError) throw error
    return expressionProblem(messageOf(error).replace(/ by css-select$/, ''), placeOf(messageOf(error), selector))
  }
}

function partOf(expression: string): { readonly selector: string; readonly part: Part } {
  const [ending, name] = /::(?:text|attr\(\s*([^\s()]+)\s*\))\s*$/.exec(expression) ?? []
  if (ending === undefined) return { selector: expression, part: { kind: 'element' } }
  const selector = expression.slice(0, -ending.length) || '*'
  return { selector, part: name === undefined ? { kind: 'text' } : { kind: 'attribute', name } }
}

function matchOf(element: Element, part: Part, { language }: MarkupDocument): Match {
  switch (part.kind) {
    case 'element': {
      const text = (): string => element.textContent ?? ''
      return { type: 'element', path: () => selectorOf(element), text, source: () => markupOf(element, language) }
    }
    case 'text': {
      const text = (): string =>
        element.childNodes.map((child) => (child.nodeType === 3 || child.nodeType === 4 ? (child.textContent ?? '') : '')).join('')
      return { type: 'text', path: () => `${selectorOf(element)}::text`, text, source: text }
    }
    case 'attribute': {
      const text = (): string => element.getAttribute(part.name) ?? ''
      const source = (): string => `${part.name}="${text()}"`
      return { type: 'attribute', path: () => `${selectorOf(element)}::attr(${part.name})`, text, source }
    }
  }
}

function parentElement(element: Element): Node | null {
  return element.parentNode
}

/** The library names what it does not know, not where it stands. */
function placeOf(message: string, selector: string): number | null {
  const named = /(?:pseudo-class|selector|name) :?([\w-]+)/.exec(message)?.[1]
  const at = named === undefined ? -1 : selector.indexOf(named)
  return at === -1 ? null : at
}
