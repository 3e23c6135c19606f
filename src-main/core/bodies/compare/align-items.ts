/**
 * Which items of two lists belong together. Lists of records go by what identifies them (`id` and the like); others by
 * the longest run of items that both have in the same order, and what differs between those by likeness.
 */

export interface Items {
  /** Fingerprint of each: items with the same one are the same. */
  readonly keys: readonly string[]
  /** Fingerprint of a member of an item; undefined where it is no record, or has no such scalar. */
  readonly idOf: (place: number, name: string) => string | undefined
}

export interface Pair {
  /** Places in the lists; null where the other list has one more. */
  readonly left: number | null
  readonly right: number | null
  /** Both have it, and its place among the others is another. */
  readonly moved: boolean
}

/** How alike two items are, from 0 to 1; 0: they are never a pair. */
export type Likeness = (left: number, right: number) => number

/** Members that identify a record, the most telling first. */
const ID_NAMES: readonly string[] = ['id', '_id', 'uuid', 'guid', 'key', 'slug', 'code', 'name', 'href', 'url']

/** Cells of a table of lengths: some 20 ms. */
const MAX_CELLS = 1_000_000
/** Pairs that are looked at one by one for their likeness. */
const MAX_LIKENESSES = 2_500

/** @returns every item of both lists once, in the right list's order, those that are only on the left where they were */
export function alignItems(left: Items, right: Items, likeness: Likeness): Pair[] {
  const ids = sharedIds(left, right)
  return ids === null ? alignByRuns(left.keys, right.keys, likeness) : alignByIds(ids)
}

type Ids = readonly [left: readonly string[], right: readonly string[]]

/** What tells every record of both lists from the others of its list. */
function sharedIds(left: Items, right: Items): Ids | null {
  for (const name of ID_NAMES) {
    const a = idsOf(left, name)
    const b = a && idsOf(right, name)
    if (!a || !b) continue
    const known = new Set(a)
    if (b.some((id) => known.has(id))) return [a, b]
  }
  return null
}

/** The values of a member that every item has, and no two the same; null where that is not so. */
function idsOf({ keys, idOf }: Items, name: string): readonly string[] | null {
  if (keys.length === 0) return null
  const ids = new Set<string>()
  for (let place = 0; place < keys.length; place += 1) {
    const id = idOf(place, name)
    if (id === undefined || ids.has(id)) return null
    ids.add(id)
  }
  return [...ids]
}

function alignByIds([left, right]: Ids): Pair[] {
  const places = new Map(left.map((id, place) => [id, place]))
  const matches = right.map((id) => places.get(id) ?? null)
  const stays = new Set(risingRun(matches.filter((place) => place !== null)))
  const matched = new Set(matches)
  const pairs: Pair[] = []
  let next = 0
  const gone = (until: number): void => {
    for (; next < until; next += 1) if (!matched.has(next)) pairs.push({ left: next, right: null, moved: false })
  }
  matches.forEach((place, index) => {
    if (place !== null && stays.has(place)) {
      gone(place)
      next = place + 1
    }
    pairs.push({ left: place, right: index, moved: place !== null && !stays.has(place) })
  })
  gone(left.length)
  return pairs
}

/** The longest run of numbers that rise, out of a list without doubles (patience sorting). */
function risingRun(values: readonly number[]): number[] {
  const tops: number[] = []
  const before = new Map<number, number | undefined>()
  for (const value of values) {
    let [from, to] = [0, tops.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((tops[middle] ?? 0) < value) from = middle + 1
      else to = middle
    }
    before.set(value, tops[from - 1])
    tops[from] = value
  }
  const run: number[] = []
  for (let value = tops.at(-1); value !== undefined; value = before.get(value)) run.push(value)
  return run.reverse()
}

function alignByRuns(left: readonly string[], right: readonly string[], likeness: Likeness): Pair[] {
  const pairs: Pair[] = []
  let [a, b] = [0, 0]
  for (const [nextA, nextB] of [...commonPlaces(left, right), [left.length, right.length] as const]) {
    pairs.push(...alignGap([a, nextA], [b, nextB], likeness))
    if (nextA < left.length && nextB < right.length) pairs.push({ left: nextA, right: nextB, moved: false })
    ;[a, b] = [nextA + 1, nextB + 1]
  }
  return pairs
}

type Places = readonly (readonly [left: number, right: number])[]

