/**
 * The order of items in a folder: by `seq`, then name, folders included, as the tree shows them and `run` goes through
 * them; and which numbers to change so that a wanted order holds.
 */

export interface Ordered {
  readonly name: string
  readonly seq: number | undefined
  readonly isFolder: boolean
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * Compare two siblings. Where numbers are missing it goes as in Bruno: folders without one come first, requests
 * without one last.
 */
export function compareItems(one: Ordered, other: Ordered): number {
  return rank(one) - rank(other) || byName.compare(one.name, other.name) || compareText(one.name, other.name)
}

/**
 * The numbers for siblings in a wanted order: as few as possible differ from what they have.
 *
 * @param seqs what they have now, in the wanted order
 */
export function numbersFor(seqs: readonly (number | undefined)[]): number[] {
  const kept = new Set(longestKeepable(seqs))
  const numbers: number[] = []
  seqs.forEach((seq, index) => {
    const previous = numbers[index - 1] ?? 0
    numbers.push(kept.has(index) && seq !== undefined ? seq : previous + 1)
  })
  return numbers
}

/**
 * Positions whose numbers can stay: the longest run that rises and leaves room for those between. With `seq - position`
 * in place of `seq`, that is the longest run that never falls (patience sorting).
 */
function longestKeepable(seqs: readonly (number | undefined)[]): number[] {
  const tails: number[] = []
  const previous = new Map<number, number | undefined>()
  const slack = (index: number): number => (seqs[index] ?? 0) - index
  seqs.forEach((seq, index) => {
    if (!isUsable(seq) || slack(index) < 1) return
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (slack(tails[middle] ?? 0) <= slack(index)) low = middle + 1
      else high = middle
    }
    previous.set(index, tails[low - 1])
    tails[low] = index
  })
  const chain: number[] = []
  for (let index = tails.at(-1); index !== undefined; index = previous.get(index)) chain.unshift(index)
  return chain
}

function rank(item: Ordered): number {
  if (isUsable(item.seq)) return item.seq
  return item.isFolder ? 0 : Number.MAX_SAFE_INTEGER
}

function isUsable(seq: number | undefined): seq is number {
  return seq !== undefined && Number.isSafeInteger(seq) && seq > 0
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
