/**
 * Keys that are typed after something was asked to open in the window and before it is there: they are meant for it, and
 * would go to what has the focus meanwhile. They are held until it has the focus, and typed there.
 */
import { useLayoutEffect } from 'react'

/** By then what is opened has other troubles, and the keys are the window's again. Milliseconds. */
const PATIENCE_MS = 2000

/** Stands in the place of what is to be opened, for as long as it is not there. It has to take the focus. */
export function HeldKeys() {
  // As it goes, what comes in its place is about to take the focus.
  useLayoutEffect(holdKeys, [])
  return null
}

interface Hold {
  readonly keys: string[]
  /** How many stand-ins wait for what the keys are meant for: one part may come in another. */
  awaited: number
}

let current: Hold | null = null

/** Returns what is to be called once what is waited for is there. */
function holdKeys(): () => void {
  const hold = (current ??= beginHold())
  hold.awaited += 1
  return () => {
    hold.awaited -= 1
  }
}

function beginHold(): Hold {
  const hold: Hold = { keys: [], awaited: 0 }
  const listening = new AbortController()
  const { signal } = listening
  let isTyping = false
  const stop = (): void => listening.abort()
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.isTrusted || !isTyped(event)) return
    event.preventDefault()
    event.stopPropagation()
    hold.keys.push(event.key)
  }
  const onFocus = (): void => {
    if (hold.awaited > 0 || isTyping) return
    isTyping = true
    void typeAll(hold.keys).then(stop)
  }
  addEventListener('keydown', onKeyDown, { capture: true, signal })
  addEventListener('focusin', onFocus, { signal })
  // Who points means something else from then on.
  addEventListener('pointerdown', stop, { capture: true, signal })
  const timer = setTimeout(stop, PATIENCE_MS)
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    current = null
  })
  return hold
}

/** Whether a key types something or is pressed while typing; not a shortcut. */
function isTyped(event: KeyboardEvent): boolean {
  const isShortcut = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph')
  return (
    !isShortcut &&
    !event.isComposing &&
    (event.key.length === 1 || ['Backspace', 'Enter', 'Escape', 'ArrowDown', 'ArrowUp'].includes(event.key))
  )
}

/** One key after the other, each into what has the focus then; those that come meanwhile are held behind them. */
async function typeAll(held: string[]): Promise<void> {
  do {
    // The focus is where it will be, and what the key before has changed is drawn.
    await new Promise((resolve) => setTimeout(resolve))
    const key = held.shift()
    if (key !== undefined) typeKey(key)
  } while (held.length > 0)
}

function typeKey(key: string): void {
  const target = document.activeElement ?? document.body
  const wasTaken = !target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  if (wasTaken || !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return
  if (key.length === 1) document.execCommand('insertText', false, key)
  else if (key === 'Backspace') document.execCommand('delete')
}
