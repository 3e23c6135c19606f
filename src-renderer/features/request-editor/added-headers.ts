/** The headers that are sent without having been typed: what the table of Headers shows greyed below the user's rows. */
import { assertNever } from '#contract/result.ts'
import type { HeaderSource, PreparedHeader } from '#contract/model/prepared.ts'
import type { Row } from '#contract/model/request.ts'
import { t } from '../../lib/t.ts'

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
      return t`typed`
    case 'inherited':
      return t`inherited`
    case 'engine':
      return t`added by Posthaste`
    case 'body':
      return t`from Body`
    case 'auth':
      return t`from Auth`
    case 'cookies':
      return t`from Cookies`
    case 'url':
      return t`from the URL`
    case 'proxy':
      return t`from the proxy’s URL`
    case 'netrc':
      return t`from netrc`
    default:
      return assertNever(source)
  }
}
