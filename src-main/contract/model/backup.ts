/** Earlier versions of a collection's files, and the commands that show them and bring them back. */
import { z } from 'zod'
import { CollectionIdSchema, NodeIdSchema } from './ids.ts'

export const BackupVersionSchema = z.object({
  id: z.string().max(60),
  /** When it was put aside, that is, when something else was saved in its place: ISO. */
  at: z.string(),
  bytes: z.number().int(),
})
export type BackupVersion = z.infer<typeof BackupVersionSchema>

/**
 * Whose file: a request's own, a folder's `folder.yml`, with a collection's id its `opencollection.yml`, and an
 * environment's as `<collection id>/environments/<file>`. It need not be there any more.
 */
const id = z.union([NodeIdSchema, CollectionIdSchema])
const version = z.string().max(60)

export const BACKUP_COMMANDS = {
  'backups.list': {
    input: z.object({ id }),
    output: z.object({
      /** Of the file, below the collection's folder. */
      path: z.string(),
      /** The file as it is; null: it is not there. */
      current: z.object({ text: z.string(), revision: z.string() }).nullable(),
      /** Newest first. */
      versions: z.array(BackupVersionSchema),
    }),
  },
  /** A version's text; bytes that are not UTF-8 are shown one by one. Fails with `NotFound` where it is no longer kept. */
  'backups.read': { input: z.object({ id, version }), output: z.object({ text: z.string() }) },
  /**
   * Puts a version in place, byte for byte; what was there is a version then, and `replaced` its id (null: nothing was
   * there). Fails with `Conflict` where the file is no longer at `revision`; null: whatever is there.
   */
  'backups.restore': {
    input: z.object({ id, version, revision: z.string().nullable() }),
    output: z.object({ replaced: z.string().nullable() }),
  },
} as const
