/**
 * What a search of the manual finds, the best first: sections whose heading has all the words, those whose text has them as
 * they were typed, those whose text has them anywhere (a text in Chinese has no blanks: there the words of it), and headings that have the letters with gaps between, for who mistypes.
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

/** Words of grammar, which join others and say nothing themselves. */
const JOINING = new Set(['的', '和', '与', '或', '在', '了', '是'])
const HAN = /\p{Script=Han}/u

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
    const parts = words.flatMap(partsOf)
    const rankOf = (section: ManualSection): number | null => {
      const later = isDecision(section.page) ? 0.5 : 0
      if (holdsAll(section.heading, words)) return 0 + later
      if (section.text.toLowerCase().includes(phrase)) return 1 + later
      return holdsAll(`${section.page.title} ${section.heading} ${section.text}`, parts) && holdsAny(section.text, parts) ? 2 + later : null
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
      .map(({ section }) => ({ section, snippet: snippetOf(section.text, [phrase, ...words, ...parts]) }))
  }
}

/** What is marked in what was found. */
export function wordsToFind(typed: string): readonly string[] {
  const words = wordsOf(typed)
  return [...new Set([...words, ...words.flatMap(partsOf)])]
}

/**
 * The words of what was typed without blanks, in a language that has none. Signs that stand alone are taken together: they are
 * a word that the dictionary lacks; a single one beside words says little.
 */
function partsOf(word: string): readonly string[] {
  if (!HAN.test(word)) return [word]
  const parts: string[] = []
  let wasSign = false
  for (const { segment, isWordLike } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(word)) {
    const isSign = segment.length === 1 && HAN.test(segment) && !JOINING.has(segment)
    const last = parts.at(-1)
    if (isSign && wasSign && last !== undefined) parts[parts.length - 1] = last + segment
    else if (isWordLike === true && !JOINING.has(segment)) parts.push(segment)
    wasSign = isSign
  }
  const words = parts.filter((part) => part.length > 1 || !HAN.test(part))
  return words.length > 0 ? words : [word]
}

function holdsAny(text: string, words: readonly string[]): boolean {
  return words.some((word) => holdsAll(text, [word]))
}

/** @param wanted what to show, the most wanted first */
function snippetOf(text: string, wanted: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const low = line.toLowerCase()
  const at = wanted.map((one) => low.indexOf(one)).find((place) => place >= 0) ?? 0
  // Begun at a word, so that no half one is read; anywhere, where there are no blanks.
  const blank = line.indexOf(' ', at - LEAD)
  const from = at <= LEAD ? 0 : blank < 0 || blank >= at ? at - LEAD : blank + 1
  const piece = line.slice(from, from + SNIPPET)
  return `${from > 0 ? '…' : ''}${piece}${from + SNIPPET < line.length ? '…' : ''}`
}
