/**
 * `Link` headers, read as RFC 8288 has them read: what breaks its rules costs that link, not the others. Pure text, used by
 * the window for its buttons and by core for going through pages, so that both see the same next page.
 *
 * @see RFC 8288 §3 and Appendix B.2, B.3
 */

export interface Link {
  /** One relation; a link with several is listed once for each. Registered ones are in lower case. */
  readonly rel: string
  /** As it stands there: relative to the address that answered. */
  readonly target: string
  /** What it is from, where that is another address than the one that answered. */
  readonly anchor: string | null
  readonly title: string | null
}

/** The links of all `Link` headers of an answer, in their order. */
export function parseLinks(values: readonly string[]): readonly Link[] {
  return values.flatMap((value) => linksIn(value))
}

/** The target of the first link of a relation that is about the answer itself; null where there is none. */
export function linkTo(links: readonly Link[], ...relations: readonly string[]): string | null {
  return links.find(({ rel, anchor }) => anchor === null && relations.includes(rel))?.target ?? null
}

/** What is still to be read. */
interface Cursor {
  readonly text: string
  at: number
}

type Params = readonly (readonly [name: string, value: string])[]

function linksIn(text: string): readonly Link[] {
  const cursor: Cursor = { text, at: 0 }
  const links: Link[] = []
  while (cursor.at < text.length) {
    skip(cursor, /[\s,]*/y)
    const target = take(cursor, /<([^>]*)>/y)
    // What is no link is left out as far as the next comma.
    if (target === null) skip(cursor, /[^,]*/y)
    else links.push(...linksOf(target[1] ?? '', paramsAt(cursor)))
  }
  return links
}

function linksOf(target: string, params: Params): readonly Link[] {
  // Of a parameter that may stand once only, the first holds (RFC 8288 §3.3, §3.4).
  const first = (name: string): string | null => params.find(([key]) => key === name)?.[1] ?? null
  const anchor = first('anchor')
  const title = first('title*') ?? first('title')
  const relations = (first('rel') ?? '').split(/\s+/).filter((rel) => rel !== '')
  return relations.map((rel) => ({ rel: rel.toLowerCase(), target: target.trim(), anchor, title }))
}

/** `;name=value` as often as it stands there; the cursor is then at a comma or the end. */
function paramsAt(cursor: Cursor): Params {
  const params: (readonly [string, string])[] = []
  for (;;) {
    skip(cursor, /\s*/y)
    if (take(cursor, /;/y) === null) {
      skip(cursor, /[^,]*/y)
      return params
    }
    skip(cursor, /\s*/y)
    const name = (take(cursor, /[^\s=;,]*/y)?.[0] ?? '').toLowerCase()
    const value = take(cursor, /\s*=\s*/y) === null ? '' : valueAt(cursor)
    if (name !== '') params.push([name, name.endsWith('*') ? decodedValue(value) : value])
  }
}

function valueAt(cursor: Cursor): string {
  const quoted = take(cursor, /"((?:\\[^]|[^"\\])*)"?/y)
  if (quoted !== null) return (quoted[1] ?? '').replace(/\\([^])/g, '$1')
  return (take(cursor, /[^;,]*/y)?.[0] ?? '').trim()
}

/** `UTF-8'en'n%c3%a4chste` (RFC 8187); as it stands there where it is not in UTF-8. */
function decodedValue(value: string): string {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(value)?.[1]
  if (encoded === undefined) return value
  try {
    return decodeURIComponent(encoded)
  } catch {
    return value
  }
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)
  if (found !== null) cursor.at = pattern.lastIndex
  return found
}

function skip(cursor: Cursor, pattern: RegExp): void {
  take(cursor, pattern)
}
