/**
 * Items and environments on their way into a collection: written aside, in a temporary folder inside of it, then moved to
 * where they belong, each whole. Whoever moves them can take them back.
 */
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemCode } from '../lib/core-error.ts'
import { makeFolder } from '../lib/make-folder.ts'
import type { Additions, NewEnvironment, Watch } from './additions.ts'
import { storageError } from './atomic-write.ts'
import { foldedName, nameForItem } from './file-names.ts'
import { assertInside, ENVIRONMENTS_FOLDER } from './item-paths.ts'
import { writeEnvironment } from './opencollection/environment-format.ts'
import { temporaryName } from './temporary-files.ts'
import type { UndoStack } from './undo-stack.ts'
import { isThere, moveEntry } from './workspace-files.ts'
import { createNamer, OWN_FILES, refuseCancelled, writeFlushed, writeItems, type Written } from './write-items.ts'

/** Where things are put: a folder in a collection. */
export interface StagePlace extends Watch {
  readonly root: string
  /** Below the root, with `/`; empty: the top. */
  readonly folder: string
  /** Number of the first item among its siblings. */
  readonly firstSeq: number
}

/** What was written aside. */
export interface Staged {
  readonly items: readonly Written[]
  readonly itemsAside: string
  /** Names of files. */
  readonly environments: readonly string[]
  readonly environmentsAside: string
}

/** A temporary folder inside a collection's folder, gone when the work is done. */
export async function staging<T>(root: string, work: (aside: string) => Promise<T>): Promise<T> {
  const aside = join(root, temporaryName())
  try {
    return await work(aside)
  } finally {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined)
  }
}

export async function stage(
  aside: string,
  ground: StagePlace,
  { items, environments }: Pick<Additions, 'items' | 'environments'>,
): Promise<Staged> {
  const { root, folder, firstSeq, signal, onProgress } = ground
  const [itemsAside, environmentsAside] = [join(aside, 'items'), join(aside, ENVIRONMENTS_FOLDER)]
  try {
    await makeFolder(itemsAside)
    await makeFolder(environmentsAside)
  } catch (error) {
    throw storageError(error, aside, 'made')
  }
  const depth = folder === '' ? 0 : folder.split('/').length
  const taken = await namesIn(join(root, folder))
  const staged = {
    itemsAside,
    environmentsAside,
    items: await writeItems(items, { folder: itemsAside, firstSeq, taken, depth, signal, onProgress }),
    environments: await writeEnvironments(environmentsAside, environments, await namesIn(join(root, ENVIRONMENTS_FOLDER))),
  }
  refuseCancelled(ground) // for the last time: moving them into place is one step
  return staged
}

/** @returns the items under the names that they have now: another program may have taken one meanwhile */
export async function moveStaged(
  { root, folder }: Pick<StagePlace, 'root' | 'folder'>,
  staged: Staged,
  undo: UndoStack,
): Promise<Written[]> {
  await makeFolderFor(join(root, folder), root, undo)
  const free = createNamer(await namesIn(join(root, folder)))
  const placed: Written[] = []
  for (const one of staged.items) {
    const ending = one.item.kind === 'request' ? '.yml' : ''
    const name = free(one.name.slice(0, one.name.length - ending.length), ending)
    await moveIn(join(staged.itemsAside, one.name), join(root, folder, name), root, undo)
    placed.push({ ...one, name })
  }
  if (staged.environments.length > 0) await makeFolderFor(join(root, ENVIRONMENTS_FOLDER), root, undo)
  const freeEnvironment = createNamer(await namesIn(join(root, ENVIRONMENTS_FOLDER)))
  for (const name of staged.environments) {
    const target = join(root, ENVIRONMENTS_FOLDER, freeEnvironment(name.slice(0, -'.yml'.length), '.yml'))
    await moveIn(join(staged.environmentsAside, name), target, root, undo)
  }
  return placed
}

async function writeEnvironments(folder: string, environments: readonly NewEnvironment[], taken: ReadonlySet<string>): Promise<string[]> {
  const free = createNamer(taken)
  const names: string[] = []
  for (const { environment } of environments) {
    const name = free(nameForItem(environment.name, 'environment'), '.yml')
    await writeFlushed(join(folder, name), writeEnvironment('', environment, name, environment.name))
    names.push(name)
  }
  return names
}

async function moveIn(from: string, to: string, root: string, undo: UndoStack): Promise<void> {
  await assertInside(root, to)
  await moveEntry(from, to)
  undo.push(() => rm(to, { recursive: true, force: true }))
}

/** Makes a folder and those above it, down from the root; those that were made go again where something fails. */
async function makeFolderFor(path: string, root: string, undo: UndoStack): Promise<void> {
  if (path === root || (await isThere(path))) return
  await makeFolderFor(dirname(path), root, undo)
  await assertInside(root, path)
  await mkdir(path).catch((error: unknown) => {
    throw storageError(error, path, 'made')
  })
  undo.push(() => rmdir(path))
}

/** What is in a folder, as names that are not free; nothing where there is no such folder. */
async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw storageError(error, folder, 'read')
  })
  return new Set([...names.map(foldedName), ...OWN_FILES])
}
