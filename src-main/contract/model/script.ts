/** Scripts of a request, a folder or a collection, as OpenCollection and Bruno keep them: text that is carried along. */
import { z } from 'zod'

export const ScriptSchema = z.object({
  /** One of `SCRIPT_TYPES`, or another that a file has. */
  type: z.string(),
  /** JavaScript, as typed. */
  code: z.string(),
})
export type Script = z.infer<typeof ScriptSchema>
