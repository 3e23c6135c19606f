/** The code font in editors and its size, as the look's tokens have it: the settings change it while editors are open. */
import { SETTINGS_DEFAULTS } from '#contract/model/settings-defaults.ts'
import { codeLine } from '../lib/code-line.ts'
import { editor } from './setup.ts'

/** Pixels, for editors made now. */
export function codeFont(): { readonly fontFamily: string; readonly fontSize: number; readonly lineHeight: number } {
  const look = getComputedStyle(document.documentElement)
  const size = Number.parseFloat(look.getPropertyValue('--size-code')) || SETTINGS_DEFAULTS.codeFontSize
  return {
    fontFamily: look.getPropertyValue('--font-code').trim() || 'monospace',
    fontSize: size,
    lineHeight: codeLine(size),
  }
}

let shown: number | null = null

/** Give all editors the size, where it has changed. */
export function applyCodeFont(): void {
  const font = codeFont()
  if (font.fontSize === shown) return
  shown = font.fontSize
  for (const one of editor.getEditors()) one.updateOptions(font)
}