/** Places of items that both have, in order. */
function commonPlaces(left: readonly string[], right: readonly string[]): Places {
  const isSame = (a: number, b: number): boolean => left[a] === right[b]
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && isSame(start, start)) start += 1
  let end = 0
  while (end < shorter - start && isSame(left.length - 1 - end, right.length - 1 - end)) end += 1
  const head = Array.from({ length: start }, (_, index) => [index, index] as const)
  const tail = Array.from({ length: end }, (_, index) => [left.length - end + index, right.length - end + index] as const)
  const [rows, columns] = [left.length - start - end, right.length - start - end]
  const middle = rows * columns > MAX_CELLS ? anchors(left, right, start, end) : longestRun(start, rows, columns, isSame)
  return [...head, ...middle, ...tail]
}

/** By a table of lengths (Wagner and Fischer). */
function longestRun(start: number, rows: number, columns: number, isSame: (a: number, b: number) => boolean): Places {
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  for (let a = rows - 1; a >= 0; a -= 1) {
    for (let b = columns - 1; b >= 0; b -= 1) {
      const below = (a + 1) * width + b
      lengths[a * width + b] = isSame(start + a, start + b)
        ? (lengths[below + 1] ?? 0) + 1
        : Math.max(lengths[below] ?? 0, lengths[a * width + b + 1] ?? 0)
    }
  }
  const places: (readonly [number, number])[] = []
  for (let [a, b] = [0, 0]; a < rows && b < columns;) {
    if (isSame(start + a, start + b)) places.push([start + a++, start + b++])
    else if ((lengths[(a + 1) * width + b] ?? 0) >= (lengths[a * width + b + 1] ?? 0)) a += 1
    else b += 1
  }
  return places
}

/** In long lists: items that stand once in both, as far as they come in the same order. */
function anchors(left: readonly string[], right: readonly string[], start: number, end: number): Places {
  const once = (items: readonly string[]): Map<string, number> => {
    const found = new Map<string, number>()
    const twice = new Set<string>()
    for (let place = start; place < items.length - end; place += 1) {
      const key = items[place] ?? ''
      if (found.has(key)) twice.add(key)
      found.set(key, place)
    }
    for (const key of twice) found.delete(key)
    return found
  }
  const [inLeft, inRight] = [once(left), once(right)]
  const rightOf = new Map<number, number>()
  for (const [key, place] of inRight) {
    const other = inLeft.get(key)
    if (other !== undefined) rightOf.set(other, place)
  }
  const run = risingRun([...rightOf.keys()])
  return run.map((place) => [place, rightOf.get(place) ?? place] as const)
}

/** What stands between two items that both have: the likest become pairs, in order. */
function alignGap([a0, a1]: readonly [number, number], [b0, b1]: readonly [number, number], likeness: Likeness): Pair[] {
  const [rows, columns] = [a1 - a0, b1 - b0]
  if (rows === 0 || columns === 0 || rows * columns > MAX_LIKENESSES) return sideBySide([a0, a1], [b0, b1])
  const width = columns + 1
  const score = new Float64Array((rows + 1) * width)
  const like = new Float64Array(rows * columns)
  for (let a = rows - 1; a >= 0; a -= 1) {
    for (let b = columns - 1; b >= 0; b -= 1) {
      const likely = likeness(a0 + a, b0 + b)
      like[a * columns + b] = likely
      const paired = likely > 0 ? likely + (score[(a + 1) * width + b + 1] ?? 0) : -1
      score[a * width + b] = Math.max(paired, score[(a + 1) * width + b] ?? 0, score[a * width + b + 1] ?? 0)
    }
  }
  const pairs: Pair[] = []
  let [a, b] = [0, 0]
  while (a < rows || b < columns) {
    const likely = a < rows && b < columns ? (like[a * columns + b] ?? 0) : 0
    const here = score[a * width + b] ?? 0
    if (likely > 0 && here === likely + (score[(a + 1) * width + b + 1] ?? 0)) {
      pairs.push({ left: a0 + a++, right: b0 + b++, moved: false })
    } else if (a < rows && (b >= columns || here === (score[(a + 1) * width + b] ?? 0))) {
      pairs.push({ left: a0 + a++, right: null, moved: false })
    } else pairs.push({ left: null, right: b0 + b++, moved: false })
  }
  return pairs
}

function sideBySide([a0, a1]: readonly [number, number], [b0, b1]: readonly [number, number]): Pair[] {
  return Array.from({ length: Math.max(a1 - a0, b1 - b0) }, (_, index) => ({
    left: a0 + index < a1 ? a0 + index : null,
    right: b0 + index < b1 ? b0 + index : null,
    moved: false,
  }))
}
