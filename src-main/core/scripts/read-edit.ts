/** Reads what a script says it changed of a request: texts, numbers and rows of the known shape, whatever else was said. */
import { z } from 'zod'
import type { RequestEdit } from './script-job.ts'

const RowsSchema = z.array(
  z.object({ name: z.string(), value: z.string(), enabled: z.boolean(), files: z.array(z.string()).max(1000).optional() }),
)

const EditSchema = z.object({
  method: z.string().max(1000).optional(),
  url: z.string().optional(),
  headers: z
    .array(z.object({ name: z.string(), value: z.string(), enabled: z.boolean(), inherited: z.literal(true).optional() }))
    .max(10_000)
    .optional(),
  body: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.enum(['none', 'file', 'websocket']) }),
      z.object({ kind: z.enum(['json', 'text', 'xml']), text: z.string() }),
      z.object({ kind: z.literal('graphql'), query: z.string(), variables: z.string() }),
      z.object({ kind: z.enum(['form', 'multipart']), rows: RowsSchema.max(100_000) }),
    ])
    .optional(),
  timeout: z.number().positive().nullable().optional(),
  maxRedirects: z.number().int().min(0).optional(),
  followRedirects: z.boolean().optional(),
  verify: z.boolean().optional(),
})

/** @throws {Error} where it is no edit */
export function readEdit(said: unknown): RequestEdit {
  const read = EditSchema.safeParse(said)
  if (!read.success) throw new Error('That is no request.')
  // Absent keys are absent in what was parsed of JSON, so `undefined` stands nowhere.
  return read.data as RequestEdit
}
