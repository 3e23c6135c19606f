/** The languages that texts of ours are in. */
import { z } from 'zod'

/** By its tag (BCP 47). */
export const LanguageSchema = z.enum(['en', 'zh-CN'])
export type Language = z.infer<typeof LanguageSchema>
