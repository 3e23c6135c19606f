/**
 * Which keys ask for which action of the window, where the settings say nothing else: one table for the window, its help and
 * a host's menu. `docs/keyboard.md` lists it, and a test holds it to that.
 */
import type { Settings } from './settings.ts'

/**
 * By the action's id. The first is the one shown; the others are for where a browser keeps that to itself. Ctrl is Cmd on
 * macOS, but for Ctrl+Tab. A sign stands for itself, with or without Shift: `Ctrl+?` is wherever the layout has its `?`.
 */
export const ACTION_KEYS = {
  'request.send': ['Ctrl+Enter'],
  'exchange.cancel': ['Ctrl+.'],
  'request.save': ['Ctrl+S'],
  'request.saveAs': ['Ctrl+Shift+S'],
  'request.new': ['Ctrl+N', 'Ctrl+Alt+N', 'Ctrl+T'],
  'request.open': ['Ctrl+P'],
  'request.duplicate': ['Ctrl+D'],
  'request.copyAsCode': ['Ctrl+Shift+C'],
  'request.copyAsPython': ['Ctrl+Shift+P', 'Ctrl+Alt+P'],
  'url.focus': ['Ctrl+L'],
  'body.find': ['Ctrl+F'],
  'edit.undo': ['Ctrl+Z'],
  'edit.redo': ['Ctrl+Shift+Z', 'Ctrl+Y'],
  'tab.close': ['Ctrl+W', 'Ctrl+Alt+W'],
  'tab.reopen': ['Ctrl+Shift+T'],
  'tab.next': ['Ctrl+Tab', 'Ctrl+PageDown', 'Ctrl+Alt+ArrowRight'],
  'tab.previous': ['Ctrl+Shift+Tab', 'Ctrl+PageUp', 'Ctrl+Alt+ArrowLeft'],
  'tab.1': ['Ctrl+1'],
  'tab.2': ['Ctrl+2'],
  'tab.3': ['Ctrl+3'],
  'tab.4': ['Ctrl+4'],
  'tab.5': ['Ctrl+5'],
  'tab.6': ['Ctrl+6'],
  'tab.7': ['Ctrl+7'],
  'tab.8': ['Ctrl+8'],
  'tab.last': ['Ctrl+9'],
  'palette.open': ['Ctrl+K'],
  'sidebar.toggle': ['Ctrl+B'],
  'part.next': ['F6'],
  'part.previous': ['Shift+F6'],
  'sidebar.filter': ['Ctrl+Shift+F'],
  'layout.toggle': ['Ctrl+J'],
  'collection.open': ['Ctrl+O'],
  'environments.show': ['Ctrl+E'],
  'cookies.open': ['Ctrl+Shift+K'],
  'history.show': ['Ctrl+Shift+H'],
  'settings.open': ['Ctrl+,'],
  'shortcuts.open': ['Ctrl+?'],
  'manual.open': ['F1'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** An action that has a key unless the settings take it away. */
export type KeyedAction = keyof typeof ACTION_KEYS

/** The keys of an action, by the settings, else by the table. */
export function keysOfAction(id: string, own: Settings['keys']): readonly string[] {
  return own[id] ?? standardKeys(id)
}

/** The keys of an action where the settings say nothing. */
export function standardKeys(id: string): readonly string[] {
  return isKeyed(id) ? ACTION_KEYS[id] : []
}

function isKeyed(id: string): id is KeyedAction {
  return Object.hasOwn(ACTION_KEYS, id)
}
