/** Small deeds on an open collection's files that several of its commands share. */
import { cp, lstat, readdir, rename, rm } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { systemCode } from '../lib/core-error.ts'
import { atomicWrite, storageError } from './atomic-write.ts'
import { foldedName, freeName } from './file-names.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { assertInside, COLLECTION_FILE, ENVIRONMENTS_FOLDER, FOLDER_FILE, notFound } from './item-paths.ts'
import { newFolderText, withInfo, type InfoChanges } from './opencollection/info-format.ts'
import { numbersFor } from './order.ts'
import { readTextFile } from './text-file.ts'
import type { Item } from './tree.ts'
import type { Opened } from './open-collections.ts'

/** Siblings in a folder, in order. `''` is the top of the collection. */
export function childrenOf(opened: Opened, folder: string): readonly Item[] {
  return folder === '' ? opened.tree.items : (findItem(opened, folder)?.children ?? [])
}

/** The item of a path, as last read. */
function findItem(opened: Opened, path: string): Item | null {
  const search = (items: readonly Item[]): Item | null => {
    for (const item of items) {
      if (item.path === path) return item
      if (path.startsWith(`${item.path}/`)) return search(item.children)
    }
    return null
  }
  return search(opened.tree.items)
}

/** @throws {CoreError} `NotFound` where no such item was read */
export function demandItem(opened: Opened, path: string): Item {
  const item = findItem(opened, path)
  if (!item) throw notFound(path)
  return item
}

/** The path of a folder above, `''` at the top. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

export function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** A name in a folder that nothing there has, however the file system compares names. */
export async function freeNameIn(opened: Opened, folder: string, base: string, ending: string, except?: string): Promise<string> {
  const entries = await readdir(join(opened.root, folder)).catch((error: unknown) => {
    throw systemCode(error) === 'ENOENT' ? notFound(folder) : storageError(error, join(opened.root, folder), 'read')
  })
  const taken = new Set([...entries.filter((name) => name !== except), COLLECTION_FILE, FOLDER_FILE].map(foldedName))
  if (folder === '') taken.add(ENVIRONMENTS_FOLDER)
  return freeName(base, ending, (name) => taken.has(foldedName(name)))
}

/** The number that stands an item behind all its siblings. */
export function nextSeq(siblings: readonly Item[]): number {
  return siblings.reduce((last, { seq }) => (seq !== undefined && Number.isSafeInteger(seq) && seq > last ? seq : last), 0) + 1
}

/**
 * Change the name or the number of an item, in its own file or its folder's. A file that does not parse is left alone.
 *
 * @param path where the item is now
 */
export async function setInfo(opened: Opened, item: Item, path: string, changes: InfoChanges): Promise<void> {
  if (item.kind === 'broken') return
  const file = join(opened.root, path, ...(item.kind === 'folder' ? [FOLDER_FILE] : []))
  await assertInside(opened.root, file)
  const text = item.kind === 'folder' && !(await isThere(file)) ? newFolderText(item.name, item.seq) : (await readTextFile(file)).text
  const changed = withInfo(text, basename(file), changes)
  if (changed === text && item.kind !== 'folder') return
  // A place among siblings is no content: moving things about must not push earlier texts out of the ring.
  if (changes.name === undefined) await atomicWrite(file, changed)
  else await opened.backups.replace(item.kind === 'folder' ? joined(path, FOLDER_FILE) : path, changed)
}

/** Number siblings so that they stand in this order. Files that do not parse stand where their names put them. */
export async function numberInOrder(opened: Opened, order: readonly { readonly item: Item; readonly path: string }[]): Promise<void> {
  const numbered = order.filter(({ item }) => item.kind !== 'broken')
  const numbers = numbersFor(numbered.map(({ item }) => item.seq))
  for (const [index, { item, path }] of numbered.entries()) {
    const seq = numbers[index]
    if (seq !== undefined && seq !== item.seq) await setInfo(opened, item, path, { seq })
  }
}

/** Move a file or folder, to another disk too. The target must be free; its folder is made. */
export async function moveEntry(from: string, to: string): Promise<void> {
  try {
    await makeFolder(dirname(to))
    await rename(from, to)
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && !(await isThere(from))) throw notFound(basename(from))
    if (systemCode(error) !== 'EXDEV') throw storageError(error, from, 'moved')
    await copyEntry(from, to)
    await rm(from, { recursive: true, force: true }).catch(async (cause: unknown) => {
      // Where all of it is still in its place, it was not moved; where some of it went, the copy is what there is of that.
      if (await holdsAllOf(from, to)) await rm(to, { recursive: true, force: true })
      throw storageError(cause, from, 'removed after it was copied')
    })
  }
}

/** Whether everything that is at one path is at another, too. */
async function holdsAllOf(path: string, other: string): Promise<boolean> {
  if (!(await isThere(path))) return false
  if (!(await lstat(other)).isDirectory()) return true
  const [names, others] = await Promise.all([path, other].map((folder) => readdir(folder, { recursive: true })))
  const found = new Set(names)
  return others?.every((name) => found.has(name)) ?? false
}

/** Copy a file or folder; it appears at its new place whole. Links are copied as links. */
export async function copyEntry(from: string, to: string): Promise<void> {
  const half = join(dirname(to), `.posthaste-${randomBytes(6).toString('hex')}`)
  try {
    await makeFolder(dirname(to))
    await cp(from, half, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, errorOnExist: true, force: false })
    await rename(half, to)
  } catch (error) {
    await rm(half, { recursive: true, force: true }).catch(() => undefined)
    throw storageError(error, to)
  }
}

export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false
    throw storageError(error, path, 'read')
  }
}
