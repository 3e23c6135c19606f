/**
 * Rows from pasted text: a block of headers, the lines of a bulk editor, or a query string. Only text that is rows
 * from end to end counts; anything else is pasted as text.
 */
import { parseQuery } from '#contract/model/url-query.ts'

/** `GET /users HTTP/1.1`, `HTTP/1.1 200 OK`. */
const START_LINE = /^(?:[A-Z]+ \S+ HTTP\/\d|HTTP\/\d(?:\.\d)? \d{3}\b)/

export interface PastedRow {
  readonly name: string
  readonly value: string
  readonly enabled: boolean
}

/** The rows that a text holds; null where it is not rows. */
export function pastedRows(text: string): PastedRow[] | null {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  if (lines.length === 0) return null
  if (lines.length === 1) return oneLine(lines[0]?.trim() ?? '')
  const rows: PastedRow[] = []
  // A whole head, as a server's log or a browser's tools show it, begins with a line that is no header.
  const [first = '', ...others] = lines
  for (const line of START_LINE.test(first) ? others : lines) {
    // HTTP/2 pseudo headers, as browsers' tools copy them, are not headers anyone can set.
    if (/^:[a-z]+:/.test(line)) continue
    const row = rowOf(line)
    if (row === null) return null
    rows.push(row)
  }
  return rows.length === 0 ? null : rows
}

/** One line: `name: value`, or a query of two pairs or more. A lone `a=b` may well be a name. */
function oneLine(line: string): PastedRow[] | null {
  const query = /^\??([^=&\s]+=[^&\s]*(?:&[^=&\s]+(?:=[^&\s]*)?)+)$/.exec(line)?.[1]
  if (query !== undefined) return parseQuery(query).map(({ name, value }) => ({ name, value, enabled: true }))
  const header = /^([^\s:=&"'{}[\]<>]+):[ \t]+(.*)$/.exec(line)
  return header ? [{ name: header[1] ?? '', value: header[2] ?? '', enabled: true }] : null
}

/** `name: value`, `name=value` or `name<tab>value`; a leading `//` or `#` switches the row off, as bulk editors write it. */
function rowOf(line: string): PastedRow | null {
  const off = /^\s*(?:\/\/|#)\s*/.exec(line)
  const text = (off ? line.slice(off[0].length) : line).trim()
  const match = /^([^\t:=]+?)\s*(?:\t|:|=)\s*(.*)$/.exec(text)
  if (!match) return null
  return { name: match[1] ?? '', value: match[2] ?? '', enabled: off === null }
}
