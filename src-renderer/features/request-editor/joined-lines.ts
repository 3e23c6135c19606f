/** A URL that was broken over several lines, as mail programs and terminals do, in one piece. */

/** The text without its line breaks and the indentation after them, and without white space around it. */
export function joinedLines(text: string): string {
  return text.replace(/[ \t]*[\r\n\u2028\u2029]+[ \t]*/g, '').trim()
}

/** The address with the scheme it lacks. The rest stays as typed. */
export function withHttps(url: string): string {
  return `https://${url.trim().replace(/^:?\/*/, '')}`
}

/** Whether an address is still being begun: empty, or part of `https://`. Not worth a complaint yet. */
export function isBarelyBegun(url: string): boolean {
  const text = url.trim().toLowerCase()
  return 'https://'.startsWith(text) || 'http://'.startsWith(text)
}
