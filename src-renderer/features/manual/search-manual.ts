/**
 * What a search of the manual finds, the best first: sections whose heading has all the words, those whose text has them as
 * they were typed, those whose text has them anywhere, and headings that have the letters with gaps between, for who mistypes.
 */
import { holdsAll, wordsOf } from '../../lib/find-words.ts'
import { createFuzzySearch } from '../../lib/fuzzy-search.ts'
import { isDecision } from './manual-pages.ts'
import type { ManualSection } from './manual-sections.ts'

export interface FoundSection {
  readonly section: ManualSection
  /** Of its text, around what was found; its beginning where only the heading has it. */
  readonly snippet: string
}

/** Letters before what was found, and in all. */
const LEAD = 32
const SNIPPET = 130
const MOST = 60

/** Prepared once for all that is typed. */
export function manualSearch(sections: readonly ManualSection[]): (typed: string) => readonly FoundSection[] {
  const byName = createFuzzySearch([...sections], { getText: ({ heading }: ManualSection) => [heading] })
  return (typed) => {
    const words = wordsOf(typed)
    if (words.length === 0) return []
    const phrase = words.join(' ')
    const rankOf = (section: ManualSection): number | null => {
      const later = isDecision(section.page) ? 0.5 : 0
      if (holdsAll(section.heading, words)) return 0 + later
      if (section.text.toLowerCase().includes(phrase)) return 1 + later
      return holdsAll(`${section.page.title} ${section.heading} ${section.text}`, words) && holdsAny(section.text, words) ? 2 + later : null
    }
    const ranked = sections.flatMap((section) => {
      const rank = rankOf(section)
      return rank === null ? [] : [{ section, rank }]
    })
    const found = new Set(ranked.map(({ section }) => section))
    const alike = byName(typed).flatMap(({ item }) => (found.has(item) ? [] : [{ section: item, rank: 3 }]))
    return [...ranked, ...alike]
      .toSorted((one, other) => one.rank - other.rank)
      .slice(0, MOST)
      .map(({ section }) => ({ section, snippet: snippetOf(section.text, [phrase, ...words]) }))
  }
}

function holdsAny(text: string, words: readonly string[]): boolean {
  return words.some((word) => holdsAll(text, [word]))
}

/** @param wanted what to show, the most wanted first */
function snippetOf(text: string, wanted: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const low = line.toLowerCase()
  const at = wanted.map((one) => low.indexOf(one)).find((place) => place >= 0) ?? 0
  // Begun at a word, so that no half one is read.
  const from = at <= LEAD ? 0 : line.indexOf(' ', at - LEAD) + 1
  const piece = line.slice(from, from + SNIPPET)
  return `${from > 0 ? '…' : ''}${piece}${from + SNIPPET < line.length ? '…' : ''}`
}
