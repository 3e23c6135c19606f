/**
 * The rule that ties a request's URL to its Params table. The URL's text is the truth of the query; each enabled
 * query row mirrors one of its pairs, decoded. Editing the URL re-reads the rows; editing a row rewrites only its
 * own pair (`params-edit`). So neither side re-encodes what was typed in the other.
 *
 * Pure text, used by the window while typing and by core when a file is read. `{{name}}` is kept as it is.
 */
import type { Param } from './request.ts'

export interface QueryPair {
  /** As it stands in the URL. */
  readonly raw: string
  readonly name: string
  readonly value: string
}

export interface SplitUrl {
  readonly base: string
  /** Without the question mark; null where there is none. */
  readonly query: string | null
  /** With its hash sign; empty where there is none. */
  readonly fragment: string
}

const VARIABLE = /\{\{[^{}]*\}\}/g

/** Cut a URL at its first `?` and its first `#` (RFC 3986 §3), looking past `{{…}}`. */
export function splitUrl(url: string): SplitUrl {
  const plain = masked(url)
  const hash = plain.indexOf('#')
  const end = hash < 0 ? url.length : hash
  const mark = plain.slice(0, end).indexOf('?')
  const fragment = url.slice(end)
  if (mark < 0) return { base: url.slice(0, end), query: null, fragment }
  return { base: url.slice(0, mark), query: url.slice(mark + 1, end), fragment }
}

/** Join what `splitUrl` cut. */
export function joinUrl(parts: SplitUrl): string {
  return parts.base + (parts.query === null ? '' : `?${parts.query}`) + parts.fragment
}

/**
 * Decode one name or value of a query: `+` is a space, escapes are UTF-8; a malformed escape stays as typed
 * (WHATWG URL, application/x-www-form-urlencoded parsing, but never U+FFFD).
 */
export function decodeQueryText(raw: string): string {
  if (!/[+%]/.test(raw)) return raw
  const spaced = outsideVariables(raw, (text) => text.replaceAll('+', ' '))
  return outsideVariables(spaced, (text) =>
    text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
      try {
        return decodeURIComponent(run)
      } catch {
        return run
      }
    }),
  )
}

/**
 * Encode one name or value as an HTML form and requests' `params=` and `data=` do: UTF-8, unescaped only
 * `A-Z a-z 0-9 _ . - ~`, a space is `+`.
 */
