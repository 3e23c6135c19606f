/** Light, dark, or as the system has it: kept in the settings, and shown by an attribute of the page's root. */
import type { Settings } from '#contract/model/settings.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { platform } from './platform-ref.ts'

export type Theme = Settings['theme']

/** What the page remembers, so that the first paint has the right colours before the settings are read. */
const CACHE_KEY = 'posthaste.theme'

/** Choose a theme; shown at once, written to the settings. */
export async function chooseTheme(theme: Theme): Promise<void> {
  const store = useSettingsStore.getState()
  store.replace({ ...store.settings, theme })
  applyTheme(theme)
  const written = await platform().call('settings.write', { theme })
  if (written.ok) useAppStore.getState().settle('settings')
  else useAppStore.getState().addNotice(noticeOf(written.error, 'settings'))
}

/** Show the remembered theme, and follow the system while it is the system's. */
export function startTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  applyTheme(remembered())
  dark.addEventListener('change', () => applyTheme(useSettingsStore.getState().settings.theme))
}

/** Show a theme. */
export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  try {
    localStorage.setItem(CACHE_KEY, theme)
  } catch {
    // A browser may refuse storage; the settings hold the choice anyway.
  }
}

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(CACHE_KEY)
    return theme === 'light' || theme === 'dark' ? theme : 'system'
  } catch {
    return 'system'
  }
}
