/** The key of an action as the settings have it, for what shows it: tooltips, menus, empty panes. */
import { keysOfAction, type KeyedAction } from '#contract/model/action-keys.ts'
import { useSettingsStore } from './settings-store.ts'

interface Shown {
  /** As the table writes it. */
  readonly shortcut?: string
}

/** The key to show, as the property of a menu's item: `{ shortcut }`, or nothing where it has none. */
export function shortcutOf(id: KeyedAction): Shown {
  return shown(keysOfAction(id, useSettingsStore.getState().settings.keys)[0])
}

/** As `shortcutOf`, and drawn anew when it changes. */
export function useShortcut(id: KeyedAction): Shown {
  const key = useSettingsStore((state) => keysOfAction(id, state.settings.keys)[0])
  return shown(key)
}

function shown(key: string | undefined): Shown {
  return key === undefined ? {} : { shortcut: key }
}
