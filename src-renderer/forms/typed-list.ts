/** Lists as they are typed into Options. */

import { t } from '../lib/t.ts'

export type TypedList<T> = { readonly kind: 'list'; readonly list: T[] } | { readonly kind: 'wrong'; readonly message: string }

/** Reads statuses such as `429, 503`. */
export function readStatuses(text: string): TypedList<number> {
  const items = itemsOf(text)
  const wrong = items.find((item) => !/^\d{3}$/.test(item))
  return wrong === undefined
    ? { kind: 'list', list: items.map(Number) }
    : { kind: 'wrong', message: t`"${wrong}" is not a status: one has three digits.` }
}

/** Reads methods such as `GET, POST`, in any case. */
export function readMethods(text: string): TypedList<string> {
  const items = itemsOf(text)
  const wrong = items.find((item) => !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(item))
  return wrong === undefined
    ? { kind: 'list', list: items.map((item) => item.toUpperCase()) }
    : { kind: 'wrong', message: t`"${wrong}" is not a method.` }
}

function itemsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((item) => item !== '')
}
