/** Languages a body can be filtered in, and which of them an expression is most likely meant to be. */
import type { QueryKind } from '#contract/model/body-query.ts'
import { essenceOf } from '../media-type.ts'

export const KIND_LABELS: Readonly<Record<QueryKind, string>> = { jsonpath: 'JSONPath', xpath: 'XPath', css: 'CSS' }

export const PLACEHOLDERS: Readonly<Record<QueryKind, string>> = {
  jsonpath: '$.items[?@.price < 10].name',
  xpath: '//item[@id="1"]/name',
  css: 'ul > li.item a::attr(href)',
}

/** The kind that an expression is of: what it begins with tells, else the type of the body. */
export function kindOf(expression: string, contentType: string): QueryKind {
  const text = expression.trimStart()
  const usual = usualKind(contentType)
  if (text.startsWith('$')) return 'jsonpath'
  if (/^[/(]/.test(text)) return 'xpath'
  if (text !== '' && usual === 'jsonpath' && !isJson(contentType)) return 'css'
  return usual
}

function usualKind(contentType: string): QueryKind {
  const essence = essenceOf(contentType)
  if (essence === 'text/html') return 'css'
  return /[/+]xml$/.test(essence) ? 'xpath' : 'jsonpath'
}

function isJson(contentType: string): boolean {
  return /json/.test(essenceOf(contentType))
}

/** The number of matches in words. */
export function countText(total: number, listed: number, kept: number): string {
  const all = total === 1 ? '1 match' : total === 0 ? 'No matches' : `${total.toLocaleString('en-US')} matches`
  return listed === kept ? all : `${listed.toLocaleString('en-US')} of ${all}`
}
