/**
 * Values of one request's answer that other requests refer to, as some programs let them: here that request captures them
 * into variables, so that one after the other works as it did there.
 */
import type { Capture } from '#contract/model/capture.ts'
import type { ImportedItem } from '../imported.ts'

/**
 * What is looked at in an answer, in the words of assertions.
 *
 * @param path JSONPath, XPath, the name of a header; empty: all of it
 * @returns null where there are no such words
 */
export function answerExpression(part: string, path: string): string | null {
  const text = path.trim().replaceAll("'", '"')
  if (/^headers?$/.test(part)) return text === '' ? null : `res.headers['${text.toLowerCase()}']`
  if (part === 'url') return 'res.url'
  if (part === 'raw') return 'res.text'
  if (part !== 'body') return null
  if (text === '' || text === '*' || text === '$') return 'res.body'
  if (text.startsWith('$')) return `res.jsonpath('${text}')`
  return text.startsWith('/') ? `res.xpath('${text}')` : null
}

/** A name for the variable: the request's, and the last word of the path. */
export function captureName(request: string, part: string, path: string): string {
  const last = path.split(/[^\p{L}\p{N}_]+/u).findLast((word) => /\p{L}/u.test(word)) ?? part
  const words = `${request} ${last}`.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.join('_').slice(0, 80) || 'value'
}

/** Adds a capture, under another name where its own is of another value. @returns the name */
export function addCapture(captures: Capture[], wanted: string, expression: string): string {
  const known = captures.find((one) => one.expression === expression)
  if (known) return known.name
  let name = wanted
  for (let number = 2; captures.some((one) => one.name === name); number += 1) name = `${wanted}_${number}`
  captures.push({ name, expression, scope: 'runtime', enabled: true })
  return name
}

export function capturedWords(name: string, request: string, expression: string): string {
  return `{{${name}}} is captured from the answer to “${request}”: ${expression}.`
}

/** The items with what is captured from the answers of some. */
export function withCaptures(items: readonly ImportedItem[], captures: ReadonlyMap<ImportedItem, readonly Capture[]>): ImportedItem[] {
  return items.map((item) => {
    if (item.kind === 'folder') return { ...item, items: withCaptures(item.items, captures) }
    const own = captures.get(item) ?? []
    return own.length === 0 ? item : { ...item, document: { ...item.document, captures: [...(item.document.captures ?? []), ...own] } }
  })
}
