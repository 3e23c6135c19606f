/**
 * XML and HTML as one kind of tree (slimdom's DOM), so that XPath and CSS selectors run over the same nodes. XML is read
 * strictly and says where it is wrong; HTML as it comes, with the elements that browsers add (`html`, `body`, `tbody`),
 * so that a path copied from a browser's tools leads to the same element here. Nothing in it is run or loaded.
 */
import { Parser } from 'htmlparser2'
import {
  Document,
  parseXmlDocument,
  serializeToWellFormedString,
  unsafeAppendAttribute,
  unsafeCreateAttribute,
  unsafeCreateElement,
  type Element,
  type Node,
} from 'slimdom'
import { messageOf } from '../lib/core-error.ts'
import { bodyProblem, type QueryProblem } from './query-types.ts'

export interface MarkupDocument {
  readonly kind: 'markup'
  readonly language: 'xml' | 'html'
  readonly document: Document
}

/** Elements below this depth become siblings, as in browsers (which stop at 512). */
const DEEPEST = 1000
/** What may stand between a table and its rows. */
const TABLE_PARTS = new Set(['tbody', 'thead', 'tfoot', 'caption', 'colgroup', 'col'])
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
/** Elements whose text is not escaped. */
const RAW = new Set(['script', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext'])

export function readMarkup(text: string, language: 'xml' | 'html'): MarkupDocument | QueryProblem {
  if (language === 'html') return { kind: 'markup', language, document: readHtml(text) }
  try {
    return { kind: 'markup', language, document: parseXmlDocument(text) }
  } catch (error) {
    return bodyProblem(xmlMessage(messageOf(error)))
  }
}

/** The parser draws the place below its message. */
function xmlMessage(message: string): string {
  const [, reason, line, column] = /^(.*?)\s*At line (\d+), character (\d+):/s.exec(message) ?? []
  if (reason === undefined) return `Not well-formed XML: ${message.split('\n', 1)[0] ?? ''}.`
  return `Not well-formed XML at line ${line ?? ''}, column ${column ?? ''}: ${reason.trim()}.`
}

interface Open {
  readonly element: Element
  /** Added by us: no end tag closes it. */
  readonly isImplied: boolean
}

function readHtml(text: string): Document {
  const document = new Document()
  const top = document.createDocumentFragment()
  const open: Open[] = []
  const push = (name: string, isImplied: boolean): Element => {
    const element = unsafeCreateElement(document, name, null, null)
    const parent = open.at(-1)?.element ?? top
    parent.appendChild(element)
    open.push({ element, isImplied })
    return element
  }
  let tooDeep = 0
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const current = open.at(-1)
        if (open.length >= DEEPEST) {
          tooDeep += 1
          current?.element.appendChild(withAttributes(unsafeCreateElement(document, name, null, null), attributes))
          return
        }
        if (current?.isImplied === true && TABLE_PARTS.has(name)) open.pop()
        if (name === 'tr' && open.at(-1)?.element.localName === 'table') push('tbody', true)
        withAttributes(push(name, false), attributes)
      },
      ontext: (data) => void (open.at(-1)?.element ?? top).appendChild(document.createTextNode(data)),
      onclosetag: () => {
        if (tooDeep > 0) {
          tooDeep -= 1
          return
        }
        while (open.pop()?.isImplied === true);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
  )
  parser.end(text)
  document.appendChild(withHtml(document, top))
  return document
}

function withAttributes(element: Element, attributes: Readonly<Record<string, string>>): Element {
  for (const [name, value] of Object.entries(attributes)) {
    unsafeAppendAttribute(unsafeCreateAttribute(null, null, name, value, element), element)
  }
  return element
}

/** The tree below one `html`; a fragment gets one, and a `body`. */
function withHtml(document: Document, top: Node): Element {
  const html = top.childNodes.find((node): node is Element => isElement(node) && node.localName === 'html')
  if (html) return html
  const made = unsafeCreateElement(document, 'html', null, null)
  const body = unsafeCreateElement(document, 'body', null, null)
  for (const child of [...top.childNodes]) {
    const isOfHtml = isElement(child) && (child.localName === 'head' || child.localName === 'body')
    ;(isOfHtml ? made : body).appendChild(child)
  }
  if (!made.childNodes.some((child) => isElement(child) && child.localName === 'body')) made.appendChild(body)
  return made
}

export function isElement(node: Node): node is Element {
  return node.nodeType === 1
}

/** Every element of a tree, in the order of the text. */
export function* elementsBelow(top: Node): Generator<Element> {
  for (let node = next(top, top); node !== null; node = next(node, top)) {
    if (isElement(node)) yield node
  }
}

function next(node: Node, top: Node): Node | null {
  if (node.firstChild !== null) return node.firstChild
  for (let at: Node | null = node; at !== null && at !== top; at = at.parentNode) {
    if (at.nextSibling !== null) return at.nextSibling
  }
  return null
}

/** The node as it could stand in a text of its language. */
export function markupOf(node: Node, language: 'xml' | 'html'): string {
  return language === 'xml' ? serializeToWellFormedString(node) : htmlOf(node)
}

function htmlOf(node: Node): string {
  if (!isElement(node)) return escaped(node.textContent ?? '')
  const attributes = node.attributes.map(({ name, value }) => ` ${name}="${escaped(value).replaceAll('"', '&quot;')}"`).join('')
  const start = `<${node.localName}${attributes}>`
  if (VOID.has(node.localName)) return start
  const content = RAW.has(node.localName) ? (node.textContent ?? '') : node.childNodes.map(htmlOf).join('')
  return `${start}${content}</${node.localName}>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
