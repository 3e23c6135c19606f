/** The user's settings as the core keeps them. */
import { create } from 'zustand'
import type { Settings } from '#contract/model/settings.ts'

interface SettingsState {
  readonly settings: Settings
  replace: (settings: Settings) => void
}

export const useSettingsStore = create<SettingsState>()((set) => ({
  settings: { theme: 'system' },
  replace: (settings) => set({ settings }),
}))
