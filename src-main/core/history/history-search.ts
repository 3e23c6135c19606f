/**
 * From what a person types into the search box to what SQLite's full-text index is asked. Every text gives a question
 * that can be asked: nothing a person types is syntax but the quotes around a phrase.
 */

/** What the index takes for the letters of a word (unicode61: letters, numbers, private use). */
const IN_WORDS = /[\p{L}\p{N}\p{Co}]/u
/** The index looks for parts of a URL by three characters. */
const SHORTEST_PART = 3
/** Scripts that put no space between words: each character is indexed as a word of its own. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu
const ESCAPED_CHARACTER = /\\u([0-9a-fA-F]{4})/g
/** No one looks for what stands in the middle of an image in Base64. */
const LONG_RUN = /[A-Za-z0-9+/_-]{200,}={0,2}/g

/** What to look for; a null part finds nothing by itself. */
export interface Search {
  /** For `words`: all words, each the beginning of one. */
  readonly words: string | null
  /** For `urls`: the text as it stands, anywhere in a URL. */
  readonly part: string | null
}

/** @returns null where there is nothing to look for */
export function searchFor(typed: string): Search | null {
  const text = typed.replaceAll('\0', ' ').trim()
  if (text === '') return null
  const terms = [...text.matchAll(/"([^"]*)"?|([^\s"]+)/g)].flatMap(([, phrase, word]) =>
    phrase === undefined ? termOf(word ?? '', true) : termOf(phrase, false),
  )
  const bare = text.replaceAll('"', '')
  return {
    words: terms.length === 0 ? null : terms.join(' AND '),
    part: [...bare].length < SHORTEST_PART ? null : quoted(bare),
  }
}

/** Text made ready for the index: escaped characters as themselves, and scripts without spaces character by character. */
export function indexable(text: string): string {
  const shorter = text.length < 200 ? text : text.replace(LONG_RUN, ' ')
  const plain = shorter.includes('\\')
    ? shorter
        .replace(ESCAPED_CHARACTER, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)))
        .replace(/\\[nrtbf]/g, ' ')
        .toWellFormed()
    : shorter
  return spaced(plain)
}

function termOf(text: string, isBeginning: boolean): string[] {
  if (!IN_WORDS.test(text)) return []
  const apart = spaced(text)
  // One letter begins too many words to be of use.
  const last = /[\p{L}\p{N}\p{Co}]+$/u.exec(apart)?.[0] ?? ''
  return [quoted(apart) + (isBeginning && last.length > 1 ? '*' : '')]
}

function spaced(text: string): string {
  return text.replace(UNSPACED, ' $& ')
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
