/** Collections as a whole: make one, open a folder as one, take one off the list, rename it. */
import { lstat, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import type { CollectionId } from '#contract/model/ids.ts'
import type { Language } from '#contract/model/language.ts'
import type { Collection } from '#contract/model/workspace.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { atomicWrite, storageError } from './atomic-write.ts'
import { foldedName, freeName, nameForItem } from './file-names.ts'
import { COLLECTION_FILE, collectionIdOf } from './item-paths.ts'
import type { Locks } from './lock.ts'
import { makeFolder, removeMadeFolder } from '../lib/make-folder.ts'
import { newCollectionText, withInfo } from './opencollection/info-format.ts'
import { readTextFile } from './text-file.ts'
import { tourIn, type Tour } from './tour.ts'
import { TOUR_WORDS } from './tour-words.ts'
import { holdsTour, writeTour } from './tour-files.ts'
import { isThere } from './workspace-files.ts'
import { checkedName } from './workspace-items.ts'
import type { WorkspaceState } from './workspace-state.ts'

export interface WorkspaceCollections {
  readonly create: (name: string, path: string | undefined) => Promise<Collection>
  /** Makes one whose files others write: `fill` is given its folder and the text that its file begins with, and writes all. */
  readonly createWith: (name: string, path: string | undefined, fill: (root: string, text: string) => Promise<void>) => Promise<Collection>
  readonly open: (path: string) => Promise<Collection>
  readonly close: (id: CollectionId) => Promise<void>
  readonly rename: (id: CollectionId, name: string) => Promise<void>
  /** Make "My requests" and the tour where nothing was ever made. */
  readonly welcome: (language: Language) => Promise<void>
  /** Put the tour on the list, with what of it is missing made again. Each language has its own. */
  readonly openTour: (language: Language) => Promise<Collection>
}

export function createWorkspaceCollections(state: WorkspaceState, locks: Locks): WorkspaceCollections {
  const { list } = state
  const listed = async (root: string): Promise<Collection> => {
    const id = collectionIdOf(root, list.dataDir)
    const wasOpen = state.collections().some((one) => one.id === id)
    await list.add(root)
    await state.follow()
    // One that is known is not read again for whoever follows, and there may be more in it now.
    if (wasOpen) await state.change([id], () => Promise.resolve({ value: undefined }))
    else state.tell()
    return state.find(id).collection
  }
  const createWith: WorkspaceCollections['createWith'] = async (name, path, fill) => {
    const plain = checkedName(name)
    const { folder, made } = await (path === undefined ? newFolderIn(join(list.dataDir, 'collections'), plain) : folderFor(path))
    const root = await realpath(folder)
    try {
      await fill(root, newCollectionText(plain))
    } catch (error) {
      await removeMadeFolder(folder, made)
      throw error
    }
    return listed(root)
  }
  return {
    create: (name, path) => createWith(name, path, (root, text) => atomicWrite(join(root, COLLECTION_FILE), text)),
    createWith,
    open: async (path) => listed(await collectionRoot(path)),
    close: async (id) => {
      await list.remove(state.find(id).root)
      await state.follow()
      state.tell()
    },
    rename: (id, name) =>
      state.change([id], async () => {
        const { root, backups } = state.find(id)
        const file = join(root, COLLECTION_FILE)
        const { text, fault } = await readTextFile(file)
        if (fault) throw fault
        await backups.replace(COLLECTION_FILE, withInfo(text, COLLECTION_FILE, { name: checkedName(name) }))
        return { value: undefined }
      }),
    welcome: (language) =>
      locks.hold(list.dataDir, async () => {
        if (list.isFirstStart()) await firstStart(list.dataDir, language)
      }),
    openTour: async (language) => {
      const root = await locks.hold(list.dataDir, () => tourFolder(join(list.dataDir, 'collections'), tourIn(language)))
      return listed(root)
    },
  }
}

/** All of it appears at once, so that a crash in between leaves a first start to be had. */
async function firstStart(dataDir: string, language: Language): Promise<void> {
  const { mine } = TOUR_WORDS[language]
  const tour = tourIn(language)
  const half = join(dataDir, `.collections-${process.pid}`)
  try {
    await rm(half, { recursive: true, force: true })
    await atomicWrite(join(half, mine, COLLECTION_FILE), newCollectionText(mine))
    await writeTour(join(half, tour.name), tour)
    await rename(half, join(dataDir, 'collections'))
  } catch (error) {
    await rm(half, { recursive: true, force: true }).catch(() => undefined)
    throw storageError(error, join(dataDir, 'collections'), 'made')
  }
}

/** The folder of the tour, with all of it; another than one of that name with something else in it. */
async function tourFolder(parent: string, tour: Tour): Promise<string> {
  try {
    const usual = join(parent, tour.name)
    const root = holdsTour(usual, tour) || !(await isThere(usual)) ? usual : (await newFolderIn(parent, tour.name)).folder
    await writeTour(root, tour)
    return await realpath(root)
  } catch (error) {
    throw storageError(error, parent, 'made')
  }
}

/** A folder, and the outermost of those that were made for it; null where all were there. */
interface FolderHere {
  readonly folder: string
  readonly made: string | null
}

async function newFolderIn(parent: string, name: string): Promise<FolderHere> {
  try {
    await makeFolder(parent)
    const taken = new Set((await readdir(parent)).map(foldedName))
    const root = join(
      parent,
      freeName(nameForItem(name, 'collection'), '', (candidate) => taken.has(foldedName(candidate))),
    )
    await mkdir(root)
    return { folder: root, made: root }
  } catch (error) {
    throw storageError(error, parent)
  }
}

/** A folder in which a collection can be made; made itself where it is missing. */
async function folderFor(given: string): Promise<FolderHere> {
  const path = wholePath(given)
  if (await isThere(join(path, COLLECTION_FILE))) {
    throw new CoreError('InvalidName', 'store', `${path} holds a collection already.`, { hint: 'Open it, or choose another folder.' })
  }
  if (await isOldBruno(path)) throw oldBruno(path)
  try {
    return { folder: path, made: await makeFolder(path) }
  } catch (error) {
    throw storageError(error, path, 'made')
  }
}

async function collectionRoot(given: string): Promise<string> {
  const path = wholePath(given)
  const found = await lstat(await realpath(path).catch(() => path)).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') throw storageError(error, path, 'read')
    throw new CoreError('NotFound', 'store', `There is no folder ${path}.`, {
      hint: 'Check the path; it is on the machine that Posthaste runs on.',
    })
  })
  const folder = found.isDirectory() ? path : dirname(path)
  if (found.isDirectory() || basename(path) === COLLECTION_FILE) {
    if (await isThere(join(folder, COLLECTION_FILE))) return realpath(folder)
    if (await isOldBruno(folder)) throw oldBruno(folder)
  }
  const above = await collectionAbove(folder)
  throw new CoreError('NotFound', 'store', `${path} is no collection: it has no ${COLLECTION_FILE}.`, {
    hint:
      above === null
        ? `Choose the folder that holds ${COLLECTION_FILE}, or make a new collection there.`
        : `It is part of the collection ${above}: open that.`,
  })
}

/** The nearest folder above, or this one, that holds a collection's file; null where there is none. */
export async function collectionAbove(folder: string): Promise<string | null> {
  for (let path = folder; ; path = dirname(path)) {
    if (await isThere(join(path, COLLECTION_FILE))) return path
    if (path === dirname(path)) return null
  }
}

async function isOldBruno(folder: string): Promise<boolean> {
  return (await isThere(join(folder, 'bruno.json'))) || isThere(join(folder, 'collection.bru'))
}

function oldBruno(folder: string): CoreError {
  return new CoreError('Unreadable', 'store', `${folder} is in Bruno's older format (.bru files), which cannot be opened as it is.`, {
    hint: 'Convert it to YAML in Bruno 3 (collection settings), or import it: Import takes the folder as it is.',
  })
}

/** @throws {CoreError} `InvalidName` for a path that is relative */
export function wholePath(given: string): string {
  const path = given.trim()
  if (path === '~' || /^~[/\\]/.test(path)) return join(homedir(), path.slice(1))
  if (isAbsolute(path)) return resolve(path)
  throw new CoreError('InvalidName', 'store', `"${path}" is not a whole path.`, { hint: 'Give the whole path, from the root of the disk.' })
}
