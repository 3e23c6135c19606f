/** Looking at stored bodies, by their ids: as text by lines, as bytes by ranges, never whole. */
import { z } from 'zod'
import { EncodingFromSchema } from './exchange.ts'
import { BodyIdSchema, ViewIdSchema } from './ids.ts'

const nothing = z.object({})

/** What a table is like, of which each line is a row: a list of cells in JSON. */
const TableFactsSchema = z.object({
  /** What separates the cells. */
  delimiter: z.string(),
  rows: z.number().int(),
  /** Of the longest row, at most 2,000. */
  columns: z.number().int(),
  /** Rows that are not as long as the first. */
  ragged: z.number().int(),
  /** Of each column the characters of its longest cell, and whether all of it under the first row are numbers; by the first 1,000 rows. */
  widths: z.array(z.number().int()),
  numeric: z.array(z.boolean()),
})
export type TableFacts = z.infer<typeof TableFactsSchema>

/** Text of a body, ready for windows of lines. */
const BodyViewSchema = z.object({
  viewId: ViewIdSchema,
  /** Monaco's name of the language, such as `json`. */
  language: z.string(),
  encoding: z.string(),
  encodingFrom: EncodingFromSchema,
  lines: z.number().int(),
  /** Length of the whole text, in UTF-16 units. */
  length: z.number().int(),
  /** The whole text where it is at most 2 Mi units long; null where it must be read by lines. */
  text: z.string().nullable(),
  /** Pretty was asked for and could not be done: why. The text is then the raw one. */
  note: z.string().nullable(),
  /** Of the format `table` alone. */
  table: TableFactsSchema.optional(),
  /** Only as long as the view is being made: how much of the body is in it, from 0 to 1. The lines are those that there are. */
  share: z.number().min(0).max(1).optional(),
  /** With it, of a view that is opened: its first lines, as `body.lines` has them. */
  first: z.array(z.string()).optional(),
})

/** What one source says of a body's text encoding. */
export const EncodingEvidenceSchema = z.object({
  from: EncodingFromSchema,
  /** Null where it says nothing, or names none that is known. */
  encoding: z.string().nullable(),
  /** What stands there, letter by letter; null where nothing is written. */
  label: z.string().nullable(),
  /** What it goes by, in a few words. */
  note: z.string().nullable(),
})
export type EncodingEvidence = z.infer<typeof EncodingEvidenceSchema>

export const BODY_COMMANDS = {
  'body.open': {
    input: z.object({
      id: BodyIdSchema,
      contentType: z.string(),
      /** `text`: only the words of a page or an XML document; `table`: each row of a CSV as a line of JSON. */
      format: z.enum(['pretty', 'raw', 'text', 'table']),
      /** Null: find out. */
      encoding: z.string().nullable(),
      /** Answer as soon as there are lines to be shown, where the rest takes longer: `share` says so, and `body.grown` goes on. */
      early: z.boolean().optional(),
    }),
    output: BodyViewSchema,
  },
  /** What a view has become, once it has more than so many lines or is whole; after a moment in any case. */
  'body.grown': { input: z.object({ viewId: ViewIdSchema, lines: z.number().int().min(0) }), output: BodyViewSchema },
  /** What each source says of the body's text encoding, the one that is believed most first. */
  'body.encodings': {
    input: z.object({ id: BodyIdSchema, contentType: z.string() }),
    output: z.object({ evidence: z.array(EncodingEvidenceSchema) }),
  },
  'body.lines': {
    input: z.object({ viewId: ViewIdSchema, from: z.number().int().min(0), count: z.number().int().min(1).max(2000) }),
    /** A line longer than 20,000 units is cut there. */
    output: z.object({ lines: z.array(z.string()) }),
  },
  'body.close': { input: z.object({ viewId: ViewIdSchema }), output: nothing },
  'body.bytes': {
    input: z.object({ id: BodyIdSchema, offset: z.number().int().min(0), length: z.number().int().min(1).max(262_144) }),
    output: z.object({ base64: z.string(), total: z.number().int() }),
  },
  /** Streams the body to a file, where the host has native dialogs; otherwise the window downloads it by its id. */
  'body.save': { input: z.object({ id: BodyIdSchema, path: z.string().min(1).max(4096) }), output: z.object({ bytes: z.number() }) },
} as const
