/**
 * Numbers that a file may have and an option cannot: beyond what is counted exactly (2^53 - 1), or without end. They become the
 * largest that can be, which is as good as no limit; a request that could not be shown for one number would be lost.
 */
const MOST = Number.MAX_SAFE_INTEGER

/** @returns the value itself where all of its numbers fit */
export function withFittingNumbers<T>(value: T): T {
  return fitting(value) as T
}

function fitting(value: unknown): unknown {
  if (typeof value === 'number') return Math.min(MOST, Math.max(-MOST, value))
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const fit = value.map(fitting)
    return fit.every((part, index) => part === value[index]) ? value : fit
  }
  const changed = Object.entries(value).flatMap(([key, part]: [string, unknown]): [string, unknown][] => {
    const fit = fitting(part)
    return fit === part ? [] : [[key, fit]]
  })
  // `fromEntries` defines keys, so that one named `__proto__` is one like any other.
  return changed.length === 0 ? value : Object.fromEntries([...Object.entries(value), ...changed])
}
