/** Numbers as they are typed into Options. */

import { t } from '../lib/t.ts'

export type TypedNumber =
  { readonly kind: 'empty' } | { readonly kind: 'number'; readonly value: number } | { readonly kind: 'wrong'; readonly message: string }

/** Reads seconds such as `3.05`; a comma counts as the decimal point. */
export function readSeconds(text: string): TypedNumber {
  const trimmed = text.trim().replace(',', '.')
  if (trimmed === '') return { kind: 'empty' }
  if (!/^\d*\.?\d*$/.test(trimmed) || trimmed === '.') return { kind: 'wrong', message: t`"${text.trim()}" is not a number of seconds.` }
  return { kind: 'number', value: Number(trimmed) }
}

/** Reads a count such as `30`. */
export function readCount(text: string): TypedNumber {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'empty' }
  if (!/^\d{1,9}$/.test(trimmed)) return { kind: 'wrong', message: t`"${trimmed}" is not a whole number.` }
  return { kind: 'number', value: Number(trimmed) }
}
