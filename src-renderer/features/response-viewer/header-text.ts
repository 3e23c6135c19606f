/** Header lists as text, and the search in them. */
import type { HeaderList } from '#contract/model/exchange.ts'

/** The headers whose name or value holds the text, whatever its case; all of them for an empty text. */
export function headersMatching(headers: HeaderList, filter: string): HeaderList {
  const wanted = filter.trim().toLowerCase()
  return wanted === ''
    ? headers
    : headers.filter(([name, value]) => name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted))
}

/** One header to a line, as on the wire. */
export function headersText(headers: HeaderList): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n')
}