export function encodeFormText(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

/** `encodeFormText` for text that still holds variables: `{{name}}` stays as it is. */
export function encodeQueryText(text: string): string {
  return outsideVariables(text, encodeFormText)
}

/** The pairs of a query's text, in order; empty stretches between `&` are no pairs. */
export function parseQuery(query: string): QueryPair[] {
  return queryStretches(query).flatMap((raw) => {
    if (raw === '') return []
    const equals = masked(raw).indexOf('=')
    if (equals < 0) return { raw, name: decodeQueryText(raw), value: '' }
    return { raw, name: decodeQueryText(raw.slice(0, equals)), value: decodeQueryText(raw.slice(equals + 1)) }
  })
}

/**
 * Params after the URL was edited: its pairs become the enabled query rows. Disabled rows keep their place among
 * them, path rows theirs at the end, and a row keeps its description while its pair reads the same.
 */
export function paramsFromUrl(url: string, previous: readonly Param[]): Param[] {
  const query = splitUrl(url).query
  const pairs = query === null ? [] : parseQuery(query)
  const rows: Param[] = []
  let next = 0
  for (const row of previous) {
    if (row.kind === 'path') continue
    if (!row.enabled) {
      rows.push(row)
      continue
    }
    const pair = pairs[next]
    if (!pair) continue
    next += 1
    rows.push(row.name === pair.name && row.value === pair.value ? row : { ...row, name: pair.name, value: pair.value })
  }
  for (const pair of pairs.slice(next)) rows.push({ name: pair.name, value: pair.value, enabled: true, kind: 'query' })
  return [...rows, ...previous.filter((row) => row.kind === 'path')]
}

/**
 * URL and params of a file, made to agree: rows that the URL's query already holds are those of the URL; the other
 * enabled rows are appended to it, encoded.
 */
export function reconcile(url: string, params: readonly Param[]): { readonly url: string; readonly params: Param[] } {
  const parts = splitUrl(url)
  const pairs = parts.query === null ? [] : parseQuery(parts.query)
  const mirrored = new Set<Param>()
  const missing: Param[] = []
  let next = 0
  for (const row of params) {
    if (!isInQuery(row)) continue
    const at = pairs.findIndex((pair, index) => index >= next && pair.name === row.name && pair.value === row.value)
    if (at < 0) {
      missing.push(row)
      continue
    }
    mirrored.add(row)
    next = at + 1
  }
  const texts = [...(parts.query ? [parts.query] : []), ...missing.map(encodePair)]
  const merged = joinUrl({ ...parts, query: texts.length === 0 ? parts.query : texts.join('&') })
  const known = params.filter((row) => !isInQuery(row) || mirrored.has(row))
  return { url: merged, params: withMissingPairs(merged, known) }
}

/** Rows for every pair of the URL; known rows keep their description and disabled ones their place. */
function withMissingPairs(url: string, known: readonly Param[]): Param[] {
  const query = splitUrl(url).query
  const pairs = query === null ? [] : parseQuery(query)
  const rows: Param[] = []
  let next = 0
  for (const row of known) {
    if (!isInQuery(row)) {
      if (row.kind === 'query') rows.push(row)
      continue
    }
    while (next < pairs.length) {
      const pair = pairs[next]
      next += 1
      if (!pair) break
      if (pair.name === row.name && pair.value === row.value) break
      rows.push(rowOf(pair))
    }
    rows.push(row)
  }
  rows.push(...pairs.slice(next).map(rowOf))
  return [...rows, ...known.filter((row) => row.kind === 'path')]
}

function isInQuery(row: Param): boolean {
  return row.kind === 'query' && row.enabled
}

function rowOf(pair: QueryPair): Param {
  return { name: pair.name, value: pair.value, enabled: true, kind: 'query' }
}

/** A row's pair, encoded. */
export function encodePair(row: Pick<Param, 'name' | 'value'>): string {
  return `${encodeQueryText(row.name)}=${encodeQueryText(row.value)}`
}

/** A pair's text made to read as a row does: the half that already does stays as typed, and so does a missing `=`. */
export function rewritePair(raw: string, row: Pick<Param, 'name' | 'value'>): string {
  const equals = masked(raw).indexOf('=')
  const nameText = equals < 0 ? raw : raw.slice(0, equals)
  const valueText = equals < 0 ? '' : raw.slice(equals + 1)
  const name = decodeQueryText(nameText) === row.name ? nameText : encodeQueryText(row.name)
  const value = decodeQueryText(valueText) === row.value ? valueText : encodeQueryText(row.value)
  return equals < 0 && value === '' && name !== '' ? name : `${name}=${value}`
}

function outsideVariables(text: string, change: (plain: string) => string): string {
  if (!text.includes('{{')) return change(text)
  let result = ''
  let last = 0
  for (const match of text.matchAll(VARIABLE)) {
    result += change(text.slice(last, match.index)) + match[0]
    last = match.index + match[0].length
  }
  return result + change(text.slice(last))
}

/** A query's text cut at each `&` outside variables, the empty stretches included; joined with `&` it is the text again. */
export function queryStretches(query: string): string[] {
  const plain = masked(query)
  const texts: string[] = []
  let start = 0
  for (let at = plain.indexOf('&'); at >= 0; at = plain.indexOf('&', start)) {
    texts.push(query.slice(start, at))
    start = at + 1
  }
  return [...texts, query.slice(start)]
}

/** The text with each variable made of letters, so that no mark in one is found; as long as the text. */
function masked(text: string): string {
  return text.includes('{{') ? text.replace(VARIABLE, (found) => 'x'.repeat(found.length)) : text
}
