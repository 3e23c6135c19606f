/**
 * Every command the core answers: name, input and output. The one description of the API; handlers, hosts and
 * the window are all typed from it. To add one, see CONTRIBUTING.md.
 */
import { z } from 'zod'
import { WireErrorSchema } from './errors.ts'
import { CapabilitiesSchema } from './capabilities.ts'
import { BACKUP_COMMANDS } from './model/backup.ts'
import { BODY_COMMANDS } from './model/body.ts'
import { TREE_COMMANDS } from './model/body-tree.ts'
import { BODY_QUERY_COMMANDS } from './model/body-query.ts'
import { BODY_SEARCH_COMMANDS } from './model/body-search.ts'
import { codeCommands } from './model/code.ts'
import { COMPARE_COMMANDS } from './model/compare.ts'
import { EXAMPLE_COMMANDS } from './model/example.ts'
import { exportCommands } from './model/export.ts'
import { DERIVED_BODY_COMMANDS } from './model/derived-body.ts'
import { COOKIE_COMMANDS } from './model/cookie.ts'
import { CollectionIdSchema, DraftIdSchema, ExchangeIdSchema, NodeIdSchema, TrashIdSchema } from './model/ids.ts'
import { LanguageSchema } from './model/language.ts'
import { DraftSchema, LayerDraftSchema, WindowStateSchema } from './model/draft.ts'
import { HAR_COMMANDS } from './model/har.ts'
import { IMPORT_COMMANDS } from './model/import.ts'
import { HistoryFacetsSchema, HistoryFilterSchema, HistoryPageSchema, HistoryReadSchema, HistoryRemovedSchema } from './model/history.ts'
import { PreviewSchema } from './model/prepared.ts'
import { OriginSchema } from './model/origin.ts'
import { RECORD_COMMANDS } from './model/record.ts'
import { PAGES_ASKED, PAGES_STOP, PagesSchema } from './model/pages.ts'
import { RequestDocumentSchema } from './model/request.ts'
import { RUN_COMMANDS } from './model/run.ts'
import {
  AdapterSchema,
  EnvironmentSchema,
  RemovalSchema,
  ScriptedDefaultsSchema,
  SessionRenameSchema,
  SessionSchema,
} from './model/session.ts'
import { FoundVariableSchema } from './model/variable.ts'
import { ResumePointSchema } from './model/resume.ts'
import { SETTINGS_COMMANDS } from './model/settings.ts'
import { socketCommands } from './model/websocket.ts'
import { TokenProgressSchema, TokenStatusSchema } from './model/token.ts'
import {
  CollectionSchema,
  DeletionSchema,
  MovedSchema,
  OpenedRequestSchema,
  ParentRefSchema,
  SavedSchema,
  TrashedSchema,
} from './model/workspace.ts'

const nothing = z.object({})
const inLanguage = z.object({ language: LanguageSchema.optional() })
const name = z.string().max(500)
const path = z.string().min(1).max(4096)
const entryIds = z.array(ExchangeIdSchema).min(1).max(10_000)

/** What is chosen around a request. */
const ContextSchema = z.object({
  /** Of a request that is not saved yet: whose sessions and environments it is to use. */
  collectionId: CollectionIdSchema.nullable(),
  /** Null: none. */
  environment: z.string().nullable(),
  /** Null: the default one. A request that names a session itself goes with that. */
  session: z.string().nullable(),
  /** Values for this send alone, such as answers to questions; they win over every other. */
  given: z.record(z.string(), z.string()).optional(),
})
export type Context = z.infer<typeof ContextSchema>

/** A request as the form has it, with what is needed to find its files and to repeat it exactly. */
const subject = {
  document: RequestDocumentSchema,
  /** The saved request the document belongs to: its collection's root is the base of relative file paths. */
  nodeId: NodeIdSchema.nullable(),
  /** Random text; the multipart boundary is derived from it, so that preview and wire agree. */
  seed: z.string().min(8).max(64),
  context: ContextSchema.optional(),
}

