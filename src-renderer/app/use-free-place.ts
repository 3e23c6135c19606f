/** Keeps what floats in a corner off the control that was used last, by the pointer or the keyboard, and off those beside it. */
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { freePlace } from '../lib/free-place.ts'

/** As the style sheet has them: the top bar with the tabs, the status bar. */
const ROOM = { aside: 12, above: 84, below: 36 }
const CONTROL = 'button, a, input, select, textarea, label, summary, [tabindex], [role]'

/**
 * The place is written to the element's `data-place`.
 *
 * @param content changes when the size may
 */
export function useFreePlace(floating: RefObject<HTMLElement | null>, content: unknown): void {
  const used = useRef<Element | null>(null)
  useEffect(() => {
    const note = ({ target }: Event): void => {
      const control = target instanceof Element ? target.closest(CONTROL) : null
      // What is in it is not covered by it.
      if (!control || floating.current?.contains(control)) return
      used.current = control
      put(floating.current, control)
    }
    addEventListener('pointerdown', note, true)
    addEventListener('focusin', note, true)
    return () => {
      removeEventListener('pointerdown', note, true)
      removeEventListener('focusin', note, true)
    }
  }, [floating])
  useLayoutEffect(() => put(floating.current, used.current), [floating, content])
}

function put(box: HTMLElement | null, used: Element | null): void {
  if (!box) return
  const { clientWidth, clientHeight } = document.documentElement
  const size = { width: box.offsetWidth, height: box.offsetHeight }
  const boxes = box.childElementCount > 0 && used?.isConnected ? withButtonsBeside(used).map((one) => one.getBoundingClientRect()) : []
  box.dataset['place'] = freePlace(size, { ...ROOM, width: clientWidth, height: clientHeight }, boxes)
}

/** Who uses one of a row of buttons may want the next. */
function withButtonsBeside(used: Element): readonly Element[] {
  const isButton = (element: Element): boolean => element instanceof HTMLButtonElement
  return [used, ...(isButton(used) ? [...(used.parentElement?.children ?? [])].filter((one) => one !== used && isButton(one)) : [])]
}
