/**
 * The user's settings: one readable JSON file in the data folder. An absent key means the default; keys that are not known
 * stay as they are.
 */
import { z } from 'zod'
import { HistorySettingsChangeSchema, HistorySettingsSchema } from './history.ts'
import { LanguageSchema } from './language.ts'
import { OptionsSchema } from './request.ts'
import { CODE_FONT_SIZES, SETTINGS_DEFAULTS, UI_FONT_SIZES } from './settings-defaults.ts'

/** Options that every request has where nothing nearer says otherwise: the layer around collections. */
export const DefaultOptionsSchema = OptionsSchema.pick({
  behaviour: true,
  timeout: true,
  followRedirects: true,
  maxRedirects: true,
  stepRedirects: true,
  retry: true,
  verify: true,
  cert: true,
  tls: true,
  proxies: true,
  noProxy: true,
  trustEnv: true,
  http2: true,
  lenient: true,
})
export type DefaultOptions = z.infer<typeof DefaultOptionsSchema>

/** Of the window's texts: a tag of BCP 47, or the system's. */
const language = z.enum(['system', ...LanguageSchema.options])
const theme = z.enum(['system', 'light', 'dark', 'high-contrast'])
const uiFontSize = z.number().min(UI_FONT_SIZES.min).max(UI_FONT_SIZES.max)
const codeFontSize = z.number().min(CODE_FONT_SIZES.min).max(CODE_FONT_SIZES.max)
const layout = z.enum(['beside', 'below'])
/** By their ids, which the window knows. */
const dismissedNotes = z.array(z.string().max(100)).max(200)
/** Keys by the id of their action, such as `Ctrl+Shift+C`; an empty list: none. Actions that are not named have those of the table. */
const keys = z.record(z.string().max(200), z.array(z.string().min(1).max(60)).max(8))

export const SettingsSchema = z.object({
  language: language.default(SETTINGS_DEFAULTS.language),
  theme: theme.default(SETTINGS_DEFAULTS.theme),
  /** Pixels. */
  uiFontSize: uiFontSize.default(SETTINGS_DEFAULTS.uiFontSize),
  codeFontSize: codeFontSize.default(SETTINGS_DEFAULTS.codeFontSize),
  /** The response beside the editor, or below it. */
  layout: layout.default(SETTINGS_DEFAULTS.layout),
  /** Whether short notes say what tutorials get wrong, beside the place where it matters. */
  teachingNotes: z.boolean().default(SETTINGS_DEFAULTS.teachingNotes),
  /** Of these, those that are not shown again. */
  dismissedNotes: dismissedNotes.default(SETTINGS_DEFAULTS.dismissedNotes),
  history: HistorySettingsSchema.prefault({}),
  defaults: DefaultOptionsSchema.prefault({}),
  keys: keys.default({}),
})
export type Settings = z.infer<typeof SettingsSchema>

/** Some of the settings; what is left out stays as it is. Tables are changed key by key. */
export const SettingsChangeSchema = z.object({
  language: language.optional(),
  theme: theme.optional(),
  uiFontSize: uiFontSize.optional(),
  codeFontSize: codeFontSize.optional(),
  layout: layout.optional(),
  teachingNotes: z.boolean().optional(),
  dismissedNotes: dismissedNotes.optional(),
  history: HistorySettingsChangeSchema.optional(),
  defaults: DefaultOptionsSchema.optional(),
  keys: keys.optional(),
  /** What goes back to its default: a key of the file, or a table and a key in it. Done first. */
  reset: z
    .array(z.array(z.string().max(200)).min(1).max(2))
    .max(1000)
    .optional(),
})
export type SettingsChange = z.infer<typeof SettingsChangeSchema>

export const SettingsFileSchema = z.object({
  /** Absolute. */
  path: z.string(),
  /** Why the file cannot be understood, in a sentence; the defaults hold then, and nothing is written to it. Null: it can. */
  fault: z.string().nullable(),
  /** Settings with a value that makes no sense: their defaults hold. */
  ignored: z.array(z.string()),
  settings: SettingsSchema,
})
export type SettingsFileState = z.infer<typeof SettingsFileSchema>

const nothing = z.object({})

export const SETTINGS_COMMANDS = {
  'settings.read': { input: nothing, output: SettingsSchema },
  /** Changes what it names, and answers with all. Fails with `Unreadable` where the file cannot be understood. */
  'settings.write': { input: SettingsChangeSchema, output: SettingsSchema },
  /** The settings with what is to be said of their file. */
  'settings.file': { input: nothing, output: SettingsFileSchema },
  /** Sets a file that cannot be understood aside, beside where it was, and begins with the defaults. */
  'settings.startAnew': { input: nothing, output: SettingsFileSchema },
} as const
