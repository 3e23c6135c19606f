/**
 * What typing finds in the palette, the best first: letters in their order with gaps between, words in any order, by
 * microfuzz; of two that fit alike the one used last comes first. Prepared once, so that each key costs one look at the list.
 */
import { createFuzzySearch } from '../lib/fuzzy-search.ts'
import type { PaletteEntry } from './palette-entries.ts'

/** First and last index of letters that were found in the name. */
export type FoundRange = readonly [first: number, last: number]

export interface FoundEntry {
  readonly entry: PaletteEntry
  /** Of its name, in order; empty where it was found by something else. */
  readonly ranges: readonly FoundRange[]
  /** Its English name, where it was found by that. */
  readonly english?: { readonly text: string; readonly ranges: readonly FoundRange[] }
}

/** How much better a recent one is taken to be: less than the step from a word's beginning to its middle. */
const RECENT_BONUS = 0.3

/** So many are looked at in one go: a few milliseconds on a slow machine. */
const SLICE = 200

export interface PaletteSearch {
  /** All at once, for who cannot wait. */
  readonly now: (typed: string) => readonly FoundEntry[]
  /** In slices, between which the window can draw and take keys. */
  readonly inSlices: (typed: string) => Generator<undefined, readonly FoundEntry[]>
}

/** @param recent keys of entries, the last used first */
export function paletteSearch(entries: readonly PaletteEntry[], recent: readonly string[]): PaletteSearch {
  const places = new Map(recent.map((key, place) => [key, place]))
  const placeOf = ({ key }: PaletteEntry): number => places.get(key) ?? recent.length
  const isRecent = ({ key }: PaletteEntry): boolean => places.has(key)
  const used = entries.filter(isRecent).toSorted((one, other) => placeOf(one) - placeOf(other))
  const inOrder = [...used, ...entries.filter((entry) => !isRecent(entry))]
  const slices = Array.from({ length: Math.ceil(inOrder.length / SLICE) }, (_none, at) =>
    sliceSearch(
      inOrder.slice(at * SLICE, (at + 1) * SLICE),
      (entry) => (RECENT_BONUS * (recent.length - placeOf(entry))) / Math.max(1, recent.length),
    ),
  )
  function* inSlices(typed: string): Generator<undefined, readonly FoundEntry[]> {
    if (typed.trim() === '') return inOrder.map((entry) => ({ entry, ranges: [] }))
    const found: ScoredEntry[] = []
    for (const search of slices) {
      found.push(...search(typed))
      yield
    }
    // Of two that fit alike more of the shorter one was meant.
    return found.toSorted((one, other) => one.score - other.score || one.entry.label.length - other.entry.label.length)
  }
  const now = (typed: string): readonly FoundEntry[] => {
    const steps = inSlices(typed)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
    }
  }
  return { now, inSlices }
}

interface ScoredEntry extends FoundEntry {
  readonly score: number
}

/** A search of a few entries, prepared when it is first asked. */
function sliceSearch(entries: PaletteEntry[], bonusOf: (entry: PaletteEntry) => number): (typed: string) => readonly ScoredEntry[] {
  let search: ReturnType<typeof createFuzzySearch<PaletteEntry>> | null = null
  return (typed) => {
    search ??= createFuzzySearch(entries, { getText: (entry: PaletteEntry) => [textOf(entry), englishOf(entry)] })
    return search(typed).map(({ item, score, matches: [own, english] }) => ({
      entry: item,
      score: score - bonusOf(item),
      ranges: (own ?? []).filter(([, last]) => last < item.label.length),
      ...(!own && english && { english: { text: englishOf(item) ?? '', ranges: english } }),
    }))
  }
}

/** The name comes first, so that what is found in it counts most. */
function textOf(entry: PaletteEntry): string {
  return entry.kind === 'action' ? entry.label : `${entry.label} ${entry.method ?? ''} ${entry.path}`
}

function englishOf(entry: PaletteEntry): string | null {
  return entry.kind === 'action' ? (entry.action.english ?? null) : null
}

/** A name cut where what was found begins and ends, for showing it. */
export function piecesOf(label: string, ranges: readonly FoundRange[]): readonly { readonly text: string; readonly isFound: boolean }[] {
  const pieces: { text: string; isFound: boolean }[] = []
  let at = 0
  for (const [first, last] of ranges) {
    if (first > at) pieces.push({ text: label.slice(at, first), isFound: false })
    pieces.push({ text: label.slice(first, last + 1), isFound: true })
    at = last + 1
  }
  if (at < label.length) pieces.push({ text: label.slice(at), isFound: false })
  return pieces
}
