/**
 * A short label that floats beside a control on hover and focus, with the key that does the same. A control carries
 * only the events; the one bubble of the window is drawn by the provider, and fetched when the first is shown.
 */
import { cloneElement, useEffect, useState, type FocusEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react'
import { focusWasMovedByKey, watchKeys } from './tooltip-keys.ts'
import { hideTooltip, showTooltip, useShownTooltip, type ShownTooltip } from './tooltip-state.ts'

interface AnchorProps {
  readonly onPointerEnter?: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerLeave?: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerDown?: (event: PointerEvent<HTMLElement>) => void
  readonly onFocus?: (event: FocusEvent<HTMLElement>) => void
  readonly onBlur?: (event: FocusEvent<HTMLElement>) => void
}

export interface TooltipProps {
  readonly text: ReactNode
  /** The key, as the system writes it. */
  readonly keys?: string
  readonly side?: ShownTooltip['side']
  /** One element that takes the events. */
  readonly children: ReactElement<AnchorProps>
}

/** Put once around the app: it draws the tooltip that is shown. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  const shown = useShownTooltip()
  const drawBubble = useBubble(shown !== null)
  useEffect(watchKeys, [])
  return (
    <>
      {children}
      {shown && drawBubble?.(shown)}
    </>
  )
}

type DrawBubble = (tooltip: ShownTooltip) => ReactNode

/**
 * What draws the bubble, once it is fetched; null: it is not. Where the host is away nothing is fetched, and the next tooltip
 * asks again: a label that does not show must not take the window with it, as a lazy component would.
 */
function useBubble(isWanted: boolean): DrawBubble | null {
  const [draw, setDraw] = useState<DrawBubble | null>(null)
  const isMissing = isWanted && draw === null
  useEffect(() => {
    if (!isMissing) return
    import('./tooltip-bubble.tsx').then(
      ({ TooltipBubble }) => setDraw((): DrawBubble => (tooltip) => <TooltipBubble tooltip={tooltip} />),
      () => undefined,
    )
  }, [isMissing])
  return draw
}

/** Gives its child a tooltip. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  const { props } = children
  const show = (anchor: HTMLElement, when: 'soon' | 'now'): void => showTooltip({ anchor, text, keys, side }, when)
  return cloneElement(children, {
    onPointerEnter: (event) => {
      props.onPointerEnter?.(event)
      if (event.pointerType !== 'touch') show(event.currentTarget, 'soon')
    },
    onPointerLeave: (event) => {
      props.onPointerLeave?.(event)
      hideTooltip('soon')
    },
    onPointerDown: (event) => {
      props.onPointerDown?.(event)
      hideTooltip('now')
    },
    onFocus: (event) => {
      props.onFocus?.(event)
      if (focusWasMovedByKey()) show(event.currentTarget, 'now')
    },
    onBlur: (event) => {
      props.onBlur?.(event)
      hideTooltip('now')
    },
  })
}
