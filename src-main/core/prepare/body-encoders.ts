/**
 * How a value is written where its `{{name}}` stands in a body of JSON or XML: so that it is text there, whatever signs of
 * the language are in it. Outside a string of JSON a value is taken as it is: it may be a number, a list, an object.
 */
import { REFERENCE } from './references.ts'

/** @param offset of the reference in the text of the body */
export type EncodeAt = (value: string, offset: number) => string

/** RFC 8259 §7. @param text of the body, with its references */
export function encoderInJson(text: string): EncodeAt {
  const inString = referencesInStrings(text)
  return (value, offset) => (inString.has(offset) ? JSON.stringify(value).slice(1, -1) : value)
}

/** Offsets of the references that stand in a string. What is in a reference itself opens and ends none. */
function referencesInStrings(text: string): ReadonlySet<number> {
  const inString = new Set<number>()
  let at = 0
  let isInString = false
  for (const { index, 0: whole } of text.matchAll(REFERENCE)) {
    isInString = isStringAfter(text, at, index, isInString)
    if (isInString) inString.add(index)
    at = index + whole.length
  }
  return inString
}

function isStringAfter(text: string, from: number, to: number, before: boolean): boolean {
  let isInString = before
  for (let at = from; at < to; at += 1) {
    if (text[at] === '"') isInString = !isInString
    else if (text[at] === '\\' && isInString) at += 1
  }
  return isInString
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Where XML 1.0 (§2.4 to §2.7) knows no entities: CDATA sections, comments, instructions. */
const VERBATIM = /<!\[CDATA\[[^]*?(?:\]\]>|$)|<!--[^]*?(?:-->|$)|<\?[^]*?(?:\?>|$)/g

/** XML 1.0 §2.4; in verbatim text a value is taken as it is. */
export function encoderInXml(text: string): EncodeAt {
  const verbatim = [...text.matchAll(VERBATIM)].map(({ index, 0: whole }) => ({ start: index, end: index + whole.length }))
  return (value, offset) => {
    const isVerbatim = verbatim.some(({ start, end }) => start < offset && offset < end)
    return isVerbatim ? value : value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
  }
}
