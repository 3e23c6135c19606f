/** The code font in editors and its size, as the look's tokens have it: the settings change it while editors are open. */
import { editor } from './setup.ts'

const STANDARD_SIZE = 12.5
const STANDARD_LINE = 20

/** Pixels, for editors made now. */
export function codeFont(): { readonly fontFamily: string; readonly fontSize: number; readonly lineHeight: number } {
  const look = getComputedStyle(document.documentElement)
  const size = Number.parseFloat(look.getPropertyValue('--size-code')) || STANDARD_SIZE
  return {
    fontFamily: look.getPropertyValue('--font-code').trim() || 'monospace',
    fontSize: size,
    lineHeight: Math.round(STANDARD_LINE + Math.max(0, size - STANDARD_SIZE - 1) * 1.4),
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
