/** The settings where the file says nothing. Apart from the schema, so that the window needs no parser for them. */
import { HISTORY_DEFAULTS } from './history-defaults.ts'

export const SETTINGS_DEFAULTS = {
  language: 'system',
  theme: 'system',
  uiFontSize: 13,
  codeFontSize: 12.5,
  layout: 'beside',
  history: HISTORY_DEFAULTS,
  teachingNotes: true,
  dismissedNotes: [] as string[],
  defaults: {},
  keys: {},
} as const

/** Pixels. */
export const UI_FONT_SIZES = { min: 11, max: 18 } as const
export const CODE_FONT_SIZES = { min: 10, max: 28 } as const
