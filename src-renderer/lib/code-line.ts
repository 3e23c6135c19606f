/** How high a line of code is at a size of its font, in pixels: the same in editors, lists of lines and fields. */
import { SETTINGS_DEFAULTS } from '#contract/model/settings-defaults.ts'

const STANDARD = 20

export function codeLine(fontSize: number): number {
  return Math.round(STANDARD + Math.max(0, fontSize - SETTINGS_DEFAULTS.codeFontSize - 1) * 1.4)
}
