/** Keys of the whole window, wherever the focus is: taken before a field or the code editor sees them. */
import { keysOfAction } from '#contract/model/action-keys.ts'
import { matchesKeys } from '../lib/key-match.ts'
import { isMac } from '../lib/shortcut-text.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import type { AppAction } from './app-actions.ts'
import { cancelActive } from './app-actions.ts'

/** Listen for the actions' keys. Returns what stops it. */
export function listenForShortcuts(actions: readonly AppAction[]): () => void {
  const mac = isMac()
  const onKeyDown = (event: KeyboardEvent): void => {
    const { keys: own } = useSettingsStore.getState().settings
    const asked = actions.filter(({ id }) => keysOfAction(id, own).some((keys) => matchesKeys(event, keys, mac)))
    // A key that was given to an action by hand is meant for it, whatever else the table has for the key.
    const action = asked.find(({ id }) => Object.hasOwn(own, id)) ?? asked[0]
    if (!action || isKeptFrom(action, event.target)) return
    if (action.run() === false) return
    event.preventDefault()
    event.stopPropagation()
  }
  // Esc means many things: it cancels a send only where nothing else has taken it.
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || isInFront()) return
    if (cancelActive()) event.preventDefault()
  }
  window.addEventListener('keydown', onKeyDown, true)
  window.addEventListener('keydown', onEscape)
  return () => {
    window.removeEventListener('keydown', onKeyDown, true)
    window.removeEventListener('keydown', onEscape)
  }
}

/** A dialog keeps all keys to itself, and the tree has its own way to duplicate. */
function isKeptFrom(action: AppAction, target: EventTarget | null): boolean {
  if (isInFront()) return true
  return action.id === 'request.duplicate' && target instanceof Element && target.closest('[role="tree"]') !== null
}

/**
 * Whether a dialog or a menu stands before the window: then it has the keys, and a host's menu must wait. The code editor
 * keeps its find bar as a hidden dialog once it was open, and an open one stands beside the text, not before the window.
 */
export function isInFront(): boolean {
  const inFront = [...document.querySelectorAll('[role="dialog"], [role="menu"]')]
  return inFront.some((one) => one.closest('.monaco-editor, [aria-hidden="true"]') === null)
}
