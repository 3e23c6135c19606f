/** Pieces of the model as importers make them: rows, variables with their secrets apart, URLs with their params, bodies of text. */
import type { Body, Param, RequestDocument, Row } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { decodeQueryText, encodePair, paramsFromUrl, parseQuery, reconcile, splitUrl } from '#contract/model/url-query.ts'
import type { NotesHere } from './notes-here.ts'
import { isJson } from '../../lib/is-json.ts'

/** More rows than this are not brought together with the query: the URL alone has them then. */
const MOST_PARAMS = 2000

export function row(name: string, value: string, enabled = true, description = ''): Row {
  return { name, value, enabled, ...(description !== '' && { description }) }
}

/**
 * URL and params that agree. An enabled row that the query does not have is appended to it.
 *
 * @param params as the other program has them: names and values plain, not encoded
 */
export function urlWithParams(url: string, params: readonly Param[], notes: NotesHere): Pick<RequestDocument, 'url' | 'params'> {
  const query = splitUrl(url).query
  const pairs = query === null ? 0 : parseQuery(query).length
  if (params.length <= MOST_PARAMS && pairs <= MOST_PARAMS) return reconcile(url, params)
  notes.changed(`It has more than ${MOST_PARAMS} parameters; descriptions and switched off ones were left out.`)
  const own = pairs > 0 ? [] : params.filter(({ kind, enabled }) => kind === 'query' && enabled)
  const full = own.length === 0 ? url : `${url}${query === null ? '?' : ''}${own.map(encodePair).join('&')}`
  return {
    url: full,
    params: paramsFromUrl(
      full,
      params.filter(({ kind }) => kind === 'path'),
    ),
  }
}

/**
 * A query row of a program that keeps names and values as they stand in the URL, escapes and all. Ours are plain.
 *
 * @param hasEquals  false where it stands without an equals sign
 */
export function rawQueryRow(raw: Row, hasEquals = true): Param {
  const plain = { ...raw, name: decodeQueryText(raw.name), value: decodeQueryText(raw.value) }
  const stretch = hasEquals ? `${raw.name}=${raw.value}` : raw.name
  return { ...plain, kind: 'query', ...(!raw.enabled && stretch !== encodePair(plain) && { raw: stretch }) }
}

/** A variable, with the value of a secret one put apart. */
export interface ReadVariable {
  readonly variable: Variable
  /** Null where it is not secret. */
  readonly secret: string | null
}

const LONGEST_PART = 1000
/** Paths and stretches of a query, which other programs put into a URL as they are. A whole URL stands at its start, where we do, too. */
const PART_OF_URL = /^(?![a-z][\w+.-]*:\/\/)[\w.~:@!$'()*+,;=%{}[\]-]*[/?&][\w.~:@!$'()*+,;=%{}[\]/?&#-]*$/i

/** A variable. One that may stand for several segments of a path, or several parameters, is put in as it is. */
export function readVariable(fields: Pick<Variable, 'name' | 'value'> & Partial<Variable>): ReadVariable {
  const { description = '', secret = false, enabled = true, ...rest } = fields
  const isPart = !secret && rest.value.length <= LONGEST_PART && PART_OF_URL.test(rest.value)
  return {
    variable: {
      ...rest,
      ...(isPart && { raw: true }),
      value: secret ? '' : rest.value,
      enabled,
      ...(description !== '' && { description }),
      ...(secret && { secret }),
    },
    secret: secret ? rest.value : null,
  }
}

/** The variables of a scope, and the values of its secret ones by name. */
export function variablesOf(read: readonly ReadVariable[]): {
  readonly variables: Variable[]
  readonly secrets: Readonly<Record<string, string>>
} {
  return {
    variables: read.map(({ variable }) => variable),
    // `fromEntries` defines keys, so that a variable named `__proto__` is one like any other.
    secrets: Object.fromEntries(
      read.flatMap(({ variable, secret }) => (secret === null || secret === '' ? [] : [[variable.name, secret]])),
    ),
  }
}

/** A body of JSON. What is no JSON, with references put aside, is sent as it was typed, as other programs do. */
export function jsonBody(text: string): Body {
  return { kind: 'json', text, asTyped: !text.includes('{{') && text.trim() !== '' && !isJson(text) }
}

/** The body for a text of a media type; what has no kind of its own is text. */
export function bodyOfType(text: string, mediaType: string): Body {
  const type = bareType(mediaType)
  if (text === '') return { kind: 'none' }
  if (type === 'application/json' || type.endsWith('+json')) return jsonBody(text)
  if (type === 'application/xml' || type === 'text/xml' || type.endsWith('+xml')) return { kind: 'xml', text }
  return { kind: 'text', text }
}

/** A media type without its parameters, in lower case. */
export function bareType(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase()
}

/** The value of the first enabled header of the name; empty where there is none. */
export function headerValue(headers: readonly Row[], name: string): string {
  return headers.find((header) => header.enabled && header.name.toLowerCase() === name)?.value ?? ''
}

/** The headers with a Content-Type where the body's own would be another. */
export function withContentType(headers: readonly Row[], mediaType: string): Row[] {
  const has = headers.some(({ name, enabled }) => enabled && name.toLowerCase() === 'content-type')
  return has || mediaType === '' ? [...headers] : [...headers, row('Content-Type', mediaType)]
}
