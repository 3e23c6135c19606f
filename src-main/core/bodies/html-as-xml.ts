/**
 * A page as XML, so that its tree is read as that of any XML: the elements as the filter's queries know them, and so with
 * the same paths. What XML has no place for is written so that it can still be read: no more is meant by it than to be
 * looked at.
 */
import type { Element, Node } from 'slimdom'
import { isElement, readMarkup } from './markup-document.ts'
import { isNameByte } from './xml-scanner.ts'

/** The page as XML; blank where there is nothing in it. */
export function htmlAsXml(text: string): string {
  if (text.trim() === '') return ''
  const read = readMarkup(text, 'html')
  return read.kind === 'markup' ? read.document.childNodes.map(written).join('') : ''
}

function written(node: Node): string {
  if (!isElement(node)) return escaped(node.textContent ?? '')
  const name = fit(node.localName)
  const content = node.childNodes.map(written).join('')
  const start = `<${name}${attributesOf(node)}`
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`
}

function attributesOf(element: Element): string {
  return element.attributes.map(({ name, value }) => ` ${fit(name)}="${escaped(value).replaceAll('"', '&quot;')}"`).join('')
}

/** From an ASCII character to its full-width form, which looks alike and may stand in a name. @see Unicode, U+FF00 to U+FFEF */
const TO_FULL_WIDTH = 0xfee0

/** A name as it is written in pages, such as `@click`, where XML has none of its characters. */
function fit(name: string): string {
  const isFit = (character: string, index: number): boolean => {
    const byte = character.charCodeAt(0)
    return isNameByte(byte) && (index > 0 || !/[-.\d]/.test(character))
  }
  return [...name].map((character, index) => (isFit(character, index) ? character : wide(character))).join('')
}

function wide(character: string): string {
  const code = character.charCodeAt(0)
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code + TO_FULL_WIDTH) : '_'
}

/** Control characters, which a page may have by reference (`&#1;`) and XML not at all, are their pictures. @see Unicode, U+2400 to U+243F */
function escaped(text: string): string {
  const shown = text.replace(/[^\P{Cc}\t\n\r\u007f-\u009f]/gu, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
  return shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
