/**
 * What is done with matches before they are shown or kept: the post-filter, and the three forms of an export. Texts are
 * made one by one; an export comes in pieces, so that it is never whole in memory twice.
 */
import type { ExportFormat, MatchFilter } from '#contract/model/body-query.ts'
import type { Match, Matches } from './query-types.ts'

export interface FilteredMatches {
  readonly count: number
  readonly at: (index: number) => Match
  /** The text that is shown, copied and exported. */
  readonly textAt: (index: number) => string
}

/** Which matches stay, and their texts. */
export function filterMatches(matches: Matches, filter: MatchFilter): FilteredMatches {
  const { prefix, suffix, minLength, unique } = filter
  const bare = (index: number): string => bareText(matches.at(index), filter)
  const wrapped = (index: number): string => prefix + bare(index) + suffix
  if (minLength === 0 && !unique) return { count: matches.kept, at: matches.at, textAt: wrapped }
  const staying: number[] = []
  const seen = new Set<string>()
  for (let index = 0; index < matches.kept; index += 1) {
    const text = bare(index)
    if (text.length < minLength || (unique && seen.has(text))) continue
    if (unique) seen.add(text)
    staying.push(index)
  }
  const original = (index: number): number => staying[index] ?? 0
  return { count: staying.length, at: (index) => matches.at(original(index)), textAt: (index) => wrapped(original(index)) }
}

function bareText(match: Match, { as, trim }: MatchFilter): string {
  const text = as === 'text' ? match.text() : match.source()
  return trim ? text.trim() : text
}

/**
 * The matches as a text in pieces: one on each line; a JSON list of them, where lists, objects and numbers stay what they
 * are and as they were written; or CSV by RFC 4180, a column for each name where all are objects, else path and value.
 */
export function* exportMatches(matches: FilteredMatches, filter: MatchFilter, format: ExportFormat): Generator<string> {
  switch (format) {
    case 'text':
      for (let index = 0; index < matches.count; index += 1) yield `${matches.textAt(index)}\n`
      return
    case 'json':
      yield* jsonList(matches, filter)
      return
    case 'csv':
      yield* csv(matches)
  }
}

const JSON_TYPES: ReadonlySet<string> = new Set<Match['type']>(['string', 'number', 'boolean', 'null', 'object', 'array'])

function* jsonList(matches: FilteredMatches, { prefix, suffix, trim }: MatchFilter): Generator<string> {
  const isWrapped = prefix !== '' || suffix !== ''
  yield '['
  for (let index = 0; index < matches.count; index += 1) {
    const match = matches.at(index)
    const isValue = JSON_TYPES.has(match.type) && !isWrapped && !(match.type === 'string' && trim)
    yield `${index === 0 ? '' : ','}\n  ${isValue ? jsonSource(match) : JSON.stringify(matches.textAt(index))}`
  }
  yield matches.count === 0 ? ']\n' : '\n]\n'
}

/** A value of a JSON text as it was written. What XPath works out is written anew. */
function jsonSource(match: Match): string {
  if (match.path() !== '') return match.source()
  return match.type === 'string' ? JSON.stringify(match.text()) : match.text()
}

function* csv(matches: FilteredMatches): Generator<string> {
  const columns = columnsOf(matches)
  if (columns === null) {
    yield row(['path', 'value'])
    for (let index = 0; index < matches.count; index += 1) yield row([matches.at(index).path(), matches.textAt(index)])
    return
  }
  yield row(columns)
  for (let index = 0; index < matches.count; index += 1) {
    const members = matches.at(index).members?.() ?? new Map<string, string>()
    yield row(columns.map((name) => members.get(name) ?? ''))
  }
}

/** The names of all objects, in the order they first come; null where not all are objects. */
function columnsOf(matches: FilteredMatches): readonly string[] | null {
  const names = new Set<string>()
  for (let index = 0; index < matches.count; index += 1) {
    const { type, members } = matches.at(index)
    if (type !== 'object' || members === undefined) return null
    for (const name of members().keys()) names.add(name)
  }
  return matches.count === 0 ? null : [...names]
}

function row(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}
