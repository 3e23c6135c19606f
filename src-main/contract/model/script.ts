/** Scripts of a request, a folder or a collection, as OpenCollection and Bruno keep them: text that is carried along. */
import { z } from 'zod'

/** When a script runs, by OpenCollection's names; a file may have others. */
export const SCRIPT_TYPES = ['before-request', 'after-response', 'tests'] as const

export const ScriptSchema = z.object({
  /** One of {@link SCRIPT_TYPES}, or another that a file has. */
  type: z.string(),
  /** JavaScript, as typed. */
  code: z.string(),
})
export type Script = z.infer<typeof ScriptSchema>
