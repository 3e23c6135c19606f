/** Languages a body can be filtered in, and which of them an expression is most likely meant to be. */
import type { QueryKind } from '#contract/model/body-query.ts'
import type { BodyKind } from '../body-kind.ts'
import { t } from '../../../lib/t.ts'
import { formatNumber } from '../../../lib/format-number.ts'

export const KIND_LABELS: Readonly<Record<QueryKind, string>> = { jsonpath: 'JSONPath', xpath: 'XPath', css: 'CSS' }

export const PLACEHOLDERS: Readonly<Record<QueryKind, string>> = {
  jsonpath: '$.items[?@.price < 10].name',
  xpath: '//item[@id="1"]/name',
  css: 'ul > li.item a::attr(href)',
}

/** The kind that an expression is of: what it begins with tells, else what the body is. */
export function kindOf(expression: string, body: BodyKind): QueryKind {
  const text = expression.trimStart()
  if (text.startsWith('$')) return 'jsonpath'
  if (/^[/(]/.test(text)) return 'xpath'
  if (body === 'html') return 'css'
  if (body === 'xml' || body === 'svg') return 'xpath'
  return text === '' || body === 'json' ? 'jsonpath' : 'css'
}

/** The number of matches in words. */
export function countText(total: number, listed: number, kept: number): string {
  const all = total === 1 ? t`1 match` : total === 0 ? t`No matches` : t`${formatNumber(total)} matches`
  return listed === kept ? all : t`${formatNumber(listed)} of ${all}`
}
