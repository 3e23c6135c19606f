/**
 * An address as it is copied from elsewhere, made the one line that it is: broken over several lines, as mail programs
 * and terminals do, or in the quotes of code and of curl, or in angle brackets.
 */

import { t } from '../../lib/t.ts'

/** The text without its line breaks and the indentation after them, and without white space around it. */
export function joinedLines(text: string): string {
  return text.replace(/[ \t]*[\r\n\u2028\u2029]+[ \t]*/g, '').trim()
}

export interface PastedAddress {
  readonly text: string
  /** What was made of several lines, in words; null where there was one. */
  readonly note: string | null
  /** The line with the quotes that `text` was freed of; null where there were none. */
  readonly quoted: string | null
}

const WHOLE_URL = /^[a-z][a-z\d+.-]*:\/\/\S+$/i

/** What a pasted text becomes in the one line of an address: of several addresses the first, else all lines in one. */
export function pastedAddress(pasted: string): PastedAddress {
  const lines = pasted.split(/[\r\n\u2028\u2029]+/).flatMap((line) => line.trim() || [])
  const [first = ''] = lines
  const isList = lines.length > 1 && lines.every((line) => WHOLE_URL.test(line))
  const line = isList ? first : joinedLines(pasted)
  const text = withoutQuotes(line)
  const note =
    lines.length < 2
      ? null
      : isList
        ? t`Of ${lines.length} pasted addresses, the first was taken.`
        : t`${lines.length} pasted lines were joined to one address.`
  return { text, note, quoted: text === line ? null : line }
}

/** A URL without the one pair of quotes or angle brackets around it; any other text as it is. */
function withoutQuotes(line: string): string {
  const match = /^(?:(["'`])(?<quoted>.*)\1|<(?<bracketed>.*)>)$/.exec(line)
  const inside = (match?.groups?.['quoted'] ?? match?.groups?.['bracketed'] ?? '').trim()
  // A quote of the same kind inside: two texts in quotes, not one.
  const isOne = !inside.includes(line.at(-1) ?? '')
  return isOne && WHOLE_URL.test(inside) ? inside : line
}

/** Whether an address is still being begun: empty, or part of `https://`. Not worth a complaint yet. */
export function isBarelyBegun(url: string): boolean {
  const text = url.trim().toLowerCase()
  return 'https://'.startsWith(text) || 'http://'.startsWith(text)
}
