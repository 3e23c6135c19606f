/**
 * Which row of a changed table was which row before, so that a row that only moved or was edited keeps its comments
 * and its unknown keys in the file.
 */

/**
 * For each row of `after`, the index of its row in `before`, or null for a new one. Equal rows are matched first, then
 * rows of the same name, then what stands between the same neighbours.
 */
export function alignRows<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (row: T) => string,
  nameOf: (row: T) => string,
): (number | null)[] {
  const result: (number | null)[] = after.map(() => null)
  const free = new Set(before.keys())
  const take = (position: number, index: number): void => {
    result[position] = index
    free.delete(index)
  }
  matchInOrder(before, after, result, free, take, keyOf)
  matchInOrder(before, after, result, free, take, nameOf)
  matchNeighbours(after.length, before.length, result, free, take)
  return result
}

type Take = (position: number, index: number) => void

function matchInOrder<T>(
  before: readonly T[],
  after: readonly T[],
  result: readonly (number | null)[],
  free: ReadonlySet<number>,
  take: Take,
  keyOf: (row: T) => string,
): void {
  const waiting = new Map<string, number[]>()
  before.forEach((row, index) => {
    if (!free.has(index)) return
    const key = keyOf(row)
    const list = waiting.get(key)
    if (list) list.push(index)
    else waiting.set(key, [index])
  })
  after.forEach((row, position) => {
    if (result[position] !== null) return
    const index = waiting.get(keyOf(row))?.shift()
    if (index !== undefined) take(position, index)
  })
}

/** A row with a changed name follows the same row as before, or is followed by it. */
function matchNeighbours(
  afterLength: number,
  beforeLength: number,
  result: readonly (number | null)[],
  free: ReadonlySet<number>,
  take: Take,
): void {
  for (let position = 0; position < afterLength; position += 1) {
    if (result[position] !== null) continue
    const previous = position === 0 ? -1 : result[position - 1]
    if (previous !== null && previous !== undefined && free.has(previous + 1)) {
      take(position, previous + 1)
      continue
    }
    const next = position === afterLength - 1 ? beforeLength : result[position + 1]
    if (next !== null && next !== undefined && free.has(next - 1)) take(position, next - 1)
  }
}
