/**
 * Bodies made from a body: a page made safe to be drawn, the parts of a multipart body, and what is selected of a text. Each is
 * kept under an id of its own, so that it is looked at and saved like any other body.
 */
import { z } from 'zod'
import { TextQuerySchema } from './body-search.ts'
import { TreeNodeSchema } from './body-tree.ts'
import { BodyIdSchema, TreeIdSchema, ViewIdSchema, WorkIdSchema } from './ids.ts'

const length = z.number().int().min(0)

const BodyPartSchema = z.object({
  /** In the order they came, as they were written. */
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Where its content lies in the whole, in bytes. */
  offset: length,
  length,
})
export type BodyPart = z.infer<typeof BodyPartSchema>

const DerivedBodySchema = z.object({ id: BodyIdSchema, bytes: length })

/** In the text of an open view. A column beyond the line's end is its end. */
const PlaceSchema = z.object({ line: length, column: length })
export type TextPlaceAt = z.infer<typeof PlaceSchema>

export const DERIVED_BODY_COMMANDS = {
  /** An HTML page in UTF-8, without what would reach for the network before anyone clicks; to be served sandboxed. */
  'body.page': {
    input: z.object({
      id: BodyIdSchema,
      contentType: z.string(),
      /** Null: find out. */
      encoding: z.string().nullable(),
    }),
    /** `isCut`: only the beginning, the rest being too long to be drawn. */
    output: DerivedBodySchema.extend({ isCut: z.boolean() }),
  },
  /** The parts of a multipart body, at most 10,000 of them. */
  'body.parts': {
    input: z.object({ id: BodyIdSchema, contentType: z.string() }),
    /** `note`: what is wrong with it, in a sentence. */
    output: z.object({ parts: z.array(BodyPartSchema), note: z.string().nullable() }),
  },
  /** One part's content, its Content-Transfer-Encoding undone. */
  'body.part': {
    input: z.object({ id: BodyIdSchema, offset: length, length, transferEncoding: z.string() }),
    output: DerivedBodySchema,
  },
  /** A stretch of an open view's text, in UTF-8, with its line breaks as they came. */
  'body.selection': {
    input: z.object({
      viewId: ViewIdSchema,
      start: PlaceSchema,
      end: PlaceSchema,
      /** Only the lines in which this is found; null: all. */
      query: TextQuerySchema.nullable(),
      /** By which it tells how far it is. */
      workId: WorkIdSchema.optional(),
    }),
    output: DerivedBodySchema,
  },
  /** All that a node of an open tree says, as `tree.text` has its `value` in pieces. */
  'tree.value': {
    input: z.object({
      treeId: TreeIdSchema,
      node: TreeNodeSchema.pick({ kind: true, start: true, end: true }),
      workId: WorkIdSchema.optional(),
    }),
    output: DerivedBodySchema,
  },
} as const
