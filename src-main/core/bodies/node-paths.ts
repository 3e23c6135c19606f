/** Where a node of a document stands, as an XPath and as a CSS selector that lead to it alone. */
import type { Attr, Element, Node } from 'slimdom'
import { elementsBelow, isElement } from './markup-document.ts'

/** A name that can stand in a selector as it is. */
const PLAIN_NAME = /^-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*$/

/** Such as `/html/body/ul[2]/li[1]/@class`; positions only among siblings of one name. */
export function xpathOf(node: Node): string {
  if (node.nodeType === 9) return '/'
  if (isAttribute(node)) {
    const owner = node.ownerElement
    return `${owner === null ? '' : xpathOf(owner)}/@${node.name}`
  }
  const steps: string[] = []
  for (let at: Node | null = node; at !== null && at.nodeType !== 9; at = at.parentNode) steps.unshift(xpathStep(at))
  return `/${steps.join('/')}`
}

/** Such as `html > body > ul:nth-of-type(2) > li:nth-of-type(1)`; one whose id is its alone begins there. */
export function selectorOf(element: Element): string {
  const steps: string[] = []
  for (let at: Node | null = element; at !== null && isElement(at); at = at.parentNode) {
    const id = at.getAttribute('id')
    if (id !== null && PLAIN_NAME.test(id) && isOnlyWithId(at, id)) {
      steps.unshift(`#${id}`)
      break
    }
    const [place, count] = placeOf(at, byLocalName, localName)
    steps.unshift(escapedName(at.localName) + (count > 1 ? `:nth-of-type(${place})` : ''))
  }
  return steps.join(' > ')
}

function xpathStep(node: Node): string {
  if (!isElement(node)) {
    const [place, count] = placeOf(node, byFullName, fullName)
    const name = node.nodeType === 8 ? 'comment()' : 'text()'
    return count > 1 ? `${name}[${place}]` : name
  }
  const name = nameTest(node)
  const [place, count] = placeOf(node, byFullName, fullName)
  return count > 1 ? `${name}[${place}]` : name
}

/** A name without prefix means the root's default namespace; any other is asked for by its address. */
function nameTest(element: Element): string {
  const { prefix, localName, namespaceURI } = element
  if (prefix !== null && prefix !== '') return `${prefix}:${localName}`
  const usual = element.ownerDocument?.documentElement?.lookupNamespaceURI(null) ?? null
  return namespaceURI === usual ? localName : `Q{${namespaceURI ?? ''}}${localName}`
}

function isOnlyWithId(element: Element, id: string): boolean {
  const found = idsOf(element)
  return found.get(id) === 1
}

/** How often each id stands in a document; documents that are queried do not change. */
const ids = new WeakMap<Node, Map<string, number>>()

function idsOf(element: Element): Map<string, number> {
  const document = element.ownerDocument ?? element
  const known = ids.get(document)
  if (known) return known
  const found = new Map<string, number>()
  for (const each of elementsBelow(document)) {
    const id = each.getAttribute('id')
    if (id !== null) found.set(id, (found.get(id) ?? 0) + 1)
  }
  ids.set(document, found)
  return found
}

type Place = readonly [place: number, count: number]

/** Of all children of a node at once: a list of a hundred thousand is gone through once, not for each of its items. */
type Places = WeakMap<Node, Map<Node, Place>>
const byFullName: Places = new WeakMap()
const byLocalName: Places = new WeakMap()

/** The place of a node among its siblings with the same key, from 1, and how many those are. */
function placeOf(node: Node, places: Places, keyOf: (node: Node) => string): Place {
  const parent = node.parentNode
  if (parent === null) return [1, 1]
  const known = places.get(parent) ?? placesIn(parent, keyOf)
  places.set(parent, known)
  return known.get(node) ?? [1, 1]
}

function placesIn(parent: Node, keyOf: (node: Node) => string): Map<Node, Place> {
  const counts = new Map<string, number>()
  const ranks = parent.childNodes.map((child) => {
    const rank = (counts.get(keyOf(child)) ?? 0) + 1
    counts.set(keyOf(child), rank)
    return [child, rank] as const
  })
  return new Map(ranks.map(([child, rank]) => [child, [rank, counts.get(keyOf(child)) ?? 1]]))
}

function fullName(node: Node): string {
  return isElement(node) ? `${node.nodeName} ${node.namespaceURI ?? ''}` : String(node.nodeType)
}

function localName(node: Node): string {
  return isElement(node) ? node.localName : ''
}

function escapedName(name: string): string {
  return PLAIN_NAME.test(name) ? name : name.replaceAll(/[^\w\u0080-\uffff-]/g, (character) => `\\${character}`)
}

function isAttribute(node: Node): node is Attr {
  return node.nodeType === 2
}
