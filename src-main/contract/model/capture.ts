/** What is taken out of an answer into a variable, as OpenCollection keeps it under `runtime.actions` (`set-variable`). */
import { z } from 'zod'

export const CaptureSchema = z.object({
  /** Of the variable. */
  name: z.string(),
  /** What is looked at, in the words of assertions: `res.body.token`, `res.headers.location`, `res.url`. */
  expression: z.string(),
  /** One of `CAPTURE_SCOPES`, or another that a file has. */
  scope: z.string(),
  enabled: z.boolean(),
  description: z.string().optional(),
})
export type Capture = z.infer<typeof CaptureSchema>

/** What is shown where an answer has a status: `400` → `res.body.message`. */
export const StatusMessageSchema = z.object({
  /** A status (`404`), a class (`4xx`), a range (`500-503`), or several of them with commas. */
  status: z.string(),
  /** An expression in the words of assertions; a text that is none is shown as it is. */
  show: z.string(),
  enabled: z.boolean(),
})
export type StatusMessage = z.infer<typeof StatusMessageSchema>
