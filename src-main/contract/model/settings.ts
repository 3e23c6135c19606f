/** The user's settings: one readable JSON file in the data folder. An absent key means the default. */
import { z } from 'zod'
import { HistorySettingsSchema } from './history.ts'

export const SettingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  history: HistorySettingsSchema.prefault({}),
})
export type Settings = z.infer<typeof SettingsSchema>
