/** The name that was most likely meant by one that is not there. */

/** @returns null where none is close */
export function likelyName(wrong: string, known: readonly string[]): string | null {
  const wanted = wrong.toLowerCase()
  const limit = Math.max(1, Math.floor(wanted.length / 4))
  let best: { name: string; distance: number } | null = null
  for (const name of known) {
    if (Math.abs(name.length - wanted.length) > limit) continue
    const distance = editDistance(wanted, name.toLowerCase())
    if (distance <= limit && (best === null || distance < best.distance)) best = { name, distance }
  }
  return best?.name ?? null
}

/** Levenshtein's, over characters as the text has them. */
function editDistance(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_none, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (before[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      now.push(Math.min(replaced, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1))
    }
    before = now
  }
  return before[other.length] ?? 0
}
