/** Branded ids: strings that the compiler keeps apart. Their content means something to core only. */
import { z } from 'zod'

export const CollectionIdSchema = z.string().min(1).max(200).brand<'CollectionId'>()
export type CollectionId = z.infer<typeof CollectionIdSchema>

/** A folder or request in a collection. Changes when the item is renamed or moved; `workspace.changed` says how. */
export const NodeIdSchema = z.string().min(1).max(4096).brand<'NodeId'>()
export type NodeId = z.infer<typeof NodeIdSchema>

/** One open tab, saved or not. Made by the window, so its alphabet is checked: it becomes a file name. */
export const DraftIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{6,64}$/)
  .brand<'DraftId'>()
export type DraftId = z.infer<typeof DraftIdSchema>

export const ExchangeIdSchema = z.string().min(1).max(64).brand<'ExchangeId'>()
export type ExchangeId = z.infer<typeof ExchangeIdSchema>

/** A stored body: the hash of its content, in hex. */
export const BodyIdSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'BodyId'>()
export type BodyId = z.infer<typeof BodyIdSchema>

/** Long work that may be asked how far it is. Made by whoever asks for the work. */
export const WorkIdSchema = z.string().min(1).max(64)

/** A body opened for reading as text in one encoding and one format. */
export const ViewIdSchema = z.string().min(1).max(64).brand<'ViewId'>()
export type ViewId = z.infer<typeof ViewIdSchema>

export const TrashIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{6,64}$/)
  .brand<'TrashId'>()
export type TrashId = z.infer<typeof TrashIdSchema>

/** A body opened for reading as a tree. */
export const TreeIdSchema = z.string().min(1).max(64).brand<'TreeId'>()
export type TreeId = z.infer<typeof TreeIdSchema>
