/** Earlier versions of the workspace's files: what there is, its text, and putting it back. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Output } from '#contract/commands.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import { CoreError } from '../lib/core-error.ts'
import { assertInside, COLLECTION_FILE, ENVIRONMENTS_FOLDER, FOLDER_FILE, isRequestFile, itemPath, splitNodeId } from './item-paths.ts'
import type { Opened } from './open-collections.ts'
import { decodeFile, readTextFile, type TextFile } from './text-file.ts'
import { parentOf } from './workspace-files.ts'
import type { WorkspaceState } from './workspace-state.ts'

type FileId = NodeId | CollectionId

export interface WorkspaceBackups {
  readonly list: (id: FileId) => Promise<Output<'backups.list'>>
  readonly read: (id: FileId, version: string) => Promise<Output<'backups.read'>>
  readonly restore: (id: FileId, version: string, revision: string | null) => Promise<Output<'backups.restore'>>
}

export function createWorkspaceBackups(state: WorkspaceState): WorkspaceBackups {
  return {
    list: async (id) => {
      const { opened, path, absolute } = await fileOf(state, id)
      const current = await readIfThere(absolute)
      return {
        path,
        current: current && { text: current.text, revision: current.revision },
        versions: await opened.backups.list(path),
      }
    },
    read: async (id, version) => {
      const { opened, path } = await fileOf(state, id)
      return { text: decodeFile(await opened.backups.read(path, version), path).text }
    },
    restore: async (id, version, revision) => {
      const { opened, path, absolute } = await fileOf(state, id)
      return state.write(opened, parentOf(path), async () => {
        const bytes = await opened.backups.read(path, version)
        const current = await readIfThere(absolute)
        if (revision !== null && current !== null && current.revision !== revision) throw conflict(path)
        await assertInside(opened.root, absolute)
        await opened.backups.replace(path, bytes)
        const [newest] = current === null ? [] : await opened.backups.list(path)
        return { replaced: newest?.id ?? null }
      })
    },
  }
}

interface BackedFile {
  readonly opened: Opened
  /** Below the collection's folder, with `/`. */
  readonly path: string
  readonly absolute: string
}

/** @throws {CoreError} `NotFound` for what is no file of an open collection */
async function fileOf(state: WorkspaceState, id: FileId): Promise<BackedFile> {
  const { collectionId, path } = splitNodeId(id)
  const opened = state.find(collectionId)
  if (path === '') return { opened, path: COLLECTION_FILE, absolute: join(opened.root, COLLECTION_FILE) }
  const [folder, name = '', ...more] = path.split('/')
  if (folder === ENVIRONMENTS_FOLDER && more.length === 0 && isRequestFile(name)) return { opened, path, absolute: join(opened.root, path) }
  const absolute = itemPath(opened.root, path)
  const isFolder = (await stat(absolute).catch(() => null))?.isDirectory() ?? !isRequestFile(path.split('/').at(-1) ?? '')
  return isFolder ? { opened, path: `${path}/${FOLDER_FILE}`, absolute: join(absolute, FOLDER_FILE) } : { opened, path, absolute }
}

async function readIfThere(absolute: string): Promise<TextFile | null> {
  return readTextFile(absolute).catch((error: unknown) => {
    if (error instanceof CoreError && error.kind === 'NotFound') return null
    throw error
  })
}

function conflict(path: string): CoreError {
  return new CoreError('Conflict', 'store', `${path} was changed by another program in the meantime, so it was left as it is.`, {
    hint: 'Look at the differences again.',
  })
}
