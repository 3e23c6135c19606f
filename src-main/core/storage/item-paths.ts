/**
 * Ids of items and the paths they stand for. An id is its collection's id and the item's path below the collection's
 * folder; what an id can name never leaves that folder, and is never one of the files that hold the tree together.
 */
import { createHash } from 'node:crypto'
import { lstat, realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { CollectionIdSchema, NodeIdSchema, type CollectionId, type NodeId } from '#contract/model/ids.ts'
import { CoreError } from '../lib/core-error.ts'

export const COLLECTION_FILE = 'opencollection.yml'
export const FOLDER_FILE = 'folder.yml'
export const ENVIRONMENTS_FOLDER = 'environments'
const MAX_DEPTH = 64

/**
 * The id of the collection in a folder: the same at every start, and where the data folder moves with the collections
 * in it.
 */
export function collectionIdOf(root: string, dataDir: string): CollectionId {
  const inside = relative(dataDir, root)
  const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)
  const key = isInside ? `data:${inside.split(sep).join('/')}` : root
  return CollectionIdSchema.parse(createHash('sha256').update(key).digest('hex').slice(0, 16))
}

/** @param path below the collection's folder, with `/` */
export function nodeIdOf(collectionId: CollectionId, path: string): NodeId {
  return NodeIdSchema.parse(`${collectionId}/${path}`)
}

/** The parts of an id, unchecked. */
export function splitNodeId(id: string): { readonly collectionId: string; readonly path: string } {
  const slash = id.indexOf('/')
  return slash < 0 ? { collectionId: id, path: '' } : { collectionId: id.slice(0, slash), path: id.slice(slash + 1) }
}

/**
 * The absolute path of an item.
 *
 * @throws {CoreError} `NotFound` for a path that names nothing an item can be
 */
export function itemPath(root: string, path: string): string {
  const parts = path.split('/')
  const isSafe = parts.length <= MAX_DEPTH && parts.every(isItemName)
  if (!isSafe || (parts.length === 1 && parts[0]?.toLowerCase() === ENVIRONMENTS_FOLDER)) throw notFound(path)
  return join(root, ...parts)
}

/** Whether a name in a folder can be an item's: a request's file or a folder. */
export function isItemName(name: string): boolean {
  if (name === '' || name.startsWith('.') || name.includes('\0') || name.includes('/')) return false
  if (process.platform === 'win32' && /[\\:]/.test(name)) return false
  return name !== 'node_modules' && !isStructureFile(name)
}

/** Whether a file name is that of a request. */
export function isRequestFile(name: string): boolean {
  return /\.ya?ml$/i.test(name) && isItemName(name)
}

/** The name of a request's file without its ending. */
export function baseOf(name: string): string {
  return name.replace(/\.ya?ml$/i, '')
}

/**
 * Refuse to write or move where a symbolic link leads out of the collection.
 *
 * @param path absolute; need not be there yet
 * @param isMoved the link itself is moved, not what it leads to
 * @throws {CoreError} `StorageError`
 */
export async function assertInside(root: string, path: string, isMoved = false): Promise<void> {
  const [realRoot, realParent] = await Promise.all([nearestReal(root), nearestReal(dirname(path))])
  if (isWithin(realRoot, realParent) && (isMoved || (await leadsInside(realRoot, path)))) return
  throw new CoreError('StorageError', 'store', `${path} leads out of its collection through a link, so it is not written.`, {
    hint: 'Open the folder it leads to as a collection of its own.',
    details: { path },
  })
}

async function leadsInside(realRoot: string, path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null)
  if (found?.isSymbolicLink() !== true) return true
  const target = await realpath(path).catch(() => null)
  return target !== null && isWithin(realRoot, target)
}

/** Whether a real path is that folder or below it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

export function notFound(path: string): CoreError {
  return new CoreError('NotFound', 'store', `${path === '' ? 'The item' : path} is no longer in its collection.`, {
    hint: 'It may have been deleted, renamed or moved by another program.',
  })
}

function isStructureFile(name: string): boolean {
  const lower = name.toLowerCase()
  return lower === COLLECTION_FILE || lower === FOLDER_FILE
}

async function nearestReal(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    const real = await realpath(folder).catch(() => null)
    if (real !== null) return real
    if (folder === dirname(folder)) return folder
  }
}
