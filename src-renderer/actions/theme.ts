/** Light, dark, high contrast, or as the system has it: kept in the settings, and shown by two attributes of the page's root. */
import type { Settings } from '#contract/model/settings.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { platform } from './platform-ref.ts'

export type Theme = Settings['theme']

/** What the page remembers, so that the first paint has the right colours before the settings are read. */
const CACHE_KEY = 'posthaste.theme'

const DARK = '(prefers-color-scheme: dark)'
const MORE_CONTRAST = '(prefers-contrast: more)'

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
  applyTheme(remembered())
  const follow = (): void => applyTheme(useSettingsStore.getState().settings.theme)
  for (const asked of [DARK, MORE_CONTRAST]) matchMedia(asked).addEventListener('change', follow)
}

/** Show a theme. High contrast is light or dark as the system is; a system that asks for more contrast gets it in each. */
export function applyTheme(theme: Theme): void {
  const isHigh = theme === 'high-contrast'
  const isDark = theme === 'dark' || ((theme === 'system' || isHigh) && matchMedia(DARK).matches)
  const { dataset } = document.documentElement
  dataset.theme = isDark ? 'dark' : 'light'
  dataset.contrast = isHigh || matchMedia(MORE_CONTRAST).matches ? 'more' : 'normal'
  try {
    localStorage.setItem(CACHE_KEY, theme)
  } catch {
    // A browser may refuse storage; the settings hold the choice anyway.
  }
}

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(CACHE_KEY)
    return theme === 'light' || theme === 'dark' || theme === 'high-contrast' ? theme : 'system'
  } catch {
    return 'system'
  }
}