/**
 * Of everything that writes a file of a collection. Without it, one that would hold the value of a known secret in clear,
 * and did not before, is not written: `SecretInFile`, whose `details.secrets` is a list of `{ name, origin }`.
 */
const inClear = { allowSecrets: z.boolean().optional() }

/** Name of a file in a collection's `environments` folder. */
const environmentFile = z.string().min(1).max(255)

const StoredEnvironmentSchema = z.object({
  file: environmentFile,
  environment: EnvironmentSchema,
  revision: z.string(),
  /** Why the file cannot be read; the environment is then empty. */
  fault: WireErrorSchema.nullable(),
})
const SavedEnvironmentSchema = z.object({ file: environmentFile, revision: z.string() })

/** Where a secret variable is defined. */
const secretPlace = { collectionId: CollectionIdSchema, origin: OriginSchema }

const FileStatSchema = z.object({
  path: z.string(),
  /** Absolute path that was looked at. */
  resolved: z.string(),
  /** Null where there is no such readable file. */
  bytes: z.number().nullable(),
  /** Another text once the file has changed; null where there is no such file. */
  version: z.string().nullable(),
  /** Found from the file's name. */
  contentType: z.string().nullable(),
  error: WireErrorSchema.nullable(),
})

export const COMMANDS = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      engines: z.record(z.string(), z.string()),
      dataDir: z.string(),
      capabilities: CapabilitiesSchema,
      /** The data folder cannot be written, say: shown as a banner until mended. */
      problem: WireErrorSchema.nullable(),
    }),
  },
  ...SETTINGS_COMMANDS,

  /** The language is that of the collections which the very first start makes. */
  /** With the sequence of the last `workspace.changed` that is in it. */
  'workspace.read': { input: inLanguage, output: z.object({ collections: z.array(CollectionSchema), sequence: z.number().int() }) },
  /** Without a path the collection is made in the data folder. */
  'collection.create': { input: z.object({ name, path: path.optional() }), output: CollectionSchema },
  'collection.open': { input: z.object({ path }), output: CollectionSchema },
  /** The collection that shows a newcomer around, made where it is not there; of one that is, what is missing is made. */
  'collection.openTour': { input: inLanguage, output: CollectionSchema },
  /** Takes it off the list; its files stay. */
  'collection.close': { input: z.object({ id: CollectionIdSchema }), output: nothing },
  'collection.rename': { input: z.object({ id: CollectionIdSchema, name }), output: nothing },

  'folder.create': { input: z.object({ parent: ParentRefSchema, name }), output: z.object({ nodeId: NodeIdSchema }) },
  'node.rename': { input: z.object({ id: NodeIdSchema, name }), output: z.object({ moved: MovedSchema }) },
  /** Moves items, in the order given, to stand before the child at `index` (the number of children: at the end). */
  'node.move': {
    input: z.object({ ids: z.array(NodeIdSchema).min(1).max(10_000), parent: ParentRefSchema, index: z.number().int().min(0) }),
    output: z.object({ moved: MovedSchema }),
  },
  'node.duplicate': { input: z.object({ id: NodeIdSchema }), output: z.object({ nodeId: NodeIdSchema }) },
  'node.trash': { input: z.object({ ids: z.array(NodeIdSchema).min(1).max(10_000) }), output: TrashedSchema },
  /** What can be had back by `trash.restore`, the latest deletion first. */
  'trash.list': { input: nothing, output: z.object({ deletions: z.array(DeletionSchema) }) },
  'trash.restore': { input: z.object({ trashId: TrashIdSchema }), output: z.object({ nodeIds: z.array(NodeIdSchema) }) },
  ...BACKUP_COMMANDS,

  /** What a folder, or the collection itself, gives to its requests. A null revision: it has no file yet. */
  'defaults.read': {
    input: z.object({ parent: ParentRefSchema }),
    /** `notes`: options in the file that count for nothing, in words. */
    output: z.object({
      name: z.string(),
      defaults: ScriptedDefaultsSchema,
      revision: z.string().nullable(),
      notes: z.array(z.string()),
    }),
  },
  /** Saving here and below fails with `Conflict` as `request.save` does; a null revision overwrites whatever is there. */
  'defaults.save': {
    input: z.object({ parent: ParentRefSchema, defaults: ScriptedDefaultsSchema, revision: z.string().nullable(), ...inClear }),
    output: z.object({ revision: z.string() }),
  },
  /** Those in the file; the default session is there even where the file does not name it. */
  'session.list': {
    input: z.object({ collectionId: CollectionIdSchema }),
    /** `notes`: options of sessions that count for nothing, in words. */
    output: z.object({
      sessions: z.array(SessionSchema),
      revision: z.string().nullable(),
      notes: z.array(z.object({ session: z.string(), message: z.string() })),
    }),
  },
  /**
   * The cookies of a session that is renamed go with it; those of one that is left out are put aside, and are back when
   * it is saved again with `restore`. A session that is new, such as a duplicate, has an empty jar.
   */
  'session.save': {
    input: z.object({
      collectionId: CollectionIdSchema,
      sessions: z.array(SessionSchema).max(1000),
      revision: z.string().nullable(),
      ...inClear,
      renamed: z.array(SessionRenameSchema).max(1000).default([]),
      /** A `removal` to be taken back. */
      restore: RemovalSchema.optional(),
    }),
    /** `removal`: the cookies that were put aside; null: none. */
    output: z.object({ revision: z.string(), removal: RemovalSchema.nullable() }),
  },
  /** Which of some mounted adapters a URL picks, and what keeps a prefix from ever being picked. */
  'session.pick': {
    input: z.object({ adapters: z.array(AdapterSchema).max(1000), url: z.string().max(100_000) }),
    output: z.object({
      /** Index of the one picked; null: none. */
      picked: z.number().int().nullable(),
      /** What is wrong with the URL; null where it can be understood. */
      fault: z.string().nullable(),
      /** Of each adapter, in order: what is wrong with its prefix. */
      prefixFaults: z.array(z.string().nullable()),
    }),
  },
  /** Ends the connections that a session keeps open, as leaving `with Session()` does; null: of requests in no collection. */
  'session.close': {
    input: z.object({ collectionId: CollectionIdSchema.nullable(), session: name }),
    output: z.object({ closed: z.number().int() }),
  },
  'environment.list': {
    input: z.object({ collectionId: CollectionIdSchema }),
    output: z.object({ environments: z.array(StoredEnvironmentSchema) }),
  },
  /** Without a file a new one is made. Another name renames the file; the secrets of its variables follow. */
  'environment.save': {
    input: z.object({
      collectionId: CollectionIdSchema,
      file: environmentFile.nullable(),
      environment: EnvironmentSchema,
      revision: z.string().nullable(),
      ...inClear,
    }),
    output: SavedEnvironmentSchema,
  },
  'environment.remove': {
    input: z.object({ collectionId: CollectionIdSchema, file: environmentFile }),
    /** The file's text, for `environment.restore`. */
    output: z.object({ text: z.string() }),
  },
  'environment.restore': {
    input: z.object({ collectionId: CollectionIdSchema, file: environmentFile, text: z.string() }),
    output: SavedEnvironmentSchema,
  },
  /** The names that a `.env` file gives, relative to the collection's folder; null: it is not there, or cannot be read. */
  'environment.dotEnv': {
    input: z.object({ collectionId: CollectionIdSchema, path: z.string().max(4096) }),
    output: z.object({ names: z.array(z.string()).nullable() }),
  },
  /** Which of the secret variables defined in a place have a value on this machine. */
  'secret.list': { input: z.object({ ...secretPlace, names: z.array(name).max(10_000) }), output: z.object({ kept: z.array(z.string()) }) },
  'secret.read': { input: z.object({ ...secretPlace, name }), output: z.object({ value: z.string().nullable() }) },
  /** A null value removes it. */
  'secret.set': { input: z.object({ ...secretPlace, name, value: z.string().max(1_000_000).nullable() }), output: nothing },
  /** Every variable that a request can use where it is, the one that wins of each name. */
  'variables.list': { input: z.object(subject), output: z.object({ variables: z.array(FoundVariableSchema) }) },
  /** Names of the values that are made anew at each place, with an example of each. */
  'variables.dynamic': { input: nothing, output: z.object({ values: z.array(z.object({ name: z.string(), example: z.string() })) }) },
  /** Variables taken from answers. */
  'captured.list': {
    input: z.object({ collectionId: CollectionIdSchema.nullable() }),
    output: z.object({ values: z.record(z.string(), z.string()) }),
  },
  /** A null value takes one away. */
  'captured.set': {
    input: z.object({ collectionId: CollectionIdSchema.nullable(), values: z.record(z.string(), z.string().nullable()) }),
    output: nothing,
  },

  'request.open': { input: z.object({ id: NodeIdSchema }), output: OpenedRequestSchema },
  'request.create': {
    input: z.object({ parent: ParentRefSchema, document: RequestDocumentSchema, ...inClear }),
    output: SavedSchema,
  },
  /**
   * Fails with `Conflict` where the file is no longer at `revision`; `details` then holds `theirs` and `mine`, both
   * as YAML text. A null revision overwrites whatever is there.
   */
  'request.save': {
    input: z.object({ id: NodeIdSchema, document: RequestDocumentSchema, revision: z.string().nullable(), ...inClear }),
    output: SavedSchema,
  },
  /** Writes the text of a file that does not parse, under the same rule of revisions. */
  'request.saveText': {
    input: z.object({ id: NodeIdSchema, text: z.string(), revision: z.string().nullable(), ...inClear }),
    output: SavedSchema,
  },
  'request.prepare': { input: z.object(subject), output: PreviewSchema },
  ...codeCommands(subject),
  ...exportCommands(subject),

  /** Answers as soon as the exchange has an id; the rest comes as `exchange.progressed` events, `done` the last. */
  'exchange.send': {
    input: z.object({
      ...subject,
      draftId: DraftIdSchema.nullable(),
      /** For a file sent in parts: the part to begin with, from 1, in place of the first. */
      fromPart: z.number().int().min(1).optional(),
      /** `partsOf` of the failure that it goes on from: refused where the file is another by now. */
      partsOf: z.string().max(1000).optional(),
      /** Asks for the rest of an answer that broke off only; the body is then all of it. */
      resume: ResumePointSchema.optional(),
      /** Why the window holds it back: nothing is sent, and the history has it with this reason. */
      refusal: WireErrorSchema.optional(),
    }),
    output: z.object({ exchangeId: ExchangeIdSchema }),
  },
  /** Follows the redirect that the exchange stands at (with `all`, the further ones too), or ends its wait before a retry. */
  'exchange.continue': { input: z.object({ exchangeId: ExchangeIdSchema, all: z.boolean().optional() }), output: nothing },
  'exchange.cancel': { input: z.object({ exchangeId: ExchangeIdSchema }), output: nothing },
  /** Sends the request for each page after the one that is there, and makes one body of them all. */
  'pages.collect': { input: z.object({ ...subject, ...PAGES_ASKED }), output: PagesSchema },
  'pages.stop': PAGES_STOP,
  ...socketCommands(subject),

  /** The token that the request's OAuth 2.0 settings lead to. */
  'oauth2.status': { input: z.object(subject), output: TokenStatusSchema },
  /** A new token. Where the user has to sign in, the answer comes as soon as the address for that is known. */
  'oauth2.get': { input: z.object(subject), output: TokenProgressSchema },
  /** Waits until the user has signed in, at most five minutes. Aborting the call gives up. */
  'oauth2.finish': { input: z.object({ attemptId: z.string() }), output: TokenStatusSchema },
  'oauth2.refresh': { input: z.object(subject), output: TokenStatusSchema },
  'oauth2.delete': { input: z.object(subject), output: TokenStatusSchema },

  ...RUN_COMMANDS,
  ...HAR_COMMANDS,
  ...COOKIE_COMMANDS,
  ...IMPORT_COMMANDS,

  ...BODY_COMMANDS,
  ...RECORD_COMMANDS,
  ...TREE_COMMANDS,
  ...BODY_QUERY_COMMANDS,
  ...BODY_SEARCH_COMMANDS,
  ...COMPARE_COMMANDS,
  ...EXAMPLE_COMMANDS,
  ...DERIVED_BODY_COMMANDS,

  'history.list': {
    input: z.object({
      filter: HistoryFilterSchema.optional(),
      /** `next` of the page before. */
      cursor: z.string().max(100).nullable().optional(),
      limit: z.number().int().min(1).max(500).optional(),
    }),
    output: HistoryPageSchema,
  },
  'history.facets': { input: nothing, output: HistoryFacetsSchema },
  'history.read': { input: z.object({ id: ExchangeIdSchema }), output: HistoryReadSchema },
  /**
   * Sends again exactly what was sent: method, URL, header lines and body. Answers as `exchange.send` does. Fails with
   * `NotFound` where the entry or its body is gone, with `InvalidBody` or `InvalidHeader` where it cannot be had again.
   */
  'history.resend': {
    input: z.object({ id: ExchangeIdSchema, draftId: DraftIdSchema.nullable() }),
    output: z.object({ exchangeId: ExchangeIdSchema }),
  },
  'history.pin': { input: z.object({ ids: entryIds, pinned: z.boolean() }), output: nothing },
  'history.remove': { input: z.object({ ids: entryIds }), output: HistoryRemovedSchema },
  /** Removes all, but pinned entries only where asked to. */
  'history.clear': { input: z.object({ pinnedToo: z.boolean().optional() }), output: HistoryRemovedSchema },
  'history.restore': { input: z.object({ removal: z.string().max(100) }), output: z.object({ count: z.number().int() }) },

  'drafts.load': {
    input: nothing,
    /** `sequence`: of the last save that is in it; absent where there was none. */
    output: z.object({ drafts: z.array(DraftSchema), window: WindowStateSchema.nullable(), sequence: z.number().int().optional() }),
  },
  /** `base`: the save that the edits were made on. Saves are counted, from 1 with each core: the highest is what is kept. */
  'drafts.save': {
    input: z.object({ draft: DraftSchema, base: z.number().int().optional() }),
    output: z.object({ sequence: z.number().int() }),
  },
  'drafts.remove': { input: z.object({ id: DraftIdSchema }), output: nothing },
  /** What was typed in environments, sessions and defaults, and is not saved in their files. */
  'layerDrafts.load': { input: nothing, output: z.object({ drafts: z.array(LayerDraftSchema) }) },
  'layerDrafts.save': { input: z.object({ draft: LayerDraftSchema }), output: nothing },
  'layerDrafts.remove': { input: z.object({ id: DraftIdSchema }), output: nothing },
  'window.save': { input: z.object({ window: WindowStateSchema }), output: nothing },

  'files.stat': {
    input: z.object({ paths: z.array(z.string().max(4096)).max(1000), nodeId: NodeIdSchema.nullable() }),
    output: z.object({ files: z.array(FileStatSchema) }),
  },
  /**
   * Regular files below a folder, depth first, at most 1,000. What is named itself is taken, be it hidden; below it, hidden
   * files and folders are left out unless asked for. `hidden` has those, a folder once for all in it, at most 1,000.
   */
  'files.expand': {
    input: z.object({ paths: z.array(path).max(1000), withHidden: z.boolean().default(false) }),
    output: z.object({ files: z.array(z.string()), hidden: z.array(z.string()), truncated: z.boolean() }),
  },
} as const

export type CommandName = keyof typeof COMMANDS
/** What a caller passes: keys with a default may be left out. */
export type Input<N extends CommandName> = z.input<(typeof COMMANDS)[N]['input']>
export type ParsedInput<N extends CommandName> = z.output<(typeof COMMANDS)[N]['input']>
export type Output<N extends CommandName> = z.output<(typeof COMMANDS)[N]['output']>
