/** The user's settings: one readable JSON file in the data folder. An absent key means the default. */
import { z } from 'zod'
import { HistorySettingsChangeSchema, HistorySettingsSchema } from './history.ts'

export const SettingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark', 'high-contrast']).default('system'),
  history: HistorySettingsSchema.prefault({}),
})
export type Settings = z.infer<typeof SettingsSchema>

/** Some of the settings; what is left out stays as it is. */
export const SettingsChangeSchema = z.object({
  theme: SettingsSchema.shape.theme.removeDefault().optional(),
  history: HistorySettingsChangeSchema.optional(),
})
export type SettingsChange = z.infer<typeof SettingsChangeSchema>
