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

/** Rows of a list of keys: each label with the key of its action; without those that have none. */
export function useKeysOf(
  rows: readonly (readonly [label: string, id: KeyedAction])[],
): readonly (readonly [label: string, keys: string])[] {
  const own = useSettingsStore((state) => state.settings.keys)
  return rows.flatMap(([label, id]) =>
    keysOfAction(id, own)
      .slice(0, 1)
      .map((key) => [label, key] as const),
  )
}

function shown(key: string | undefined): Shown {
  return key === undefined ? {} : { shortcut: key }
}
