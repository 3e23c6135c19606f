/**
 * The files of a drop, folders opened. Where the host has real paths a folder is left to core to open; in the browser
 * its entries are read here. Hidden files are left out, and there is an end at 1,000.
 */
import { platform } from './platform-ref.ts'

export const MAX_FILES = 1000

/** Something dropped or picked: already a path, or bytes that have to be handed over. */
export type Source = { readonly kind: 'path'; readonly path: string } | { readonly kind: 'file'; readonly file: File }

/**
 * What was dropped. The list must be read while the event is being handled, so everything up to the first `await`
 * happens at once.
 */
export function sourcesOf(dropped: DataTransfer | readonly File[]): Promise<readonly Source[]> {
  if (!('items' in dropped)) return Promise.resolve(dropped.map(sourceOf))
  const items = [...dropped.items].filter((item) => item.kind === 'file')
  const files = items.map((item) => item.getAsFile())
  const entries = items.map((item) => item.webkitGetAsEntry())
  return expand(files, entries)
}

async function expand(files: readonly (File | null)[], entries: readonly (FileSystemEntry | null)[]): Promise<readonly Source[]> {
  const sources: Source[] = []
  for (const [index, file] of files.entries()) {
    const entry = entries[index] ?? null
    const path = file ? platform().filePath(file) : null
    if (path !== null) sources.push({ kind: 'path', path })
    else if (entry?.isDirectory) sources.push(...(await filesBelow(entry)))
    else if (file) sources.push({ kind: 'file', file })
    if (sources.length >= MAX_FILES) break
  }
  return sources.slice(0, MAX_FILES)
}

/** A picked file as a source. */
export function sourceOf(file: File): Source {
  const path = platform().filePath(file)
  return path === null ? { kind: 'file', file } : { kind: 'path', path }
}

async function filesBelow(entry: FileSystemEntry): Promise<Source[]> {
  if (entry.name.startsWith('.')) return []
  if (isFileEntry(entry)) return [{ kind: 'file', file: await fileOf(entry) }]
  if (!isDirectoryEntry(entry)) return []
  const found: Source[] = []
  for (const child of await childrenOf(entry)) {
    found.push(...(await filesBelow(child)))
    if (found.length >= MAX_FILES) break
  }
  return found
}

/** A reader hands out a folder's entries by the hundred, until it hands out none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => [])
    if (some.length === 0) return all.sort((a, b) => a.name.localeCompare(b.name))
    all.push(...some)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
