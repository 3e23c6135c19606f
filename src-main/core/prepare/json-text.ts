/** Checks the text of a JSON body. The text itself is never changed: what is typed is what is sent. */

export interface JsonFault {
  readonly message: string
  /** One-based; null where the engine does not say. */
  readonly line: number | null
  readonly column: number | null
}

/** What is wrong with a text as JSON (RFC 8259); null where nothing is. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const position = /position (\d+)/.exec(said)?.[1]
    const offset = position === undefined ? (/end of JSON input/.test(said) ? text.length : null) : Number(position)
    if (offset === null) return { message: plain(said), line: null, column: null }
    const before = text.slice(0, offset)
    const line = before.split('\n').length
    return { message: plain(said), line, column: offset - before.lastIndexOf('\n') }
  }
}

/** V8's words without the excerpt and the position, which are said in our own. */
function plain(said: string): string {
  return said
    .replace(/,? ?\.{0,3}"[\s\S]*"\.{0,3} is not valid JSON/, '')
    .replace(/ in JSON at position.*$/, '')
    .replace(/ at position.*$/, '')
    .trim()
}
