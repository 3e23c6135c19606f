/** The rows of a list of lines: as wide as the view where long lines go on below. */
import { useEffect, useMemo, useState } from 'react'
import type { LineSource } from './line-source.ts'

/** A pane that is being resized is laid out once it rests, in milliseconds. */
const REST_MS = 60

/** `lines`: as they are; `fit`: long ones go on below; `whole`: in wide rows, which show what `lines` may cut. */
export type LineLayout = 'lines' | 'fit' | 'whole'

interface LaidOut {
  readonly lines: LineSource
  readonly layout: LineLayout
  readonly source: LineSource
}

/** Columns to a row of a list that is as wide as that, not as the view: of lines that would be cut otherwise. */
const WIDE_ROW = 1000

/**
 * The lines laid out; as they are until their rows are there. Where only the width changes, the rows before it stay until then.
 *
 * @param fitting columns that fit the view, at least 10
 */
export function useLaidOut(
  lines: LineSource,
  layout: LineLayout,
  fitting: number,
): { readonly source: LineSource; readonly isPending: boolean } {
  const [made, setMade] = useState<LaidOut | null>(null)
  const columns = { lines: null, fit: fitting, whole: WIDE_ROW }[layout]
  const { wrapping } = lines
  const now = useMemo(() => (columns !== null && wrapping.kind === 'now' ? wrapping.wrap(columns) : null), [wrapping, columns])
  useEffect(() => {
    if (columns === null || wrapping.kind !== 'later') return
    const abort = new AbortController()
    const layOut = async (): Promise<void> => {
      const source = await wrapping.wrap(columns, abort.signal)
      if (source !== null && !abort.signal.aborted) setMade({ lines, layout, source })
    }
    const timer = setTimeout(() => void layOut(), REST_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [lines, layout, wrapping, columns])
  if (columns === null) return { source: lines, isPending: false }
  if (now !== null) return { source: now, isPending: false }
  const isMade = made?.lines === lines && made.layout === layout
  return isMade ? { source: made.source, isPending: false } : { source: lines, isPending: wrapping.kind === 'later' }
}
