/** Words that were typed to search by, and the places of a text where they stand. Pure. */

export interface TextPiece {
  readonly text: string
  readonly isFound: boolean
}

/** What was typed, cut at blanks; each word once, capitals made small. */
export function wordsOf(typed: string): readonly string[] {
  return [...new Set(typed.toLowerCase().split(/\s+/u).filter(Boolean))]
}

/** Whether a text holds all of the words, wherever. */
export function holdsAll(text: string, words: readonly string[]): boolean {
  const low = text.toLowerCase()
  return words.every((word) => low.includes(word))
}

/** A text cut where the words begin and end, for showing them. */
export function piecesWith(text: string, words: readonly string[]): readonly TextPiece[] {
  if (words.length === 0 || text === '') return text === '' ? [] : [{ text, isFound: false }]
  // The longest first: of two that begin alike the whole one is to be marked.
  const any = words.toSorted((one, other) => other.length - one.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return text
    .split(new RegExp(`(${any.join('|')})`, 'giu'))
    .map((piece, at) => ({ text: piece, isFound: at % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}
