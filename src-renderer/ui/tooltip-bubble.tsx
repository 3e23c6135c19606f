/** Draws the tooltip that is shown (Radix): its place beside the control, and how it goes away by itself. */
import { Tooltip as Radix } from 'radix-ui'
import { useEffect, useId } from 'react'
import { hideTooltip, holdTooltip, type ShownTooltip } from './tooltip-state.ts'
import styles from './tooltip.module.css'

export function TooltipBubble({ tooltip }: { readonly tooltip: ShownTooltip }) {
  const { anchor, text, keys, side } = tooltip
  const id = useId()
  const { left, top, width, height } = anchor.getBoundingClientRect()
  // A control that says the same by its name need not hear it twice.
  const describes = anchor.getAttribute('aria-label') !== text
  useEffect(() => {
    if (!describes) return
    const before = anchor.getAttribute('aria-describedby')
    anchor.setAttribute('aria-describedby', before === null ? id : `${before} ${id}`)
    return () => {
      if (before === null) anchor.removeAttribute('aria-describedby')
      else anchor.setAttribute('aria-describedby', before)
    }
  }, [anchor, describes, id])
  useEffect(() => {
    // The control may be taken away with its pane; the tooltip goes with it.
    const watch = setInterval(() => !anchor.isConnected && hideTooltip('now'), 250)
    return () => clearInterval(watch)
  }, [anchor])
  return (
    <Radix.Provider>
      <Radix.Root open onOpenChange={(open) => !open && hideTooltip('now')}>
        <Radix.Trigger asChild>
          <span className={styles.anchor} aria-hidden="true" style={{ left, top, width, height }} />
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            key={`${left},${top}`}
            className={styles.tooltip}
            side={side}
            sideOffset={6}
            collisionPadding={8}
            onPointerEnter={holdTooltip}
            onPointerLeave={() => hideTooltip('soon')}
          >
            <span id={id}>{text}</span>
            {keys !== undefined && <kbd className={styles.keys}>{keys}</kbd>}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
