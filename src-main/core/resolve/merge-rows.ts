/**
 * Rows that a request has from its folders, session and collection: requests' merge, where the nearer of two of a name
 * wins and `None` takes a name away (`Session.merge_setting`).
 */
import type { Origin } from '#contract/model/origin.ts'
import type { InheritedRow } from '#contract/model/prepared.ts'
import type { Row } from '#contract/model/request.ts'

/** The rows of one layer. */
export interface RowLayer {
  readonly rows: readonly Row[]
  readonly origin: Origin
}

export interface OwnRows {
  readonly rows: readonly Pick<Row, 'name' | 'value' | 'enabled' | 'omit'>[]
  /** Names that the request wants nobody to send. */
  readonly omitted: readonly string[]
  /** What two names have in common where they are the same: header names by any case. */
  readonly keyOf: (name: string) => string
}

/**
 * Every inherited row that is enabled, the outermost layer first, each layer in its order. A row is hidden where a nearer
 * layer, or the request, has its name.
 *
 * @param layers the nearest first
 */
export function inheritedRows(layers: readonly RowLayer[], own: OwnRows): InheritedRow[] {
  if (layers.every(({ rows }) => rows.length === 0)) return []
  const taken = new Map<string, InheritedRow['hiddenBy']>()
  for (const name of [...takenNames(own.rows, own.keyOf), ...own.omitted.map(own.keyOf)]) taken.set(name, undefined)
  const kept: InheritedRow[][] = []
  for (const { rows, origin } of layers) {
    const shown = rows.filter((row) => row.enabled && row.omit !== true && row.name !== '')
    kept.unshift(
      shown.map((row) => {
        const hiddenBy = taken.get(own.keyOf(row.name))
        return { row, origin, hidden: taken.has(own.keyOf(row.name)), ...(hiddenBy && { hiddenBy }) }
      }),
    )
    for (const key of takenNames(rows, own.keyOf)) {
      if (taken.has(key)) continue
      const omits = rows.some((row) => row.enabled && row.omit === true && own.keyOf(row.name) === key)
      taken.set(key, { origin, omits })
    }
  }
  return kept.flat()
}

/** The names that are not to be sent at all, whoever adds them: those omitted and not given again by something nearer. */
export function omittedNames(layers: readonly RowLayer[], own: OwnRows): Set<string> {
  const omitted = new Set(own.omitted.map(own.keyOf))
  if (layers.every(({ rows }) => rows.length === 0) && !own.rows.some(({ omit }) => omit === true)) return omitted
  const decided = new Set<string>()
  for (const rows of [own.rows, ...layers.map((layer) => layer.rows)]) {
    const here = rows.filter((row) => row.enabled && row.name !== '')
    for (const row of here) if (row.omit === true && !decided.has(own.keyOf(row.name))) omitted.add(own.keyOf(row.name))
    for (const row of here) decided.add(own.keyOf(row.name))
  }
  return omitted
}

function takenNames(rows: OwnRows['rows'], keyOf: OwnRows['keyOf']): Set<string> {
  return new Set(rows.filter((row) => row.enabled && row.name !== '').map((row) => keyOf(row.name)))
}
