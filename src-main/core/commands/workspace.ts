/** The tree of saved requests, as commands. */
import type { Handlers } from '../dispatch.ts'
import type { Workspace } from '../storage/workspace.ts'

type WorkspaceCommand =
  | 'workspace.read'
  | `collection.${'create' | 'open' | 'close' | 'rename'}`
  | 'folder.create'
  | `node.${'rename' | 'move' | 'duplicate' | 'trash'}`
  | `trash.${'list' | 'restore'}`
  | `backups.${'list' | 'read' | 'restore'}`
  | `request.${'open' | 'create' | 'save' | 'saveText'}`

export function workspaceHandlers(workspace: Workspace): Pick<Handlers, WorkspaceCommand> {
  const { collections, items, requests, trash, backups } = workspace
  return {
    'workspace.read': async () => ({ collections: await workspace.read() }),
    'collection.create': ({ name, path }) => collections.create(name, path),
    'collection.open': ({ path }) => collections.open(path),
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
    'request.create': ({ parent, document }) => requests.create(parent, document),
    'request.save': ({ id, document, revision }) => requests.save(id, document, revision),
    'request.saveText': ({ id, text, revision }) => requests.saveText(id, text, revision),
  }
}
