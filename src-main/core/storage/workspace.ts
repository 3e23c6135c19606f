/**
 * The user's collections: what the tree shows and what its commands do, over plain folders on disk. Joins the parts;
 * each part's file says what it does.
 */
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Language } from '#contract/model/language.ts'
import type { Collection, Moved } from '#contract/model/workspace.ts'
import { CoreError } from '../lib/core-error.ts'
import { createChangeVariables, type ChangeVariables } from './change-variables.ts'
import { createCaptured, type Captured } from './captured.ts'
import { createWorkspaceAdditions, type WorkspaceAdditions } from './workspace-additions.ts'
import { createWorkspaceBackups, type WorkspaceBackups } from './workspace-backups.ts'
import { createSettingsReader, type SettingsReader } from './collection-settings.ts'
import { createCollectionsList } from './collections-list.ts'
import { createLocks } from './lock.ts'
import { createTrash, type Trash } from './trash.ts'
import { createWorkspaceCollections, type WorkspaceCollections } from './workspace-collections.ts'
import { createWorkspaceItems, type WorkspaceItems } from './workspace-items.ts'
import { createWorkspaceRequests, type WorkspaceRequests } from './workspace-requests.ts'
import type { SecretVault } from './secret-vault.ts'
import { createWorkspaceSettings, type WorkspaceSettings } from './workspace-settings.ts'
import { createWorkspaceState } from './workspace-state.ts'

export interface WorkspaceDeps {
  /** Absolute path of the private data folder. */
  readonly dataDir: string
  /** Whether to notice changes that other programs make. */
  readonly watch: boolean
  /** Told of all collections whenever one changed, and of ids that changed. */
  readonly onChanged: (collections: Collection[], moved: Moved) => void
  /** Told of what went wrong where nobody waits for an answer. */
  readonly report: (error: unknown) => void
  readonly vault: SecretVault
}

export interface Workspace {
  /** All collections, read from disk. At the very first start there are "My requests" and the tour, in this language. */
  readonly read: (language?: Language) => Promise<Collection[]>
  /** Begin to read them where a window is sure to ask, which then finds little left to read. A very first start waits for its language. */
  readonly readAhead: () => void
  readonly collections: Omit<WorkspaceCollections, 'welcome'>
  readonly items: WorkspaceItems
  readonly requests: WorkspaceRequests
  readonly additions: WorkspaceAdditions
  readonly trash: Trash
  readonly backups: WorkspaceBackups
  /** The folder that relative file paths of a request are relative to; null where its collection is not open. */
  readonly rootOf: (id: NodeId) => string | null
  /** Where an item is. @throws {CoreError} `NotFound` where its collection is not open */
  readonly placeOf: (id: NodeId) => { readonly root: string; readonly path: string }
  /** The folder of a collection. @throws {CoreError} `NotFound` */
  readonly folderOf: (id: CollectionId) => string
  readonly reader: SettingsReader
  readonly settings: WorkspaceSettings
  /** Changes variables of a file where they stand. */
  readonly changeVariables: ChangeVariables
  readonly captured: Captured
  /** The folders of the collections on the list, read again. */
  readonly roots: () => readonly string[]
  /** Stops watching, and resolves when nothing is being written. */
  readonly close: () => Promise<void>
}

/** Make a workspace. Nothing is read before it is asked for. */
export function createWorkspace(deps: WorkspaceDeps): Workspace {
  const { dataDir, report } = deps
  const locks = createLocks(dataDir)
  const list = createCollectionsList(dataDir, locks, report)
  const state = createWorkspaceState({ list, locks, watch: deps.watch, onChanged: deps.onChanged, report })
  const collections = createWorkspaceCollections(state, locks)
  const reader = createSettingsReader(dataDir)
  let welcomed: Promise<void> | null = null
  return {
    read: async (language = 'en') => {
      // A data folder that cannot be written is told of elsewhere; what is there is shown.
      welcomed ??= list.isFirstStart() ? collections.welcome(language).catch(report) : Promise.resolve()
      await welcomed
      return state.follow()
    },
    readAhead: () => {
      if (!list.isFirstStart()) state.follow().catch(report)
    },
    collections,
    items: createWorkspaceItems(state),
    requests: createWorkspaceRequests(state),
    additions: createWorkspaceAdditions({ state, reader, vault: deps.vault, collections }),
    trash: createTrash(state, report),
    backups: createWorkspaceBackups(state),
    rootOf: state.rootOf,
    placeOf: (id) => {
      const { opened, path } = state.locate(id)
      return { root: opened.root, path }
    },
    folderOf: (id) => state.find(id).root,
    reader,
    settings: createWorkspaceSettings(state, reader, deps.vault),
    changeVariables: createChangeVariables(state, reader),
    captured: createCaptured(dataDir, locks, (line) => report(new CoreError('Unreadable', 'store', line))),
    roots: list.roots,
    close: state.close,
  }
}
