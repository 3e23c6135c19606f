/** What a search of the palette has found: made in slices after each key, so that typing never waits for a large workspace. */
import { useLayoutEffect, useState } from 'react'
import type { FoundEntry, PaletteSearch } from './palette-match.ts'

/** Milliseconds of work before the window has its turn. */
const TURN_MS = 8

interface Found {
  readonly search: PaletteSearch
  readonly typed: string
  readonly found: readonly FoundEntry[]
}

/** The last finished list; behind, while the one for what is typed is still being made. */
export function useFound(search: PaletteSearch, typed: string): { readonly found: readonly FoundEntry[]; readonly isBehind: boolean } {
  const [last, setLast] = useState<Found | null>(null)
  useLayoutEffect(() => {
    const steps = search.inSlices(typed)
    let timer = 0
    const turn = (): void => {
      const began = performance.now()
      for (;;) {
        const step = steps.next()
        if (step.done === true) return setLast({ search, typed, found: step.value })
        if (performance.now() - began > TURN_MS) break
      }
      timer = window.setTimeout(turn)
    }
    turn()
    return () => clearTimeout(timer)
  }, [search, typed])
  return { found: last?.found ?? [], isBehind: last === null || last.search !== search || last.typed !== typed }
}
