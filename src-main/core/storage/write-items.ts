/**
 * Writes items as files and folders into a folder that nobody looks at yet, as many as there are; each is flushed to the
 * disk, so that what is moved into place later is whole. Where they go, and taking them back, is for the caller.
 */
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breath } from 'node:timers/promises'
import { CoreError } from '../lib/core-error.ts'
import type { NewFolder, NewItem, Watch } from './additions.ts'
import { storageError } from './atomic-write.ts'
import { foldedName, nameForItem } from './file-names.ts'
import { COLLECTION_FILE, ENVIRONMENTS_FOLDER, FOLDER_FILE } from './item-paths.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { newFolderText, withSettings } from './opencollection/info-format.ts'
import { newRequestFile } from './new-request-file.ts'

/** An item that was written, by its name in its folder. */
export interface Written {
  readonly name: string
  readonly item: NewItem
  readonly children: readonly Written[]
}

export interface ItemsPlace extends Watch {
  /** Where they are written to, for now. */
  readonly folder: string
  /** Number of the first among its siblings. */
  readonly firstSeq: number
  /** Names, folded, that are not free where they are going to. */
  readonly taken: ReadonlySet<string>
  /** Of folders in folders, from the collection's root. */
  readonly depth: number
}

/** Trees are read down to 60. */
const MAX_DEPTH = 50
const OPEN_FILES = 16

/** @throws {CoreError} `StorageError`, `TooLarge`, `Cancelled` */
export async function writeItems(items: readonly NewItem[], place: ItemsPlace): Promise<Written[]> {
  const files = createLimiter(OPEN_FILES)
  const pending: Promise<void>[] = []
  const total = countOf(items)
  let done = 0
  const told = (): void => place.onProgress?.((done += 1) / total)
  try {
    const written = await writeAll(items, place, { files, pending, told })
    await Promise.all(pending)
    return written
  } catch (error) {
    await Promise.allSettled(pending)
    throw error
  }
}

interface Writing {
  readonly files: Limiter
  readonly pending: Promise<void>[]
  /** One more is written. */
  readonly told: () => void
}

function countOf(items: readonly NewItem[]): number {
  return items.reduce((sum, item) => sum + 1 + (item.kind === 'folder' ? countOf(item.items) : 0), 0)
}

async function writeAll(items: readonly NewItem[], place: ItemsPlace, writing: Writing): Promise<Written[]> {
  if (place.depth > MAX_DEPTH) {
    throw new CoreError('TooLarge', 'store', `There are folders in folders more than ${MAX_DEPTH} deep.`, {
      hint: 'Move the inner ones up before.',
    })
  }
  const free = createNamer(place.taken)
  const written: Written[] = []
  for (const [index, item] of items.entries()) {
    refuseCancelled(place)
    await breath() // a file takes some milliseconds to make, and there may be thousands
    const seq = place.firstSeq + index
    writing.told()
    if (item.kind === 'request') {
      const name = free(nameForItem(item.document.name, 'request'), '.yml')
      writeLater(join(place.folder, name), await newRequestFile(item, seq, place.signal), writing)
      written.push({ name, item, children: [] })
    } else {
      const name = free(nameForItem(item.name, 'folder'), '')
      const folder = join(place.folder, name)
      await mkdir(folder).catch((error: unknown) => {
        throw storageError(error, folder, 'made')
      })
      writeLater(join(folder, FOLDER_FILE), folderText(item, seq), writing)
      const inner = { ...place, folder, firstSeq: 1, taken: OWN_FILES, depth: place.depth + 1 }
      written.push({ name, item, children: await writeAll(item.items, inner, writing) })
    }
  }
  return written
}

/** @throws {CoreError} `Cancelled` */
export function refuseCancelled({ signal }: Watch): void {
  if (signal?.aborted === true) throw new CoreError('Cancelled', 'call', 'Writing the files was cancelled.')
}

/** Names that are never free in a folder. */
export const OWN_FILES: ReadonlySet<string> = new Set([COLLECTION_FILE, FOLDER_FILE, ENVIRONMENTS_FOLDER, 'node_modules'])

function folderText({ name, docs, defaults, scripts }: NewFolder, seq: number): string {
  return withSettings(newFolderText(name.trim() === '' ? 'Folder' : name, seq), FOLDER_FILE, { defaults, scripts, docs })
}

/** Written while the next text is made. */
function writeLater(path: string, text: string | Uint8Array, { files, pending }: Writing): void {
  const writing = files.run(() => writeFlushed(path, text))
  writing.catch(() => undefined) // told of by whoever awaits all of them
  pending.push(writing)
}

/** A new file, on the disk when this is done. */
export async function writeFlushed(path: string, text: string | Uint8Array): Promise<void> {
  try {
    const file = await open(path, 'wx')
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw storageError(error, path)
  }
}

/** Free names in one folder: the next number of a name is remembered, as there may be thousands of it. */
export function createNamer(taken: ReadonlySet<string>): (base: string, ending: string) => string {
  const used = new Set(taken)
  const next = new Map<string, number>()
  return (base, ending) => {
    const key = foldedName(base + ending)
    for (let number = next.get(key) ?? 1; ; number += 1) {
      const name = `${base}${number === 1 ? '' : ` ${number}`}${ending}`
      if (used.has(foldedName(name))) continue
      next.set(key, number + 1)
      used.add(foldedName(name))
      return name
    }
  }
}
