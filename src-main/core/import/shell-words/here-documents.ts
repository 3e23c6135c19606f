/** Here-documents of a shell: the mark, `<<EOF`, and the lines up to it. */

export interface HereDocument {
  readonly end: string
  /** The mark is quoted: nothing in the lines is expanded. */
  readonly isPlain: boolean
  /** `<<-` takes tabs from the start of lines. */
  readonly stripsTabs: boolean
  /** What is read from the lines goes here. */
  readonly given: { readonly kind: 'text'; text: string }
}

export const HERE_MARK = /<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|(\\?[^\s'"<>|&;()]+))/y

/** @param mark a match of `HERE_MARK` */
export function hereDocumentOf([, dash, single, double, bare = '']: RegExpExecArray, given: HereDocument['given']): HereDocument {
  return {
    end: single ?? double ?? bare.replace(/^\\/, ''),
    isPlain: single !== undefined || double !== undefined || bare.startsWith('\\'),
    stripsTabs: dash === '-',
    given,
  }
}

/** The lines from `start` up to the mark, or to the end as shells take it, and where what stands behind begins. */
export function hereLines(
  text: string,
  start: number,
  { end, stripsTabs }: HereDocument,
): { readonly text: string; readonly next: number } {
  const lines: string[] = []
  let at = start
  while (at < text.length) {
    const close = text.indexOf('\n', at)
    const stop = close < 0 ? text.length : close
    const line = text.slice(at, stop)
    at = Math.min(stop + 1, text.length)
    const plain = stripsTabs ? line.replace(/^\t+/, '') : line
    if (plain === end) break
    lines.push(`${plain}\n`)
  }
  return { text: lines.join(''), next: at }
}
