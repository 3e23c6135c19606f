/**
 * The look that the settings ask for: light, dark, of high contrast, or as the system has it, by two attributes of the page's
 * root; and the sizes of the fonts, by its custom properties.
 */
import { SETTINGS_DEFAULTS } from '#contract/model/settings-defaults.ts'
import type { Settings } from '#contract/model/settings.ts'
import { codeLine } from '../lib/code-line.ts'
import { useSettingsStore } from '../stores/settings-store.ts'

export type Theme = Settings['theme']

/** What the page remembers, so that the first paint has the right colours before the settings are read. */
const CACHE_KEY = 'posthaste.theme'

const DARK = '(prefers-color-scheme: dark)'
const MORE_CONTRAST = '(prefers-contrast: more)'

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

/** Show fonts in the sizes of the settings; what is as high as a line of text grows with it. */
export function applyFonts({ uiFontSize, codeFontSize }: Pick<Settings, 'uiFontSize' | 'codeFontSize'>): void {
  const { style } = document.documentElement
  const set = (name: string, value: number, byDefault: number): void => {
    if (value === byDefault) style.removeProperty(name)
    else style.setProperty(name, `${value}px`)
  }
  const grown = (uiFontSize - SETTINGS_DEFAULTS.uiFontSize) * 1.5
  set('--size-text', uiFontSize, SETTINGS_DEFAULTS.uiFontSize)
  set('--size-label', Math.max(10.5, uiFontSize - 1.5), 11.5)
  set('--line', Math.round(20 + grown), 20)
  set('--control', Math.round(28 + Math.max(0, grown)), 28)
  set('--size-code', codeFontSize, SETTINGS_DEFAULTS.codeFontSize)
  set('--line-code', codeLine(codeFontSize), codeLine(SETTINGS_DEFAULTS.codeFontSize))
}

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(CACHE_KEY)
    return theme === 'light' || theme === 'dark' || theme === 'high-contrast' ? theme : 'system'
  } catch {
    return 'system'
  }
}
