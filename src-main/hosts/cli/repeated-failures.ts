/**
 * Which failures of a run a terminal need not tell again: a request that fails in each of a thousand iterations fails once for
 * whoever reads it. Remembered by their lines; where only failures are told, also by the checks that failed.
 */
import type { CheckLine } from '#contract/model/run-checks.ts'
import type { RunResult } from '#contract/model/run.ts'

/** Of those that fail in the same checks, with other values each time. */
const MOST_TOLD = 10
/** Different ones that are remembered. */
const MOST_KEPT = 1000

interface Kind {
  readonly name: string
  readonly first: RunResult
  told: number
  untold: number
}

export interface RepeatedFailures {
  /** Whether it is told in full, as being the same as an earlier one, or (null) not at all. */
  readonly see: (result: RunResult, checks: readonly CheckLine[], lines: string) => 'new' | RunResult | null
  /** Those that were not told at all. */
  readonly untold: () => readonly Pick<Kind, 'name' | 'first' | 'untold'>[]
}

/** @param isBrief whether what is not new is left out */
export function repeatedFailures(isBrief: boolean): RepeatedFailures {
  const byLines = new Map<string, RunResult>()
  const kinds = new Map<string, Kind>()
  const kindOf = (result: RunResult, checks: readonly CheckLine[]): Kind => {
    const failed = checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
    const key = JSON.stringify([result.item, result.error?.kind, failed])
    const kind = kinds.get(key) ?? { name: result.name, first: result, told: 0, untold: 0 }
    if (kinds.size < MOST_KEPT) kinds.set(key, kind)
    return kind
  }
  return {
    see: (result, checks, lines) => {
      const kind = kindOf(result, checks)
      const key = `${result.item} ${lines}`
      const same = byLines.get(key)
      if (isBrief && (same !== undefined || kind.told >= MOST_TOLD)) {
        kind.untold += 1
        return null
      }
      kind.told += 1
      if (same === undefined && byLines.size < MOST_KEPT) byLines.set(key, result)
      return same ?? 'new'
    },
    untold: () => [...kinds.values()].filter(({ untold }) => untold > 0),
  }
}
