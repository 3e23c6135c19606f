/** The user's settings as the core keeps them. */
import { create } from 'zustand'
import { HISTORY_DEFAULTS } from '#contract/model/history-defaults.ts'
import type { Settings } from '#contract/model/settings.ts'

interface SettingsState {
  readonly settings: Settings
  replace: (settings: Settings) => void
}

export const useSettingsStore = create<SettingsState>()((set) => ({
  settings: { theme: 'system', history: HISTORY_DEFAULTS },
  replace: (settings) => set({ settings }),
}))
