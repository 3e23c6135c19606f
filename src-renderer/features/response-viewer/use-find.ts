/** Find in a list of lines: what is looked for, how far the search is, and where it leads. */
import { useEffect, useRef, useState } from 'react'
import { findInLines } from './find-lines.ts'
import { LONGEST_LINE, type LineSource } from './line-source.ts'
import type { TextPoint, TextSpan } from './text-selection.ts'

export interface Finding {
  readonly query: string
  readonly setQuery: (query: string) => void
  /** To the next match, or with -1 the one before. */
  readonly go: (step: 1 | -1) => void
  /** In words: where the match is, that there is none, or how far the search has come. */
  readonly status: string
}

const SOUGHT_PART = `the first ${LONGEST_LINE.toLocaleString('en-US')} characters of each line`

/** Typing on within this time is one search, in milliseconds. */
const TYPING_MS = 150

/**
 * @param source the lines as they are, not wrapped
 * @param onFound shows a match
 */
export function useFind(source: LineSource, onFound: (span: TextSpan) => void): Finding {
  const [query, setText] = useState('')
  const [status, setStatus] = useState('')
  const search = useRef<AbortController | null>(null)
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const place = useRef<TextSpan | null>(null)
  useEffect(
    () => () => {
      clearTimeout(typing.current)
      search.current?.abort()
    },
    [],
  )
  const run = async (wanted: string, from: TextPoint, step: 1 | -1): Promise<void> => {
    clearTimeout(typing.current)
    search.current?.abort()
    const abort = new AbortController()
    search.current = abort
    if (wanted === '') return setStatus('')
    const onProgress = (lines: number): void => setStatus(`Searching, ${Math.round((100 * lines) / source.count)} %`)
    let isCut = false
    const onCut = (): void => void (isCut = true)
    const found = await findInLines(source, wanted, { from, step, signal: abort.signal, onProgress, onCut })
    if (abort.signal.aborted) return
    const none = isCut ? `No match in ${SOUGHT_PART}` : 'No match'
    setStatus(found ? `Line ${(found.start.line + 1).toLocaleString('en-US')}` : none)
    if (!found) return
    place.current = found
    onFound(found)
  }
  return {
    query,
    status,
    setQuery: (next) => {
      setText(next)
      clearTimeout(typing.current)
      // From where the last match began, so that typing on stays at it as long as it fits.
      typing.current = setTimeout(() => void run(next, place.current?.start ?? { line: 0, column: 0 }, 1), TYPING_MS)
    },
    go: (step) => {
      const { start, end } = place.current ?? { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } }
      void run(query, step === 1 ? end : start, step)
    },
  }
}
