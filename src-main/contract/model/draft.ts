/**
 * What the window must have back after a crash: its open tabs with everything typed in them, what was typed in the layers
 * around requests, and its layout. Kept in the private data folder, written within 300 ms of an edit.
 */
import { z } from 'zod'
import { CollectionIdSchema, DraftIdSchema, NodeIdSchema } from './ids.ts'
import { AuthSchema, BodySchema, RequestDocumentSchema } from './request.ts'
import { EnvironmentSchema, ScriptedDefaultsSchema, SessionSchema } from './session.ts'

export const DraftSchema = z.object({
  id: DraftIdSchema,
  /** The saved request it edits; null where it was never saved. */
  nodeId: NodeIdSchema.nullable(),
  /** Revision of the file that the edits started from. */
  revision: z.string().nullable(),
  document: RequestDocumentSchema,
  /** Whether the document differs from the file. */
  dirty: z.boolean(),
  /** Bodies and credentials of the kinds not chosen now, so that switching back loses nothing. */
  shelvedBodies: z.array(BodySchema),
  shelvedAuths: z.array(AuthSchema),
  /** Where the file does not parse: its text as edited, in place of the document. */
  brokenText: z.string().optional(),
})
export type Draft = z.infer<typeof DraftSchema>

const layer = { id: DraftIdSchema, collectionId: CollectionIdSchema }

/**
 * A layer around requests as it is being edited: an environment, a session, or the defaults of a folder or collection.
 * `base` is what its file held when the edits began, null where the file had none of it; `value` is what is typed. Values
 * of secrets are in neither.
 */
export const LayerDraftSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('environment'),
    ...layer,
    /** Its file's name; null: it has none yet. */
    file: z.string().max(255).nullable(),
    base: EnvironmentSchema.nullable(),
    value: EnvironmentSchema,
  }),
  z.object({
    kind: z.literal('session'),
    ...layer,
    /** The name it has in the file; null: it is not there yet. */
    name: z.string().max(500).nullable(),
    base: SessionSchema.nullable(),
    value: SessionSchema,
  }),
  z.object({
    kind: z.literal('defaults'),
    ...layer,
    /** Null: those of the collection. */
    folderId: NodeIdSchema.nullable(),
    base: ScriptedDefaultsSchema.nullable(),
    value: ScriptedDefaultsSchema,
  }),
])
export type LayerDraft = z.infer<typeof LayerDraftSchema>

export const LayoutSchema = z.object({
  sidebarVisible: z.boolean(),
  sidebarWidth: z.number(),
  /** Where the response stands: beside the editor or below it. */
  split: z.enum(['beside', 'below']),
  /** Share of the editor while the response stands beside it, 0 to 1. */
  editorShare: z.number(),
  /** The same while the response stands below; absent: half. */
  editorShareBelow: z.number().optional(),
  collapsed: z.array(z.string()),
  /** Whether notes that lead on from request to request, as those of the tour, are folded; absent: they are not. */
  notesFolded: z.boolean().optional(),
  /** Paths of JSON that do not count where answers are compared. */
  ignoredPaths: z.array(z.string()).optional(),
  /** The language that requests are shown in as code; one that this version does not know is as good as none. */
  codeLanguage: z.string().optional(),
  /** Whether requests as code write the answer to a file. */
  codeSaves: z.boolean().optional(),
})
export type Layout = z.infer<typeof LayoutSchema>

/** What is chosen for the requests of a collection. Null: no environment, and the default session. */
export const ChoiceSchema = z.object({ environment: z.string().nullable(), session: z.string().nullable() })
export type Choice = z.infer<typeof ChoiceSchema>

export const ChoicesSchema = z.object({
  /** By the collection's id. */
  byCollection: z.record(z.string(), ChoiceSchema),
  /** Whose environments and sessions a request uses that is not saved yet; null: those of the first collection. */
  lastUsed: CollectionIdSchema.nullable(),
})
export type Choices = z.infer<typeof ChoicesSchema>

export const WindowStateSchema = z.object({
  /** Tab order. */
  order: z.array(DraftIdSchema),
  active: DraftIdSchema.nullable(),
  layout: LayoutSchema,
  /** Absent in files of before there was any. */
  choices: ChoicesSchema.default({ byCollection: {}, lastUsed: null }),
})
export type WindowState = z.infer<typeof WindowStateSchema>
