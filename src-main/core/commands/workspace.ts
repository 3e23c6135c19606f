/** The tree of saved requests, as commands. */
import type { NodeId } from '#contract/model/ids.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import type { SecretGuard } from './secret-guard.ts'
import type { Workspace } from '../storage/workspace.ts'
import type { WorkspaceNews } from './workspace-news.ts'

type WorkspaceCommand =
  | 'workspace.read'
  | `collection.${'create' | 'open' | 'openTour' | 'close' | 'rename'}`
  | 'folder.create'
  | `node.${'rename' | 'move' | 'duplicate' | 'trash'}`
  | `trash.${'list' | 'restore'}`
  | `backups.${'list' | 'read' | 'restore'}`
  | `request.${'open' | 'create' | 'save' | 'saveText'}`

export function workspaceHandlers(workspace: Workspace, guard: SecretGuard, news: WorkspaceNews): Pick<Handlers, WorkspaceCommand> {
  const { collections, items, requests, trash, backups } = workspace
  return {
    'workspace.read': async ({ language }) => news.answer(await workspace.read(language)),
    'collection.create': ({ name, path }) => collections.create(name, path),
    'collection.open': ({ path }) => collections.open(path),
    'collection.openTour': ({ language }) => collections.openTour(language ?? 'en'),
    'collection.close': async ({ id }) => {
      await collections.close(id)
      return {}
    },
    'collection.rename': async ({ id, name }) => {
      await collections.rename(id, name)
      return {}
    },
    'folder.create': ({ parent, name }) => items.createFolder(parent, name),
    'node.rename': ({ id, name }) => items.rename(id, name),
    'node.move': ({ ids, parent, index }) => items.move(ids, parent, index),
    'node.duplicate': ({ id }) => items.duplicate(id),
    'node.trash': ({ ids }) => trash.put(ids),
    'trash.list': async () => ({ deletions: await trash.list() }),
    'trash.restore': ({ trashId }) => trash.restore(trashId),
    'backups.list': ({ id }) => backups.list(id),
    'backups.read': ({ id, version }) => backups.read(id, version),
    'backups.restore': ({ id, version, revision }) => backups.restore(id, version, revision),
    'request.open': ({ id }) => requests.open(id),
    'request.create': async ({ parent, document, allowSecrets }) => {
      await guard({ place: { parent }, next: document, stored: async () => null, allowSecrets })
      return requests.create(parent, document)
    },
    'request.save': async ({ id, document, revision, allowSecrets }) => {
      await guard({ place: { nodeId: id }, next: document, stored: () => storedIn(workspace, id), allowSecrets })
      return requests.save(id, document, revision)
    },
    'request.saveText': async ({ id, text, revision, allowSecrets }) => {
      await guard({ place: { nodeId: id }, next: text, stored: () => storedIn(workspace, id), allowSecrets })
      return requests.saveText(id, text, revision)
    },
  }
}

/** Null where the file is gone. */
async function storedIn({ requests }: Workspace, id: NodeId): Promise<unknown> {
  try {
    const opened = await requests.open(id)
    return opened.kind === 'request' ? opened.document : opened.text
  } catch (error) {
    if (error instanceof CoreError && error.kind === 'NotFound') return null
    throw error
  }
}
