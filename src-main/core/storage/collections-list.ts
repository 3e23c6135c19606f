/**
 * Which collections are on the list: those in the data folder, unless closed, and those opened elsewhere. Kept in
 * `workspace.json`; read at once when first needed, so that a path can be asked for at any time.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { atomicWrite, storageError } from './atomic-write.ts'
import { COLLECTION_FILE, isWithin } from './item-paths.ts'
import type { Locks } from './lock.ts'

/** Paths in the data folder are relative to it, with `/`, so that the folder can be moved. */
const ListSchema = z.looseObject({
  version: z.literal(1),
  collections: z.array(z.string()),
  /** Of those in the data folder, which are not shown. */
  closed: z.array(z.string()).default([]),
})
type List = z.infer<typeof ListSchema>

export interface CollectionsList {
  /** The data folder's real path. */
  readonly dataDir: string
  /** Absolute paths of the collections' folders, in order. Reads the list again. */
  readonly roots: () => string[]
  readonly add: (root: string) => Promise<void>
  readonly remove: (root: string) => Promise<void>
  /** Whether nothing was ever made here. */
  readonly isFirstStart: () => boolean
}

/** @param report told of a damaged list, which is set aside */
export function createCollectionsList(givenDir: string, locks: Locks, report: (error: unknown) => void): CollectionsList {
  const dataDir = realPathOr(givenDir)
  const file = join(dataDir, 'workspace.json')
  const folder = join(dataDir, 'collections')
  const change = (edit: (list: List, path: string) => List, root: string): Promise<void> =>
    locks.hold(file, () =>
      atomicWrite(file, `${JSON.stringify(edit(readList(file, report), storedPath(root, dataDir)), null, 2)}\n`, 0o600),
    )
  return {
    dataDir,
    roots: () => {
      const list = readList(file, report)
      const found = foundIn(folder).map((root) => storedPath(root, dataDir))
      const all = new Set([...list.collections, ...found.filter((path) => !list.closed.includes(path))])
      return [...all].map((path) => resolve(dataDir, path))
    },
    add: (root) =>
      change(
        (list, path) => ({
          ...list,
          collections: list.collections.includes(path) ? list.collections : [...list.collections, path],
          closed: list.closed.filter((other) => other !== path),
        }),
        root,
      ),
    remove: (root) =>
      change(
        (list, path) => ({
          ...list,
          collections: list.collections.filter((other) => other !== path),
          closed: isWithin(folder, root) ? [...new Set([...list.closed, path])] : list.closed,
        }),
        root,
      ),
    isFirstStart: () => !existsSync(file) && !existsSync(folder),
  }
}

/** A folder's path as it is kept in the list. */
function storedPath(root: string, dataDir: string): string {
  const inside = relative(dataDir, root)
  return inside.startsWith('..') || isAbsolute(inside) ? root : inside.split(sep).join('/')
}

function readList(file: string, report: (error: unknown) => void): List {
  const empty: List = { version: 1, collections: [], closed: [] }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') report(storageError(error, file, 'read'))
    return empty
  }
  try {
    return ListSchema.parse(JSON.parse(text))
  } catch (error) {
    setAside(file, error, report)
    return empty
  }
}

function setAside(file: string, cause: unknown, report: (error: unknown) => void): void {
  const aside = `${file}.${Date.now()}.broken`
  try {
    renameSync(file, aside)
  } catch (error) {
    report(error)
  }
  report(
    new CoreError('Unreadable', 'store', `The list of collections, ${file}, is damaged: ${messageOf(cause).slice(0, 200)}`, {
      hint: `It was set aside as ${aside}. Open again the collections that are missing.`,
      cause,
    }),
  )
}

function foundIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
      .filter((root) => existsSync(join(root, COLLECTION_FILE)))
  } catch {
    // No folder, no collections in it.
    return []
  }
}

/** The real path of a folder that may not be there yet. */
export function realPathOr(path: string): string {
  const whole = resolve(path)
  try {
    return realpathSync(whole)
  } catch {
    const above = dirname(whole)
    return above === whole ? whole : join(realPathOr(above), basename(whole))
  }
}
