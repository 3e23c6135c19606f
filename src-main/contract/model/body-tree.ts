/**
 * A stored body as a tree: opened once, then read by pages of a node's children and by pieces of a value's text, never
 * whole. A node is named by where it begins in the tree's text, which says nothing to the window.
 */
import { z } from 'zod'
import { BodyIdSchema, TreeIdSchema, WorkIdSchema } from './ids.ts'

const nothing = z.object({})

/** In a text of more bytes than a number can count, nothing would work. */
const offset = z.number().int().min(-1).max(Number.MAX_SAFE_INTEGER)

const TreeNodeKindSchema = z.enum([
  // JSON; `values` is the list of those at the top, where there are several
  'object',
  'array',
  'values',
  'string',
  'number',
  'boolean',
  'null',
  // XML; `document` holds what stands at the top
  'document',
  'element',
  'attribute',
  'text',
  'cdata',
  'comment',
  'instruction',
  'doctype',
])
export type TreeNodeKind = z.infer<typeof TreeNodeKindSchema>

export const TreeNodeSchema = z.object({
  kind: TreeNodeKindSchema,
  /** Its bytes in the tree's text, `end` behind the last. */
  start: offset,
  end: offset,
  /** Of a member, an element, an attribute or an instruction; null for items and the rest. */
  name: z.string().nullable(),
  /** The name is longer than what is given of it. */
  nameCut: z.boolean(),
  /** What a value says: numbers as they stand, strings decoded; of what has children, how its source begins. */
  text: z.string(),
  /** The text is longer than what is given of it. */
  cut: z.boolean(),
  /** How many children it has; null for what never has any. */
  count: z.number().int().nullable(),
})
export type TreeNode = z.infer<typeof TreeNodeSchema>

export const TREE_COMMANDS = {
  /** JSON and XML of any size; pages up to 16 MiB (`TooLarge`), as the XML of their elements. Any other body: `InvalidOption`. */
  'tree.open': {
    input: z.object({
      id: BodyIdSchema,
      contentType: z.string(),
      /** Null: find out. */
      encoding: z.string().nullable(),
      workId: WorkIdSchema.optional(),
    }),
    output: z.object({
      treeId: TreeIdSchema,
      format: z.enum(['json', 'xml']),
      encoding: z.string(),
      /** Null where nothing could be read. */
      root: TreeNodeSchema.nullable(),
      /** Where the text stops being valid; the tree has what stands before it. Both from 1, the column in UTF-16 units. */
      problem: z.object({ line: z.number().int(), column: z.number().int(), reason: z.string() }).nullable(),
    }),
  },
  /** Children `from` to `from + count`, fewer at the end. */
  'tree.children': {
    input: z.object({ treeId: TreeIdSchema, start: offset, from: z.number().int().min(0), count: z.number().int().min(1).max(1000) }),
    output: z.object({ nodes: z.array(TreeNodeSchema) }),
  },
  /**
   * What a node says, piece by piece: `source` as it stands in the body, `value` decoded (what has children has no value
   * but its source). `from` is 0 at first, then the `next` of the piece before; null is the end.
   */
  'tree.text': {
    input: z.object({
      treeId: TreeIdSchema,
      node: TreeNodeSchema.pick({ kind: true, start: true, end: true }),
      form: z.enum(['source', 'value']),
      from: z.number().int().min(0),
    }),
    output: z.object({ text: z.string(), next: z.number().int().nullable() }),
  },
  /**
   * The XPath of a node, such as `/catalog/book[2]/@id`, by where the nodes that lead to it begin, the outermost element
   * first. Null where XPath knows no such node, and for JSON, whose paths the window writes itself.
   */
  'tree.path': {
    input: z.object({ treeId: TreeIdSchema, starts: z.array(offset).max(10_000) }),
    output: z.object({ path: z.string().nullable() }),
  },
  'tree.close': { input: z.object({ treeId: TreeIdSchema }), output: nothing },
} as const
