/** A URL that was broken over several lines, as mail programs and terminals do, in one piece. */

/** The text without its line breaks and the indentation after them, and without white space around it. */
export function joinedLines(text: string): string {
  return text.replace(/[ \t]*[\r\n\u2028\u2029]+[ \t]*/g, '').trim()
}

interface PastedAddress {
  readonly text: string
  /** What was made of several lines, in words; null where there was one. */
  readonly note: string | null
}

const WHOLE_URL = /^[a-z][a-z\d+.-]*:\/\/\S+$/i

/** What a pasted text becomes in the one line of an address: of several addresses the first, else all lines in one. */
export function pastedAddress(text: string): PastedAddress {
  const lines = text.split(/[\r\n\u2028\u2029]+/).flatMap((line) => line.trim() || [])
  const [first = ''] = lines
  if (lines.length < 2) return { text: joinedLines(text), note: null }
  if (lines.every((line) => WHOLE_URL.test(line))) return { text: first, note: `Of ${lines.length} pasted addresses, the first was taken.` }
  return { text: joinedLines(text), note: `${lines.length} pasted lines were joined to one address.` }
}

/** Whether an address is still being begun: empty, or part of `https://`. Not worth a complaint yet. */
export function isBarelyBegun(url: string): boolean {
  const text = url.trim().toLowerCase()
  return 'https://'.startsWith(text) || 'http://'.startsWith(text)
}
