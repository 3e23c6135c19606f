/** The user's settings as the core keeps them, and what is to be said of their file. */
import { create } from 'zustand'
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
