/** Which entries of the palette were used last: kept by the browser, since it is of this machine's habits and no setting. */

const KEY = 'posthaste.recent'
const MOST = 30

/** Keys of entries, the last used first. */
export function recentEntries(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}

/** An entry was used. */
export function entryUsed(key: string): void {
  const next = [key, ...recentEntries().filter((other) => other !== key)].slice(0, MOST)
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // A browser may refuse storage; then the order is that of the table.
  }
}
