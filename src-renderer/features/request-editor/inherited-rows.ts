/** Rows that a request has from elsewhere, as the tables show them: which are sent, and why the others are not. */
import { assertNever } from '#contract/result.ts'
import type { InheritedRow } from '#contract/model/prepared.ts'
import type { Options, RequestDocument, Row } from '#contract/model/request.ts'
import { withOption } from '../../forms/option-edits.ts'
import { queryRows, withQueryRows } from './query-rows.ts'
import { originWords } from '../../lib/origin-words.ts'
import { t } from '../../lib/t.ts'

export type RowSection = 'headers' | 'params' | 'cookies'

export interface ShownRow extends InheritedRow {
  readonly state: 'sent' | 'omitted' | 'replaced'
  /** Why it is not sent; empty where it is. */
  readonly reason: string
  /** The layer that hides it, where that is not the request. */
  readonly hider: NonNullable<InheritedRow['hiddenBy']> | null
}

const OMITS = { headers: 'omitHeaders', params: 'omitParams', cookies: 'omitCookies' } as const satisfies Record<RowSection, keyof Options>

/** The inherited rows of a section, the outermost layer first. */
export function shownRows(section: RowSection, inherited: readonly InheritedRow[], document: RequestDocument): readonly ShownRow[] {
  const keyOf = (name: string): string => (section === 'headers' ? name.toLowerCase() : name)
  const omitted = new Set((document.options[OMITS[section]] ?? []).map(keyOf))
  const own = new Map(
    ownRows(section, document)
      .filter(({ enabled, name }) => enabled && name !== '')
      .map((row) => [keyOf(row.name), row]),
  )
  return inherited.map((one): ShownRow => {
    const key = keyOf(one.row.name)
    if (omitted.has(key)) return { ...one, state: 'omitted', reason: t`not sent with this request`, hider: null }
    if (!one.hidden) return { ...one, state: 'sent', reason: '', hider: null }
    const mine = own.get(key)
    return { ...one, state: 'replaced', reason: reasonOf(one, mine), hider: mine ? null : (one.hiddenBy ?? null) }
  })
}

function reasonOf({ hiddenBy }: InheritedRow, own: Row | undefined): string {
  if (own) return own.omit === true ? t`taken away by your row` : t`your row takes its place`
  if (!hiddenBy) return t`a nearer one takes its place`
  return hidingWords(hiddenBy, originWords(hiddenBy.origin))
}

/** What another layer does to a row. */
export function hidingWords({ omits }: { readonly omits: boolean }, place: string): string {
  return omits ? t`taken away by ${place}` : t`replaced by ${place}`
}

/** The document with an inherited name sent, or not. */
export function withOmitted(section: RowSection, document: RequestDocument, name: string, isOmitted: boolean): RequestDocument {
  const key = OMITS[section]
  const isSame = (other: string): boolean => (section === 'headers' ? other.toLowerCase() === name.toLowerCase() : other === name)
  const others = (document.options[key] ?? []).filter((other) => !isSame(other))
  const names = isOmitted ? [...others, name] : others
  return { ...document, options: withOption(document.options, key, names.length === 0 ? undefined : names) }
}

/** The document with an inherited row taken over as its own. */
export function withOwnRow(section: RowSection, document: RequestDocument, { name, value }: Row): RequestDocument {
  const row: Row = { name, value, enabled: true }
  switch (section) {
    case 'headers':
      return { ...document, headers: [...document.headers, row] }
    case 'cookies':
      return { ...document, cookies: [...document.cookies, row] }
    case 'params':
      return withQueryRows(document, (rows) => [...rows, row])
    default:
      return assertNever(section)
  }
}

/** How many rows a section has of its own: the place of the next one in the document. */
export function ownCount(section: RowSection, document: RequestDocument): number {
  return section === 'params' ? queryRows(document.params).rows.length : document[section].length
}

function ownRows(section: RowSection, document: RequestDocument): readonly Row[] {
  return section === 'params' ? queryRows(document.params).rows : document[section]
}
