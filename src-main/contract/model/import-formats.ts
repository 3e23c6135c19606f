/** What can be imported, by name. No schema in here, so the window can import it for nothing. */

import type { WireError } from '../errors.ts'

/** Formats by the names that `posthaste import --from` takes, with what people call them. */
export const IMPORT_FORMATS = {
  curl: 'cURL command',
  wget: 'wget command',
  httpie: 'HTTPie command',
  fetch: 'JavaScript fetch call',
  python: 'Python requests script',
  'http-file': '.http file',
  'raw-http': 'raw HTTP request',
  postman: 'Postman collection',
  'postman-environment': 'Postman environment',
  insomnia: 'Insomnia export',
  bruno: 'Bruno collection (.bru)',
  opencollection: 'OpenCollection',
  hoppscotch: 'Hoppscotch export',
  'thunder-client': 'Thunder Client export',
  har: 'HAR file',
  openapi: 'OpenAPI description',
} as const
export type ImportFormat = keyof typeof IMPORT_FORMATS

/** Rows and notes are given up to this many each; the counts are of all. */
export const MAX_IMPORT_ROWS = 2000

/** A request's name without its method in front, where that stands beside it already. */
export function nameWithoutMethod(name: string, method: string | undefined): string {
  return method !== undefined && name.startsWith(`${method} `) ? name.slice(method.length + 1) : name
}

/** Longest text that is read as it is, in characters: whoever has more hands over a file, which no window has to hold. */
export const MAX_IMPORT_TEXT = 16 * 1024 * 1024

/** What is wrong with a text that is too long to be handed over; null where it is not. */
export function importTextFault(text: string): WireError | null {
  if (text.length <= MAX_IMPORT_TEXT) return null
  return { kind: 'TooLarge', stage: 'resolve', message: 'This text is longer than 16 MiB.', hint: 'Save it as a file, and import that.' }
}
