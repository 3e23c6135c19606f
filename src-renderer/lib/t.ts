/**
 * What the window says, in the language that was chosen. A text stands where it is used, in English, marked by a tag. Its
 * English is its key, `%{0}` for the first of its values, so that a window in English needs no catalogue. That of another
 * language is there before anything else of the window runs (`main.ts`): a text among the constants of a module is in that
 * language too. Whoever chooses another loads the window anew.
 */
import { createElement, Fragment, type ReactNode } from 'react'

/** The text of a key with these values in it; null: the catalogue has none. */
export type Translate = (key: string, values: readonly string[]) => string | null

/** No text has these. */
const MARK = '\u0002'

let translate: Translate | null = null
let tag: string | null = null

/** From now on texts are asked for here, and are in the language of this tag (BCP 47); null: they are in English. */
export function translateBy(next: Translate | null, language: string | null = null): void {
  translate = next
  tag = language
}

/** For what `Intl` writes among the texts. English has the order of day and month, and the clock, that are read alike everywhere. */
export function localeOfTexts(): string {
  return tag ?? 'en-GB'
}

/** What is made of texts in English, whatever the window's language; null where that is English. */
export function inEnglish<Made>(make: () => Made): Made | null {
  if (translate === null) return null
  const own = translate
  translate = null
  try {
    return make()
  } finally {
    translate = own
  }
}

/** A text, with values in it: `` t`Saved ${name}` ``. Values stay as they are: no number is formatted, no word bent. */
export function t(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  if (translate === null && values.length === 0) return parts[0] ?? ''
  return said(parts, values.map(String))
}

/** A text with elements among its words: `` rich`Press ${<kbd>Esc</kbd>} to close` ``. */
export function rich(parts: TemplateStringsArray, ...values: readonly ReactNode[]): ReactNode {
  // The order of the values may be another one, so that their places are marked first.
  const text = said(
    parts,
    values.map((_value, index) => `${MARK}${index}${MARK}`),
  )
  const pieces = text.split(MARK).map((piece, index) => (index % 2 === 0 ? piece : values[Number(piece)]))
  return createElement(Fragment, null, ...pieces)
}

/** The key of a text, by the pieces between its values. */
export function keyOf(parts: readonly string[]): string {
  return parts.reduce((key, part, index) => `${key}%{${index - 1}}${part}`)
}

function said(parts: TemplateStringsArray, values: readonly string[]): string {
  return translate?.(keyOf(parts), values) ?? String.raw({ raw: parts }, ...values)
}
