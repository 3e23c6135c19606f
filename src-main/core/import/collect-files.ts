/**
 * The files that were handed over, read as texts: each by its path, a folder with all below it. Only what was named is
 * read: links are not followed, hidden files and folders are left out, and how much is read has bounds.
 */
import { lstat, readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ImportNote } from '#contract/model/import.ts'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { decodeText } from './decode-text.ts'
import { sourceFile, type SourceFile } from './import-source.ts'

export interface NamedFile {
  readonly path: string
  /** As it is to be called; empty: by the path's last part. */
  readonly name: string
}

export interface CollectLimits {
  readonly files: number
  /** Of all files together. */
  readonly bytes: number
  /** Of folders in folders. */
  readonly depth: number
}

export const COLLECT_LIMITS: CollectLimits = { files: 50_000, bytes: 256 * 1024 * 1024, depth: 48 }

export interface Collected {
  readonly files: readonly SourceFile[]
  /** About files that were not read, or not as UTF-8. */
  readonly notes: readonly ImportNote[]
}

/** Folders that hold what other programs made. */
const PASSED_OVER: ReadonlySet<string> = new Set(['node_modules', '__pycache__'])

interface Listed extends NamedFile {
  readonly bytes: number
  /** Whether it was named itself, not found in a folder. */
  readonly isNamed: boolean
}

/**
 * @param progress told the share that is read, from 0 to 1
 * @throws {CoreError} `FileNotFound`, `TooLarge`, `StorageError`; `Unreadable` where a file that was named is no text
 */
export async function collectFiles(
  named: readonly NamedFile[],
  progress: (done: number) => void,
  limits: CollectLimits = COLLECT_LIMITS,
): Promise<Collected> {
  const listing: Listing = { listed: [], total: 0, limits }
  for (const { path, name } of named) await list({ path, name: name === '' ? basename(path) : name }, listing, 0)
  const { listed, total } = listing
  const files: SourceFile[] = []
  const notes: ImportNote[] = []
  let done = 0
  for (const one of listed) {
    const file = await read(one, notes)
    if (file !== null) files.push(file)
    done += one.bytes
    progress(total === 0 ? 1 : done / total)
  }
  return { files, notes }
}

interface Listing {
  readonly listed: Listed[]
  /** Bytes of all of them. */
  total: number
  readonly limits: CollectLimits
}

async function list(one: NamedFile, into: Listing, depth: number): Promise<void> {
  const isNamed = depth === 0
  const found = await (isNamed ? stat(one.path) : lstat(one.path)).catch((error: unknown) => {
    if (isNamed) throw unread(one.path, error)
    return null // gone since its folder was listed
  })
  if (found?.isFile() === true) add({ ...one, bytes: found.size, isNamed }, into)
  if (found?.isDirectory() !== true) return
  if (depth >= into.limits.depth) {
    throw new CoreError('TooLarge', 'resolve', `${one.name} has folders in folders more than ${into.limits.depth} deep.`)
  }
  const entries = await readdir(one.path, { withFileTypes: true }).catch((error: unknown) => {
    throw unread(one.path, error)
  })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isSymbolicLink() || entry.name.startsWith('.') || PASSED_OVER.has(entry.name)) continue
    await list({ path: join(one.path, entry.name), name: `${one.name}/${entry.name}` }, into, depth + 1)
  }
}

function add(one: Listed, into: Listing): void {
  const { listed, limits } = into
  listed.push(one)
  into.total += one.bytes
  if (listed.length > limits.files) {
    throw new CoreError('TooLarge', 'resolve', `These are more than ${limits.files.toLocaleString('en-US')} files.`, {
      hint: 'Import its folders one by one.',
    })
  }
  if (into.total > limits.bytes) {
    throw new CoreError('TooLarge', 'resolve', `${one.name} makes it more than ${Math.round(limits.bytes / 1024 ** 2)} MiB to import.`, {
      hint: 'Import parts of it on their own.',
      details: { file: one.name, bytes: into.total },
    })
  }
}

async function read({ path, name, isNamed }: Listed, notes: ImportNote[]): Promise<SourceFile | null> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unread(path, error)
  })
  const decoded = decodeText(bytes)
  if (decoded === null) {
    if (!isNamed) return null
    throw new CoreError('Unreadable', 'resolve', `${name} is no text, so it is in no format that can be imported.`, {
      hint: 'An archive has to be unpacked first.',
      details: { file: name },
    })
  }
  if (decoded.encoding === 'windows-1252') {
    notes.push({ severity: 'changed', where: '', line: null, message: `${name} is not UTF-8; it was read as Windows-1252.` })
  }
  return sourceFile(name, decoded.text)
}

function unread(path: string, error: unknown): CoreError {
  if (error instanceof CoreError) return error
  const code = systemCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new CoreError('FileNotFound', 'resolve', `There is no file ${path}.`, { cause: error })
  const why = code === 'EACCES' || code === 'EPERM' ? 'this user may not read it' : messageOf(error)
  return new CoreError('StorageError', 'resolve', `${path} could not be read: ${why}.`, { details: { path, code }, cause: error })
}
