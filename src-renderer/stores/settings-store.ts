/** The user's settings as the core keeps them, what is to be said of their file, and the keys that they give to actions. */
import { create } from 'zustand'
import { keysOfAction, type KeyedAction } from '#contract/model/action-keys.ts'
import { SETTINGS_DEFAULTS } from '#contract/model/settings-defaults.ts'
import type { Settings, SettingsFileState } from '#contract/model/settings.ts'

interface SettingsState {
  readonly settings: Settings
  /** Null until it was asked for. */
  readonly file: Omit<SettingsFileState, 'settings'> | null
  replace: (settings: Settings) => void
  setFile: (file: Omit<SettingsFileState, 'settings'>) => void
}

export const useSettingsStore = create<SettingsState>()((set) => ({
  settings: SETTINGS_DEFAULTS,
  file: null,
  replace: (settings) => set({ settings }),
  setFile: (file) => set({ file }),
}))

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
