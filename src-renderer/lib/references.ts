/** `{{name}}` in a text that is typed: where its references stand, and the one that is being typed at the cursor. */

export interface Reference {
  readonly name: string
  /** Offsets in the text, braces included. */
  readonly start: number
  readonly end: number
}

/** A reference without its end, or the one the cursor stands in, as far as it is typed. */
export interface OpenReference {
  /** Between the braces and the cursor. */
  readonly typed: string
  /** What a chosen name takes the place of. */
  readonly start: number
  readonly end: number
}

/** The rule of core (`prepare/references.ts`): a name holds no braces. */
const REFERENCE = /\{\{\s*([^{}]*?)\s*\}\}/g

export function referencesIn(text: string): readonly Reference[] {
  if (!text.includes('{{')) return []
  return [...text.matchAll(REFERENCE)].map((match) => ({
    name: match[1] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** Whether a text is made of references alone: then there is nothing in it to keep from being seen. */
export function isOnlyReferences(text: string): boolean {
  return text.startsWith('{{') && text.replace(REFERENCE, '') === ''
}

/** The reference that is being typed where the cursor stands; null where none is. */
export function openReferenceAt(text: string, cursor: number): OpenReference | null {
  const before = /\{\{\s*([^{}]*)$/.exec(text.slice(0, cursor))
  if (!before) return null
  const rest = /^[^{}\s]*\s*\}\}/.exec(text.slice(cursor))
  return { typed: before[1] ?? '', start: before.index, end: cursor + (rest?.[0].length ?? 0) }
}
