/** The kind of body that a text is, by its Content-Type: only where the very same bytes come out again. */
import { encodePair, parseQuery } from '#contract/model/url-query.ts'
import type { Body, Row } from '#contract/model/request.ts'
import { graphqlParts } from '../../lib/graphql-text.ts'
import { multipartOfText } from './multipart-of-text.ts'

/** A form of more fields is kept as text. */
const MAX_FIELDS = 5000

/** @param contentType null: not said */
export function bodyOfText(text: string, contentType: string | null): Body {
  if (text === '') return { kind: 'none' }
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/x-www-form-urlencoded') return formOf(text) ?? { kind: 'text', text }
  if (type === 'application/json' || type.endsWith('+json')) return jsonOf(text)
  if (type === 'application/xml' || type === 'text/xml' || type.endsWith('+xml')) return { kind: 'xml', text }
  if (type === 'multipart/form-data') return multipartOfText(text, contentType ?? '') ?? { kind: 'text', text }
  // A type that is a variable: what the text is decides.
  const likely = type.includes('{{') ? jsonOf(text) : null
  return likely?.kind === 'json' && !likely.asTyped ? likely : { kind: 'text', text }
}

/** As GraphQL where the body is nothing but a query and its variables, written without spaces. */
export function jsonOf(text: string): Body {
  if (text.trim() === '') return { kind: 'text', text }
  const value = parsed(text)
  if (value.isJson) return graphqlOf(text, value.value) ?? { kind: 'json', text, asTyped: false }
  // A reference may stand where a number or an object does.
  const isFilled = text.includes('{{') && parsed(text.replace(/\{\{[^{}]*\}\}/g, '0')).isJson
  return { kind: 'json', text, asTyped: !isFilled }
}

function parsed(text: string): { readonly isJson: boolean; readonly value: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return { isJson: true, value }
  } catch {
    return { isJson: false, value: null }
  }
}

function graphqlOf(text: string, value: unknown): Body | null {
  if (typeof value !== 'object' || value === null || !('query' in value) || typeof value.query !== 'string') return null
  if (!/^\s*(?:query|mutation|subscription|fragment|\{)/.test(value.query)) return null
  if (Object.keys(value).some((key) => key !== 'query' && key !== 'variables')) return null
  const parts = graphqlParts(text, value.query)
  return parts && (parts.variables === '' || parsed(parts.variables).isJson) ? { kind: 'graphql', ...parts } : null
}

/** Null where encoding the fields again would give another text. */
export function formOf(text: string): Body | null {
  const pairs = text.length > 1_000_000 ? [] : parseQuery(text)
  if (pairs.length === 0 || pairs.length > MAX_FIELDS) return null
  const rows = pairs.map(({ name, value }): Row => ({ name, value, enabled: true }))
  const isSame = rows.map(encodePair).join('&') === text && rows.every(({ name, value }) => name !== '' || value !== '')
  return isSame ? { kind: 'form', rows } : null
}
