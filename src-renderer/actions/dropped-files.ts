/**
 * The files of a drop, folders opened. Where the host has real paths a folder is left to core to open; in the browser
 * its entries are read here. Hidden files below them
 * are left out and told of, and there is an end at 1,000.
 */
import { assertNever } from '#contract/result.ts'
import { baseName } from '../lib/file-names.ts'
import { platform } from './platform-ref.ts'

export const MAX_FILES = 1000

/** Something dropped or picked: already a path, or bytes that have to be handed over. */
export type Source =
  | { readonly kind: 'path'; readonly path: string; readonly isFolder: boolean }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'folder'; readonly entry: FileSystemDirectoryEntry }

export function isFolder(source: Source): boolean {
  return source.kind === 'folder' || (source.kind === 'path' && source.isFolder)
}

/** What it is called, without its path. */
export function nameOfSource(source: Source): string {
  switch (source.kind) {
    case 'path':
      return baseName(source.path)
    case 'file':
      return source.file.name
    case 'folder':
      return source.entry.name
    default:
      return assertNever(source)
  }
}

/** What was dropped. The list must be read while the event is being handled. */
export function sourcesOf(dropped: DataTransfer | readonly File[]): readonly Source[] {
  if (!('items' in dropped)) return dropped.map(sourceOf)
  return [...dropped.items].flatMap((item): Source[] => {
    if (item.kind !== 'file') return []
    const file = item.getAsFile()
    const entry = item.webkitGetAsEntry()
    const path = file ? platform().filePath(file) : null
    if (path !== null) return [{ kind: 'path', path, isFolder: entry?.isDirectory ?? false }]
    if (entry && isDirectoryEntry(entry)) return [{ kind: 'folder', entry }]
    return file ? [{ kind: 'file', file }] : []
  })
}

/** A picked file as a source. */
function sourceOf(file: File): Source {
  const path = platform().filePath(file)
  return path === null ? { kind: 'file', file } : { kind: 'path', path, isFolder: false }
}

/** What stands in the place of folders once they are opened. */
export interface Opened {
  readonly sources: readonly Source[]
  /** Left out because of their names: files, and folders with all in them. */
  readonly hidden: readonly Source[]
}

/** The sources with the folders opened that only the page can read; a folder that is itself hidden was meant. */
export async function openFolders(sources: readonly Source[], withHidden: boolean): Promise<Opened> {
  const found: Source[] = []
  const hidden: Source[] = []
  for (const source of sources) {
    if (source.kind === 'folder') await collect(source.entry, withHidden, found, hidden)
    else found.push(source)
    if (found.length >= MAX_FILES) break
  }
  return { sources: found.slice(0, MAX_FILES), hidden }
}

async function collect(folder: FileSystemDirectoryEntry, withHidden: boolean, found: Source[], hidden: Source[]): Promise<void> {
  for (const child of await childrenOf(folder)) {
    if (found.length >= MAX_FILES) return
    const leftOut = !withHidden && child.name.startsWith('.')
    if (isFileEntry(child)) (leftOut ? hidden : found).push({ kind: 'file', file: await fileOf(child) })
    else if (leftOut && isDirectoryEntry(child)) hidden.push({ kind: 'folder', entry: child })
    else if (isDirectoryEntry(child)) await collect(child, withHidden, found, hidden)
  }
}

/** A reader hands out a folder's entries by the hundred, until it hands out none. */
export async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => [])
    if (some.length === 0) return all.sort((a, b) => a.name.localeCompare(b.name))
    all.push(...some)
  }
}

export function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

export function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

export function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
