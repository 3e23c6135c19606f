/**
 * Bringing in requests that another program wrote: a text is read and summed up first, and written only when asked to.
 * Imports are data: nothing in them is run, and no file is read that was not handed over.
 */
import { z } from 'zod'
import { CollectionIdSchema, NodeIdSchema } from './ids.ts'
import { IMPORT_FORMATS, MAX_IMPORT_TEXT, type ImportFormat } from './import-formats.ts'
import { RequestDocumentSchema } from './request.ts'
import { ParentRefSchema } from './workspace.ts'

export type { ImportFormat }
export const ImportFormatSchema = z.enum(Object.keys(IMPORT_FORMATS) as [ImportFormat, ...ImportFormat[]])

/** Something that is not in the result as it was in the text. */
export const ImportNoteSchema = z.object({
  /** `lost`: could not be carried over; `changed`: stands in another form; `kept`: carried over as text that does nothing yet. */
  severity: z.enum(['lost', 'changed', 'kept']),
  /** What it concerns, from the outside in, such as `Users / Create user`; empty: all of it. */
  where: z.string(),
  /** Line of the text, from 1; null where there is none to name. */
  line: z.number().int().nullable(),
  /** One sentence. Never holds a secret. */
  message: z.string(),
})
export type ImportNote = z.infer<typeof ImportNoteSchema>

/** A row of what would be written. */
export const ImportRowSchema = z.object({
  kind: z.enum(['folder', 'request', 'environment', 'session']),
  name: z.string(),
  /** How deep it stands, from 0. */
  depth: z.number().int(),
  /** Of a request. */
  method: z.string().optional(),
  /** What it becomes, in short: a request's URL, how many variables an environment has. */
  detail: z.string(),
  /** How many notes are about it. */
  notes: z.number().int(),
})
export type ImportRow = z.infer<typeof ImportRowSchema>

export const ImportSummarySchema = z.object({
  importId: z.string(),
  format: ImportFormatSchema,
  /** Suggested name of the collection; empty where the text has none. */
  name: z.string(),
  counts: z.object({
    requests: z.number().int(),
    folders: z.number().int(),
    environments: z.number().int(),
    sessions: z.number().int(),
    examples: z.number().int(),
    scripts: z.number().int(),
    /** Passwords, tokens and keys that stand in it in clear. */
    credentials: z.number().int(),
    notes: z.number().int(),
  }),
  rows: z.array(ImportRowSchema),
  notes: z.array(ImportNoteSchema),
})
export type ImportSummary = z.infer<typeof ImportSummarySchema>

/** A file that was dropped or named: where it is, and the path to show, relative to what was dropped. */
const ImportFileSchema = z.object({ path: z.string().min(1).max(4096), name: z.string().max(4096) })

export const ImportTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('place'), parent: ParentRefSchema }),
  /** Without a path the collection is made in the data folder. */
  z.object({ kind: z.literal('collection'), name: z.string().max(500), path: z.string().min(1).max(4096).optional() }),
  /** A folder of the disk: what is imported goes there, into the collection that it is in; where it is in none, it becomes one. */
  z.object({ kind: z.literal('folder'), path: z.string().min(1).max(4096) }),
])
export type ImportTarget = z.infer<typeof ImportTargetSchema>

export const IMPORT_COMMANDS = {
  /**
   * Reads a text or files in a thread of its own; aborting the call ends it. `ticket` names it in `import.progressed`.
   * Fails with `Unreadable` (with `details.file`, `line` and `column` where known), `TooLarge`, and for a text that is of no
   * known format; with `Unavailable` for a file that a page in a browser has not uploaded. What was read is kept until it is written or discarded, the latest few only.
   */
  'import.read': {
    input: z.object({
      ticket: z.string().min(1).max(64),
      source: z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('text'),
          text: z.string().max(MAX_IMPORT_TEXT, 'the text is longer than 16 MiB: hand it over as a file'),
        }),
        z.object({ kind: z.literal('files'), files: z.array(ImportFileSchema).min(1).max(100_000) }),
      ]),
      /** Absent: found from the content. */
      format: ImportFormatSchema.optional(),
    }),
    output: ImportSummarySchema,
  },
  /** The requests of what was read, in order, the first `limit` of them: to open them in tabs without writing a file. */
  'import.requests': {
    input: z.object({ importId: z.string(), limit: z.number().int().min(1).max(50) }),
    output: z.object({ documents: z.array(RequestDocumentSchema) }),
  },
  /**
   * Writes all of it, or nothing; aborting the call takes back what was written. What was read is let go. Fails with
   * `Unavailable` where a window names a path.
   */
  'import.write': {
    input: z.object({
      importId: z.string(),
      target: ImportTargetSchema,
      /** Credentials that stand in clear become secret variables, and their values go to the vault. */
      hideCredentials: z.boolean(),
    }),
    output: z.object({
      collectionId: CollectionIdSchema,
      /** What stands at the place that was asked for, in order. */
      nodeIds: z.array(NodeIdSchema),
      environments: z.array(z.string()),
      /** Names of the secret variables that were made. */
      secrets: z.array(z.string()),
      /** What became of it because of what was there already. */
      notes: z.array(ImportNoteSchema),
    }),
  },
  /**
   * Takes back what an import brought to a place beside its items, which go to the trash as any: environments, sessions and
   * variables with the values of their secrets, as far as they are as they came. `NotFound` for one that is long ago.
   */
  'import.takeBack': {
    input: z.object({ importId: z.string() }),
    output: z.object({
      /** In words: `the environment “Staging”`. */
      gone: z.array(z.string()),
      /** What stays, because it was changed since. */
      left: z.array(z.string()),
    }),
  },
  /** Lets what was read go, or by its ticket a reading that failed; it is no failure where it is gone already. */
  'import.discard': { input: z.object({ importId: z.string() }), output: z.object({}) },
} as const

/** How far an import is: its reading by its ticket, its writing by its id. */
export const ImportProgressSchema = z.object({
  ticket: z.string(),
  phase: z.enum(['reading', 'parsing', 'converting', 'writing']),
  /** From 0 to 1; null where it cannot be told. */
  done: z.number().nullable(),
})
