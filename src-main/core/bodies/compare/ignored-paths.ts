/**
 * Paths whose values are not compared, such as times and ids that are new with each answer. A pattern is a path of
 * names and indexes (`$.meta.took`, `$.items[*].id`, `$..updatedAt`, `["a b"]`); a bare name means a member of that
 * name anywhere.
 */

type Part =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'deep' }

/** How far each pattern has come on the way to a value: pairs of its index and the parts that are matched. */
export type Progress = readonly (readonly [pattern: number, matched: number])[]

export interface IgnoredPaths {
  /** At the whole, before any step. */
  readonly start: Progress
  /** One step further in: the name of a member, or the index of an item. */
  readonly step: (progress: Progress, step: string | number) => Progress
  /** Whether a pattern ends at the value that was come to. */
  readonly isIgnored: (progress: Progress) => boolean
}

const PART = /\.\.|\.?\[(?:\*|(\d+)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\]|\.?(\*)|\.?([^.[\]*]+)/y

/** @returns null where the text is no path */
function partsOf(pattern: string): readonly Part[] | null {
  const text = pattern.trim()
  const isBare = /^[^$.[\]*]+$/.test(text)
  const parts: Part[] = isBare || text.startsWith('[') || !text.startsWith('$') ? [{ kind: 'deep' }] : []
  let at = text.startsWith('$') ? 1 : 0
  while (at < text.length) {
    PART.lastIndex = at
    const found = PART.exec(text)
    if (!found) return null
    const [whole, index, double, single, star, name] = found
    at += whole.length
    if (whole === '..') parts.push({ kind: 'deep' })
    else if (index !== undefined) parts.push({ kind: 'index', index: Number(index) })
    else if (double !== undefined) parts.push({ kind: 'name', name: double.replace(/\\(.)/g, '$1') })
    else if (single !== undefined) parts.push({ kind: 'name', name: single.replace(/\\(.)/g, '$1') })
    else if (name !== undefined) parts.push({ kind: 'name', name })
    else if (star !== undefined || whole.includes('*')) parts.push({ kind: 'any' })
  }
  const last = parts.at(-1)
  return last === undefined || last.kind === 'deep' ? null : parts
}

/** Patterns that are none are left out. */
export function ignoredPaths(patterns: readonly string[]): IgnoredPaths {
  const all = patterns.flatMap((pattern) => {
    const parts = partsOf(pattern)
    return parts ? [parts] : []
  })
  return {
    start: all.map((_, index) => [index, 0] as const),
    step: (progress, step) => {
      const next: (readonly [number, number])[] = []
      const add = (pattern: number, matched: number): void => {
        if (!next.some(([p, m]) => p === pattern && m === matched)) next.push([pattern, matched])
      }
      for (const [pattern, matched] of progress) {
        const parts = all[pattern] ?? []
        const part = parts[matched]
        if (part?.kind === 'deep') {
          add(pattern, matched)
          const behind = parts[matched + 1]
          if (behind && fits(behind, step)) add(pattern, matched + 2)
        } else if (part && fits(part, step)) add(pattern, matched + 1)
      }
      return next
    },
    isIgnored: (progress) => progress.some(([pattern, matched]) => matched === all[pattern]?.length),
  }
}

function fits(part: Part, step: string | number): boolean {
  if (part.kind === 'any') return true
  return part.kind === 'name' ? part.name === step : part.kind === 'index' && part.index === step
}
