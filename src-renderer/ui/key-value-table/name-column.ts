/**
 * How wide the names of a table are: two fifths, or what the longest needs as long as values keep theirs. A part that shows
 * other rows beside the table has the width, too (`nameColumn` as its style), so that all stand below each other.
 */
import type { CSSProperties } from 'react'

/** Longer ones are cut: nobody reads a table of names by its widest. */
const LONGEST = 40

export type NameColumn = CSSProperties & Readonly<Record<'--name-need' | '--name-column' | '--name-column-narrow', string>>

export function nameColumn(rows: readonly { readonly name: string }[]): NameColumn {
  const longest = rows.reduce((most, { name }) => Math.max(most, widthOf(name)), 0)
  // A character of the code font is 0.6 of its size; the rest is the padding of the field.
  const need = `calc(${Math.min(LONGEST, longest)} * 0.6 * var(--size-code) + 20px)`
  return {
    '--name-need': need,
    '--name-column': `max((100% - 70px) * 0.4, min(${need}, (100% - 70px) * 0.6))`,
    '--name-column-narrow': `max((100% - 62px) * 0.5, min(${need}, (100% - 62px) * 0.65))`,
  }
}

/** In characters of the code font; those of Chinese, Japanese and Korean are wider. */
function widthOf(name: string): number {
  return Math.ceil([...name].reduce((sum, character) => sum + (character > '\u2E7F' ? 1.7 : 1), 0))
}
