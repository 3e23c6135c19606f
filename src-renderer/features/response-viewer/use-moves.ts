/** Going to places of a list of lines, and staying where one is when the same text comes in other rows. */
import { useEffect, useEffectEvent, useLayoutEffect, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import type { ViewId } from '#contract/model/ids.ts'
import { placeInWhole } from './carried-place.ts'
import type { LineSource } from './line-source.ts'
import type { TextPoint } from './text-selection.ts'
import { useFollowing } from './use-following.ts'
import type { VirtualRowsHandle } from './virtual-rows.tsx'

/** What is gone to: a place of the text, and how far it reaches. */
export interface Target {
  readonly point: TextPoint
  readonly length: number
}

interface End {
  /** Set while the end is gone to. */
  readonly isWanted: RefObject<boolean>
  readonly onKey: (key: string) => void
  readonly leave: () => void
}

/** Whoever moves leaves the end, and the place that is being kept and is not there yet. */
interface Moving {
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onWheel: () => void
  readonly onPointerDown: (event: PointerEvent) => void
}

interface Moves {
  /** Where to go; the same object is gone to once. */
  readonly target: Target | null
  readonly lines: LineSource
  /** Those lines as they are laid out. */
  readonly source: LineSource
  /** Whose lines they are; null: of a text that is on its way. */
  readonly viewId: ViewId | null
  /** Names the text: another one begins at its top. */
  readonly textKey: string
  readonly rows: RefObject<VirtualRowsHandle | null>
  /** The place of the text at the upper edge. */
  readonly topRef: RefObject<TextPoint>
  /** There is more to come of it. */
  readonly isComing: boolean
  /** Is told where the row of a target stands, once it is in sight. */
  readonly onShown: (row: TextPoint, target: Target) => void
  /** A target is in a part of its line that this source does not have: whether another source comes. */
  readonly onBeyond: () => boolean
}

interface EndOf extends Pick<Moves, 'source' | 'isComing' | 'rows'> {
  /** It comes as slowly as it is received: who scrolls to its end wants that, whatever comes. */
  readonly isFollowed: boolean
}

/** The end was asked for of a text that is still growing, or whose rows are still being made: it is gone to until they are all there. */
function useEnd({ source, isComing, isFollowed, rows }: EndOf): End {
  const isWanted = useRef(false)
  const { count } = source
  useLayoutEffect(() => {
    if (isWanted.current) rows.current?.toTop(count)
  }, [source, count, isComing, rows])
  // Behind the layout effects, of which one would keep the place that was in sight before these rows came.
  useEffect(() => {
    isWanted.current &&= isComing
  }, [source, count, isComing])
  useFollowing(rows, (follows) => {
    if (isFollowed) isWanted.current = follows
  })
  return {
    isWanted,
    /** Any other key leads elsewhere. */
    onKey: (key: string): void => {
      if (!['Control', 'Meta', 'Shift', 'Alt'].includes(key)) isWanted.current = isComing && key === 'End'
    },
    leave: (): void => {
      isWanted.current = false
    },
  }
}

/** The lines of a text that was on its way, and the line of them that was in sight. */
interface Carried {
  readonly lines: LineSource
  readonly top: TextPoint
}

const MOVES: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' '])

/** Goes to places, and stays where one is when the same text comes in other rows, or becomes whole. */
export function useMoves({ target, lines, source, viewId, textKey, rows, topRef, isComing, onShown, onBeyond }: Moves): Moving {
  const end = useEnd({ source, isComing, isFollowed: viewId === null, rows })
  const { isWanted: endRef } = end
  /** A target that waits for a source that has it. */
  const waiting = useRef<Target | null>(null)
  /** What was in sight while the text was on its way, until it is again. */
  const carried = useRef<Carried | null>(null)
  const move = useRef(0)
  const shown = useRef({ lines, source, viewId, textKey })
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
    carried.current = null
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
      carried.current = null
      endRef.current = false
      return rows.current?.toTop(0)
    }
    if (endRef.current) return
    const { current: from } = carried
    const point = from === null ? topRef.current : await placeInWhole(from.lines, from.top, lines)
    const row = await source.place(point)
    if (row === null || own !== move.current || endRef.current) return
    carried.current = null
    rows.current?.toTop(row.line)
    topRef.current = point
  })
  useLayoutEffect(() => {
    const before = shown.current
    shown.current = { lines, source, viewId, textKey }
    if (before.source === source) return
    if (before.viewId === null && viewId !== null) carried.current = { lines: before.lines, top: topRef.current }
    void keep(before.textKey !== textKey)
  }, [lines, source, viewId, textKey, topRef])
  useEffect(() => {
    if (target !== null) void show(target)
  }, [target])
  const giveUp = (): void => {
    if (waiting.current !== null) return
    carried.current = null
    move.current += 1
  }
  return {
    onKeyDown: ({ key, target: on }) => {
      if (on !== rows.current?.scroller) return
      end.onKey(key)
      if (MOVES.has(key)) giveUp()
    },
    onWheel: () => {
      end.leave()
      giveUp()
    },
    onPointerDown: ({ target: on }) => {
      end.leave()
      // Its scroll bar: a line would be the target itself.
      if (on === rows.current?.scroller) giveUp()
    },
  }
}
