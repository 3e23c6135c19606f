/** The user's settings: one readable JSON file in the data folder. An absent key means the default. */
import { z } from 'zod'

export const SettingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
})
export type Settings = z.infer<typeof SettingsSchema>
