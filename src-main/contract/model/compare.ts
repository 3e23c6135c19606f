/** What differs between two stored bodies, where both are JSON: value by value, each with its path. */
import { z } from 'zod'
import { BodyIdSchema } from './ids.ts'

export const JsonChangeKindSchema = z.enum(['added', 'removed', 'changed', 'moved'])
export type JsonChangeKind = z.infer<typeof JsonChangeKindSchema>

export const JsonChangeSchema = z.object({
  kind: JsonChangeKindSchema,
  /** Such as `$.items[3].name`: in the right body, of what was removed in the left one. */
  path: z.string(),
  /** Where it stood in the left body, if that is another place in a list; null: the same. */
  from: z.string().nullable(),
  /** The values as they are written, cut after some 2,000 bytes; null where a side has none. */
  left: z.string().nullable(),
  right: z.string().nullable(),
})
export type JsonChange = z.infer<typeof JsonChangeSchema>

const ComparedBodySchema = z.object({
  id: BodyIdSchema,
  contentType: z.string(),
  /** Label of the text encoding; null: find out. */
  encoding: z.string().nullable(),
})
export type ComparedBody = z.infer<typeof ComparedBodySchema>

export const BodyComparisonSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('json'),
    /** In the order of the right body, at most 2,000. */
    changes: z.array(JsonChangeSchema),
    /** Of all that differ, listed or not. */
    counts: z.object({ added: z.number().int(), removed: z.number().int(), changed: z.number().int(), moved: z.number().int() }),
  }),
  /** Byte for byte the same, whatever they are. */
  z.object({ kind: z.literal('same') }),
  /** Not compared by their structure: in words, why. */
  z.object({ kind: z.literal('none'), reason: z.string() }),
])
export type BodyComparison = z.infer<typeof BodyComparisonSchema>

export const COMPARE_COMMANDS = {
  /** Of JSON up to 32 MiB each. Aborting the call stops the work. */
  'body.compare': {
    input: z.object({
      left: ComparedBodySchema,
      right: ComparedBodySchema,
      /** Paths that do not count: `$.meta.took`, `$.items[*].id`, `$..updatedAt`; a bare name is a member of that name anywhere. */
      ignore: z.array(z.string().max(1000)).max(100).default([]),
    }),
    output: BodyComparisonSchema,
  },
} as const
