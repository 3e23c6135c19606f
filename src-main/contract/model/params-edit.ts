/**
 * An edit of the Params table, written into the URL. The URL is a list of stretches between `&`, some of them empty; an
 * edited row changes its own stretch and no other byte. A row that is switched off takes its stretch along (`raw`), with
 * the empty ones before it as `&`, so that it comes back as it was typed, where it stood.
 *
 * Reading the URL into rows, and the rules of encoding, are `url-query`'s.
 */
import type { Param } from './request.ts'
import { encodePair, joinUrl, parseQuery, queryStretches, rewritePair, splitUrl } from './url-query.ts'

interface Placed {
  /** The row's own stretch, in the URL or kept from it. */
  readonly text: string
  /** How many empty stretches stand between the row before it and this one. */
  readonly lead: number
}

interface Layout {
  readonly placed: readonly Placed[]
  /** Empty stretches behind the last row. */
  readonly trail: number
}

/**
 * URL and params after the table was edited.
 *
 * @param previous the rows that `url` mirrored before the edit
 * @param params the rows after it; those that were not touched are the same objects, or read the same
 */
export function editParams(
  url: string,
  previous: readonly Param[],
  params: readonly Param[],
): { readonly url: string; readonly params: readonly Param[] } {
  const parts = splitUrl(url)
  const [before, after] = [previous.filter(isQuery), params.filter(isQuery)]
  const origins = originsOf(before, after)
  const { placed, trail } = carriedOver(layoutOf(parts.query, before), origins)
  const rows = after.map((row, index): Placed => {
    const origin = placed[origins[index] ?? -1]
    const text = origin?.text ?? keptText(row) ?? encodePair(row)
    return { text: rewritePair(text, row), lead: origin?.lead ?? 0 }
  })
  const stretches = rows.flatMap(({ text, lead }, index) => [...empties(lead), ...(after[index]?.enabled === true ? [text] : [])])
  stretches.push(...empties(trail))
  const query = stretches.length > 0 ? stretches.join('&') : parts.query === '' ? '' : null
  const isLoneEmpty = query === '' && stretches.length === 1
  const kept = after.map((row, index) => withRaw(row, rows[index], isLoneEmpty && trail === 1))
  let next = 0
  return { url: joinUrl({ ...parts, query }), params: params.map((row) => (isQuery(row) ? (kept[next++] ?? row) : row)) }
}

/** Each query row's stretch and its place among the empty ones. */
function layoutOf(query: string | null, rows: readonly Param[]): Layout {
  // `?` alone is no stretch, unless it is what a row that is off left of an empty one beside it.
  const isLeftOver = query === '' && rows.some(({ enabled, raw }) => !enabled && raw !== undefined && /^&|&$/.test(raw))
  const stretches = query === null || (query === '' && !isLeftOver) ? [] : queryStretches(query)
  let at = 0
  const gap = (): number => {
    let end = at
    while (stretches[end] === '') end += 1
    return end - at
  }
  const placed = rows.map((row): Placed => {
    const lead = row.enabled ? gap() : Math.min(gap(), leadOf(row))
    at += lead
    if (!row.enabled) return { text: keptText(row) ?? encodePair(row), lead }
    const text = stretches[at]
    at += 1
    return { text: text ?? encodePair(row), lead }
  })
  return { placed, trail: gap() }
}

/** The layout with the empty stretches of rows that are gone given to the next that is not. */
function carriedOver({ placed, trail }: Layout, origins: readonly (number | undefined)[]): Layout {
  const stays = new Set(origins)
  let carried = 0
  const carriedPlaces = placed.map((place, index) => {
    const lead = place.lead + carried
    carried = stays.has(index) ? 0 : lead
    return { ...place, lead }
  })
  return { placed: carriedPlaces, trail: trail + carried }
}

/** For each row its index before the edit: the same object, then one that reads the same, then the one in its place. */
function originsOf(before: readonly Param[], after: readonly Param[]): (number | undefined)[] {
  const origins: (number | undefined)[] = after.map(() => undefined)
  const left = new Set(before.keys())
  const claim = (candidateOf: (row: Param, index: number) => number | undefined): void => {
    after.forEach((row, index) => {
      if (origins[index] !== undefined) return
      const found = candidateOf(row, index)
      if (found === undefined || !left.delete(found)) return
      origins[index] = found
    })
  }
  const identities = new Map(before.map((row, index) => [row, index]))
  claim((row) => identities.get(row))
  const readings = new Map<string, number[]>()
  for (const index of left) {
    const row = before[index]
    if (row) readings.set(readingOf(row), [...(readings.get(readingOf(row)) ?? []), index])
  }
  claim((row) => readings.get(readingOf(row))?.shift())
  if (before.length === after.length) claim((_, index) => index)
  return origins
}

function readingOf({ name, value, enabled }: Param): string {
  return JSON.stringify([name, value, enabled])
}

/** The row with what it has to keep of the URL while it is off; the same object where that is what it has. */
function withRaw(row: Param, place: Placed | undefined, isBeforeTheLastEmpty: boolean): Param {
  const plain = encodePair(row)
  const text = place ? '&'.repeat(place.lead) + place.text + (isBeforeTheLastEmpty ? '&' : '') : plain
  const raw = row.enabled || text === plain ? undefined : text
  if (raw === row.raw) return row
  const { raw: _, ...rest } = row
  return raw === undefined ? rest : { ...rest, raw }
}

/** The stretch that a row kept, where it is one and still reads as the row does: a file may say anything. */
function keptText({ raw, name, value }: Param): string | undefined {
  const text = raw?.replace(/^&+|&+$/g, '')
  if (text === undefined || splitUrl(`?${text}`).fragment !== '') return undefined
  const [pair, ...more] = parseQuery(text)
  return pair && more.length === 0 && pair.name === name && pair.value === value ? pair.raw : undefined
}

function leadOf({ raw }: Param): number {
  return /^&*/.exec(raw ?? '')?.[0].length ?? 0
}

function empties(count: number): string[] {
  return Array.from({ length: count }, () => '')
}

function isQuery(row: Param): boolean {
  return row.kind === 'query'
}
