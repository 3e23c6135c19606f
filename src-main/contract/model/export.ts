/**
 * Handing requests on in another program's format: a request with what is around it, or a folder with all that is in it.
 * What stands in a file is the model's; secrets are references there, not values.
 */
import { z } from 'zod'
import { CodeLanguageSchema } from './code.ts'
import { ExchangeSchema } from './exchange.ts'
import { EXPORT_FORMATS, type ExportFormat } from './export-formats.ts'
import { NodeIdSchema } from './ids.ts'
import { ImportNoteSchema } from './import.ts'
import { LOAD_DURATION } from './load-stages.ts'
import { ParentRefSchema } from './workspace.ts'

const ExportFormatSchema = z.enum(Object.keys(EXPORT_FORMATS) as [ExportFormat, ...ExportFormat[]])

/** How a k6 script runs; a missing part is left to k6. */
const LoadOptionsSchema = z.object({
  /** One after another: a number of virtual users to go to, and how long that takes, such as `30s`. */
  stages: z.array(z.object({ duration: z.string().regex(LOAD_DURATION), target: z.number().int().min(0) })).optional(),
  /** Path of a CSV or JSON file beside the script, whose rows are variables. */
  data: z.string().min(1).max(4096).optional(),
  /** Seconds between two requests. */
  pause: z.number().min(0).optional(),
})
export type LoadOptions = z.infer<typeof LoadOptionsSchema>

const wishes = {
  /** A format of documents, or a language of code. */
  format: z.union([ExportFormatSchema, CodeLanguageSchema]),
  /** Credentials that were typed in clear: references in their place, or as they are. Values of secret variables never come out. */
  credentials: z.enum(['reference', 'clear']).default('reference'),
  /** Of the format k6. */
  load: LoadOptionsSchema.optional(),
}

const exported = z.object({
  /** The document first; beside it what it needs, such as environments. Names have folders in them (`/`) where a folder is a file of code for each request. */
  files: z.array(z.object({ name: z.string(), text: z.string() })),
  /** What is not in it as it is here. */
  notes: z.array(ImportNoteSchema),
})

/** @param subject what names a request with everything around it */
export function exportCommands<S extends z.ZodRawShape>(subject: S) {
  return {
    'export.request': {
      input: z.object({
        ...subject,
        ...wishes,
        /** What came of it, for a HAR: its every try and hop with the answers. */
        exchange: ExchangeSchema.optional(),
      }),
      output: exported,
    },
    'export.folder': {
      input: z.object({
        parent: ParentRefSchema,
        /** Only these of what is in the place, each with all that is in it; absent: everything. */
        only: z.array(NodeIdSchema).min(1).max(10_000).optional(),
        ...wishes,
        /** Name of the one environment that goes with it; absent: all, and of code none. */
        environment: z.string().optional(),
        /** Of code: name of the session of requests that name none; absent: the default. */
        session: z.string().optional(),
      }),
      output: exported,
    },
  } as const
}
