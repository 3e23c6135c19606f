/** Where a list of lines was left that something else takes the place of: the editor, once it is there. */
import { useLayoutEffect, type RefObject } from 'react'
import type { TextPoint } from './text-selection.ts'
import { isAtEnd } from './use-following.ts'
import type { VirtualRowsHandle } from './virtual-rows.tsx'

export interface LeftPlace {
  /** The line at the upper edge; null: none was gone to. */
  readonly line: number | null
  readonly isAtEnd: boolean
  readonly hasFocus: boolean
  /** What was open above the lines. */
  readonly bar: 'find' | 'line' | null
}

interface Leaving {
  readonly rows: RefObject<VirtualRowsHandle | null>
  readonly topRef: RefObject<TextPoint>
  readonly bar: LeftPlace['bar']
}

export function useLeaving(leftRef: RefObject<LeftPlace | null> | undefined, { rows, topRef, bar }: Leaving): void {
  useLayoutEffect(
    () => () => {
      // While it is taken away it is all still there.
      const scroller = rows.current?.scroller
      if (!leftRef || !scroller) return
      const isEnd = isAtEnd(scroller)
      const { line } = topRef.current
      leftRef.current = { line: line > 0 ? line : null, isAtEnd: isEnd, hasFocus: scroller === document.activeElement, bar }
    },
    [leftRef, rows, topRef, bar],
  )
}
