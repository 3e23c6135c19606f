/** Header lists asked by name. */
import type { HeaderList } from '#contract/model/exchange.ts'
import type { JsonValue } from '../bodies/lossless-json.ts'

/** The value of a header, those of several lines joined by commas (RFC 9110 §5.3); null: it is not there. */
export function headerText(headers: HeaderList, name: string): string | null {
  const wanted = name.toLowerCase()
  const values = headers.filter(([one]) => one.toLowerCase() === wanted).map(([, value]) => value)
  return values.length === 0 ? null : values.join(', ')
}

/** `Set-Cookie` is the one whose lines cannot be joined: of several there is a list. */
export function headerValue(headers: HeaderList, name: string): JsonValue | undefined {
  if (name.toLowerCase() !== 'set-cookie') return headerText(headers, name) ?? undefined
  const lines = headers.filter(([one]) => one.toLowerCase() === 'set-cookie').map(([, value]) => value)
  return lines.length > 1 ? lines : lines[0]
}

/** All of them by their names in lower case. */
export function headersValue(headers: HeaderList): { [name: string]: JsonValue } {
  return Object.fromEntries(headers.map(([name]) => [name.toLowerCase(), headerValue(headers, name) ?? '']))
}
