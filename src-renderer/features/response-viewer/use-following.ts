/** Whether one who scrolls wants the end of a list that grows: scrolling up lets go of it, and scrolling to it takes it up again. */
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react'
import type { VirtualRowsHandle } from './virtual-rows.tsx'

/** Within so many pixels of it one is at the end. */
const AT_END = 4

/** Whether a list that is longer than its view is scrolled to its end. */
export function isAtEnd(scroller: HTMLElement): boolean {
  return scroller.scrollHeight > scroller.clientHeight && showsEnd(scroller)
}

function showsEnd({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean {
  return scrollTop + clientHeight >= scrollHeight - AT_END
}

export function useFollowing(rows: RefObject<VirtualRowsHandle | null>, onFollow: (follows: boolean) => void): void {
  const before = useRef(0)
  const onScroll = useEffectEvent((scroller: HTMLElement) => {
    const isUp = scroller.scrollTop < before.current - 1
    before.current = scroller.scrollTop
    if (isAtEnd(scroller)) onFollow(true)
    else if (isUp && !showsEnd(scroller)) onFollow(false)
  })
  useEffect(() => {
    const scroller = rows.current?.scroller
    if (!scroller) return
    const listener = (): void => onScroll(scroller)
    scroller.addEventListener('scroll', listener, { passive: true })
    return () => scroller.removeEventListener('scroll', listener)
  }, [rows])
}
