/**
 * Keys that are typed after something was asked to open over the window and before it is there: they are meant for it, and
 * would go to the field that has the focus meanwhile. They are held until it has the focus, and typed there.
 */
import { useEffect } from 'react'

/** By then what is opened has other troubles, and the keys are the window's again. Milliseconds. */
const PATIENCE_MS = 2000

/** Stands in the place of what is to be opened, for as long as it is not there. */
export function HeldKeys() {
  useEffect(holdKeys, [])
  return null
}

/** Hold what is typed. Returns what is to be called once it is there, or will not be. */
function holdKeys(): () => void {
  const held: string[] = []
  let isThere = false
  const listening = new AbortController()
  const stop = (): void => listening.abort()
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.isTrusted || !isTyped(event)) return
    event.preventDefault()
    event.stopPropagation()
    held.push(event.key)
  }
  const onFocus = ({ target }: FocusEvent): void => {
    if (isThere || !(target instanceof Element) || !target.closest('[role="dialog"]')) return
    isThere = true
    void typeAll(held).then(stop)
  }
  addEventListener('keydown', onKeyDown, { capture: true, signal: listening.signal })
  addEventListener('focusin', onFocus, { signal: listening.signal })
  const timer = setTimeout(stop, PATIENCE_MS)
  listening.signal.addEventListener('abort', () => clearTimeout(timer))
  // It takes the focus once it is drawn; what was closed before it came never does.
  return () => requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('[role="dialog"]') ?? stop()))
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
