/** From where an answer that broke off is gone on with; `resume-point.ts` says where that is. */
import { z } from 'zod'
import { BodyIdSchema } from './ids.ts'

/** What there is of a body, and what a request for the rest says. */
export const ResumePointSchema = z.object({
  bodyId: BodyIdSchema,
  bytes: z.number().int().min(1),
  /** A strong validator: an entity tag, or a date. */
  ifRange: z.string().min(1).max(1000),
  /** The address that was asked first: another one has another file. */
  url: z.string().max(100_000),
})
export type ResumePoint = z.infer<typeof ResumePointSchema>
