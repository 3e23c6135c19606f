/** Collections as the tree shows them. A collection is a folder of OpenCollection YAML files. */
import { z } from 'zod'
import { WireErrorSchema } from '../errors.ts'
import { CollectionIdSchema, NodeIdSchema, TrashIdSchema } from './ids.ts'
import { RequestDocumentSchema } from './request.ts'

export const TreeNodeSchema = z.object({
  id: NodeIdSchema,
  /** `broken` is a file that does not parse: shown, kept, and opened as text. */
  kind: z.enum(['folder', 'request', 'broken']),
  name: z.string(),
  /** Null at the top of the collection. */
  parentId: NodeIdSchema.nullable(),
  /** Of a request. */
  method: z.string().optional(),
  /** Why it is broken, in one sentence. */
  error: z.string().optional(),
})
export type TreeNode = z.infer<typeof TreeNodeSchema>

export const CollectionSchema = z.object({
  id: CollectionIdSchema,
  name: z.string(),
  /** Absolute path of its folder. */
  path: z.string(),
  /** Changes whenever what its files say around its requests may have: defaults, sessions, environments. */
  settings: z.string(),
  /** Depth first, in display order: by seq, then name, folders included. */
  nodes: z.array(TreeNodeSchema),
  /** The collection could not be read or written: why. Its nodes are then what could be read. */
  error: WireErrorSchema.optional(),
})
export type Collection = z.infer<typeof CollectionSchema>

/** What became different of a collection, by `changeBetween`: all but the nodes, and of these what is not as it was. */
export const CollectionChangeSchema = CollectionSchema.omit({ nodes: true }).extend({
  /** Nodes that went, changed, or stand elsewhere now. */
  removed: z.array(NodeIdSchema),
  /** Nodes that came, changed, or stand elsewhere: each run stands after that node, which stayed; null: at the top. */
  put: z.array(z.object({ after: NodeIdSchema.nullable(), nodes: z.array(TreeNodeSchema) })),
})
export type CollectionChange = z.infer<typeof CollectionChangeSchema>

/** A place that can hold items: a folder, or the top of a collection. */
export const ParentRefSchema = z.object({ collectionId: CollectionIdSchema, folderId: NodeIdSchema.nullable() })
export type ParentRef = z.infer<typeof ParentRefSchema>

/** Ids that changed because an item was renamed or moved, the folder's own children included. */
export const MovedSchema = z.array(z.object({ from: NodeIdSchema, to: NodeIdSchema }))
export type Moved = z.infer<typeof MovedSchema>

export const OpenedRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('request'),
    document: RequestDocumentSchema,
    /** Hash of the file's bytes; handed back on save, so that a change made elsewhere is noticed. */
    revision: z.string(),
  }),
  z.object({ kind: z.literal('broken'), name: z.string(), text: z.string(), revision: z.string(), error: WireErrorSchema }),
])
export type OpenedRequest = z.infer<typeof OpenedRequestSchema>

export const SavedSchema = z.object({ nodeId: NodeIdSchema, revision: z.string() })
export const TrashedSchema = z.object({ trashId: TrashIdSchema, name: z.string() })

/** Items that were deleted together. */
export const DeletionSchema = z.object({
  id: TrashIdSchema,
  /** ISO. */
  at: z.string(),
  items: z.array(
    z.object({
      /** Folder of the collection it was in. */
      root: z.string(),
      /** Where it was below that, with `/`. */
      path: z.string(),
      name: z.string(),
      isFolder: z.boolean(),
    }),
  ),
})
export type Deletion = z.infer<typeof DeletionSchema>
