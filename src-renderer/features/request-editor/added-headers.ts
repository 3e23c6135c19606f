/** The headers that are sent without having been typed: what the table of Headers shows greyed below the user's rows. */
import { assertNever } from '#contract/result.ts'
import type { HeaderSource, PreparedHeader } from '#contract/model/prepared.ts'
import type { Row } from '#contract/model/request.ts'

export interface AddedHeader {
  readonly name: string
  readonly value: string
  /** In words, such as `from Body`. */
  readonly source: string
  /** Whether a typed row of this name would be sent in its place. */
  readonly canOverride: boolean
  /** Credentials: shown masked. */
  readonly secret: boolean
}

/** The headers of a preview that are neither the user's nor inherited, in the order of the wire. */
export function addedHeaders(headers: readonly PreparedHeader[]): AddedHeader[] {
  return headers.flatMap(({ name, value, source }) =>
    source === 'user' || source === 'inherited'
      ? []
      : [
          {
            name,
            value,
            source: sourceWords(source),
            // The true length is always sent, whatever is typed.
            canOverride: name.toLowerCase() !== 'content-length',
            secret: source === 'auth' || source === 'url' || source === 'proxy' || source === 'netrc',
          },
        ],
  )
}

/** Rows with an added header taken over as the user's own. */
export function withOverride(rows: readonly Row[], header: AddedHeader): Row[] {
  return [...rows, { name: header.name, value: header.value, enabled: true }]
}

export function sourceWords(source: HeaderSource): string {
  switch (source) {
    case 'user':
      return 'typed'
    case 'inherited':
      return 'inherited'
    case 'engine':
      return 'added by Posthaste'
    case 'body':
      return 'from Body'
    case 'auth':
      return 'from Auth'
    case 'cookies':
      return 'from Cookies'
    case 'url':
      return 'from the URL'
    case 'proxy':
      return 'from the proxy’s URL'
    case 'netrc':
      return 'from netrc'
    default:
      return assertNever(source)
  }
}
