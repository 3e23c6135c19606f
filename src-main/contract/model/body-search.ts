/**
 * Finding, filtering and wrapping in the text of an open view, of any size: hits come in pages while the text is being
 * searched, lines and rows by windows. Places are in UTF-16 units of the text's lines, counted from 0.
 */
import { z } from 'zod'
import { ViewIdSchema } from './ids.ts'

const whole = z.number().int().min(0)

/** What is looked for, within each line. */
export const TextQuerySchema = z.object({
  text: z
    .string()
    .min(1)
    .max(10_000)
    .refine((text) => !/[\r\n]/.test(text), 'is looked for within a line, so it has no line break'),
  matchCase: z.boolean(),
  wholeWord: z.boolean(),
  /** A regular expression of JavaScript, with its `u` flag where it is valid with it. Matches of no characters do not count. */
  regex: z.boolean(),
})
export type TextQuery = z.infer<typeof TextQuerySchema>

/** Columns of a row: at least so many that a row is never many to a character, at most what is still drawn at once. */
const columns = z.number().int().min(10).max(2000)

export const BODY_SEARCH_COMMANDS = {
  /**
   * The next hits, in order: some ten thousand at most, or what was found in about 100 ms. Fails with `InvalidOption` where
   * the expression is not one, or takes too long.
   */
  'body.find': {
    input: z.object({
      viewId: ViewIdSchema,
      query: TextQuerySchema,
      /** `next` of the page before; null begins. */
      cursor: z.string().max(100).nullable(),
    }),
    output: z.object({
      /** Line, first column and the column behind the last, of one hit after the other. */
      hits: z.array(z.number()),
      /** Null where the text is searched to its end. */
      next: z.string().nullable(),
      /** How much of the text is searched, from 0 to 1. */
      searched: z.number(),
    }),
  },
  /** Lines by their numbers, which rise. As with `body.lines`, one longer than 20,000 units is cut there. */
  'body.linesAt': {
    input: z.object({ viewId: ViewIdSchema, lines: z.array(whole).min(1).max(1000) }),
    output: z.object({ lines: z.array(z.string()) }),
  },
  /** Lays the text out in rows of at most so many columns: how many rows there are. */
  'body.wrap': { input: z.object({ viewId: ViewIdSchema, columns }), output: z.object({ rows: z.number().int() }) },
  'body.rows': {
    input: z.object({ viewId: ViewIdSchema, columns, from: whole, count: z.number().int().min(1).max(2000) }),
    output: z.object({
      rows: z.array(z.string()),
      /** Line and column at which each row begins, one row after the other. */
      places: z.array(z.number()),
    }),
  },
  /** The row in which a place of the text stands, and its column there. */
  'body.rowOf': {
    input: z.object({ viewId: ViewIdSchema, columns, line: whole, column: whole }),
    output: z.object({ row: z.number().int(), column: z.number().int() }),
  },
} as const
