/** The rows of a list of lines: as wide as the view where long lines go on below, and the same place in sight when they change. */
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { ViewId } from '#contract/model/ids.ts'
import type { LineSource } from './line-source.ts'
import type { TextPoint } from './text-selection.ts'
import type { VirtualRowsHandle } from './virtual-rows.tsx'

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

/** What is gone to: a place of the text, and how far it reaches. */
export interface Target {
  readonly point: TextPoint
  readonly length: number
}

interface Moves {
  /** Where to go; the same object is gone to once. */
  readonly target: Target | null
  readonly source: LineSource
  /** Whose rows they are: another text begins at its top. */
  readonly viewId: ViewId
  readonly rows: RefObject<VirtualRowsHandle | null>
  /** The place of the text at the upper edge. */
  readonly topRef: RefObject<TextPoint>
  /** Set while the end is gone to. */
  readonly endRef: RefObject<boolean>
  /** Is told where the row of a target stands, once it is in sight. */
  readonly onShown: (row: TextPoint, target: Target) => void
  /** A target is in a part of its line that this source does not have: whether another source comes. */
  readonly onBeyond: () => boolean
}

/** The end was asked for of a text that is still growing, or whose rows are still being made: it is gone to until they are all there. */
export function useEnd(source: LineSource, isComing: boolean, rows: RefObject<VirtualRowsHandle | null>) {
  const isWanted = useRef(false)
  const { count } = source
  useLayoutEffect(() => {
    if (isWanted.current) rows.current?.toTop(count)
  }, [source, count, isComing, rows])
  // Behind the layout effects, of which one would keep the place that was in sight before these rows came.
  useEffect(() => {
    isWanted.current &&= isComing
  }, [source, count, isComing])
  return {
    isWanted,
    /** Any other key leads elsewhere. */
    onKeyDown: ({ key, target }: KeyboardEvent): void => {
      if (target !== rows.current?.scroller) return
      if (!['Control', 'Meta', 'Shift', 'Alt'].includes(key)) isWanted.current = isComing && key === 'End'
    },
    leave: (): void => {
      isWanted.current = false
    },
  }
}

/** Goes to places, and stays where one is when the same text comes in other rows. */
export function useMoves({ target, source, viewId, rows, topRef, endRef, onShown, onBeyond }: Moves): void {
  /** A target that waits for a source that has it. */
  const waiting = useRef<Target | null>(null)
  const move = useRef(0)
  const shown = useRef({ source, viewId })
  const show = useEffectEvent(async (wanted: Target) => {
    const { point } = wanted
    endRef.current = false
    const isBeyond = source.longest !== null && point.column + wanted.length > source.longest - 1
    if (isBeyond && onBeyond()) {
      waiting.current = wanted
      return
    }
    const own = (move.current += 1)
    // Where the lines do not go that far yet, others may stand in their place before they do.
    waiting.current = wanted
    const row = await source.place(point)
    if (own !== move.current || row === null) return
    waiting.current = null
    rows.current?.reveal(row.line)
    // Another source may come before the list has told where it was scrolled to.
    topRef.current = point
    onShown(row, wanted)
  })
  const keep = useEffectEvent(async (isOther: boolean) => {
    if (!isOther && waiting.current) return show(waiting.current)
    const own = (move.current += 1)
    if (isOther) {
      waiting.current = null
      endRef.current = false
      return rows.current?.toTop(0)
    }
    if (endRef.current) return
    const row = await source.place(topRef.current)
    if (row !== null && own === move.current && !endRef.current) rows.current?.toTop(row.line)
  })
  useLayoutEffect(() => {
    const before = shown.current
    shown.current = { source, viewId }
    if (before.source !== source) void keep(before.viewId !== viewId)
  }, [source, viewId])
  useEffect(() => {
    if (target !== null) void show(target)
  }, [target])
}
