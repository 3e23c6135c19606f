/**
 * Removes uploads that nothing refers to any more. Whether something does is not asked of the parsed documents but of
 * the bytes of every file that could hold one: drafts, every collection on the list and in the data folder, the trash,
 * earlier versions of files.
 * An upload's folder has a name of twelve random hex digits; where these stand anywhere, the upload stays. Where
 * anything cannot be read, nothing is removed: a file too many is no harm, one too few is a request that cannot be sent.
 */
import type { Stats } from 'node:fs'
import { lstat, readdir, readFile, realpath, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../lib/core-error.ts'

const UPLOAD_ID = /^[0-9a-f]{12}$/
/** What a collection keeps its requests in, of this and other programs; drafts and manifests are JSON. */
const MAY_REFER = /\.(?:ya?ml|json|bru|broken)$/i
const MAX_DEPTH = 64
/** More than this is not read through for the sake of some disk space. */
const MAX_FILES = 50_000
const MAX_FILE_BYTES = 64 * 1024 * 1024

export interface UploadsSweep {
  /** Absolute path. */
  readonly dataDir: string
  /** The folders of the collections on the list, read when called. */
  readonly roots: () => readonly string[]
  readonly olderThanMs: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * @returns how many uploads were removed
 * @throws the system's error, or one that says what kept it from looking everywhere; then nothing was removed
 */
export async function sweepUploads({ dataDir, roots, olderThanMs, now }: UploadsSweep): Promise<number> {
  const folder = join(dataDir, 'uploads')
  const old = await oldUploads(folder, now - olderThanMs)
  if (old.size === 0) return 0
  const listed = roots()
  // A list of collections that was damaged no longer says which there are.
  if ((await names(dataDir)).some((name) => /^workspace\.json\..*broken$/.test(name)))
    throw new Error('The list of collections was damaged.')
  const reader = createReader((id) => old.delete(id))
  for (const root of listed) await reader.demand(root)
  for (const name of ['drafts', 'collections', 'trash', 'backups']) await reader.read(join(dataDir, name))
  for (const id of old) await rm(join(folder, id), { recursive: true, force: true })
  return old.size
}

async function oldUploads(folder: string, before: number): Promise<Set<string>> {
  const old = new Set<string>()
  for (const id of await names(folder)) {
    if (!UPLOAD_ID.test(id)) continue
    const found = await lstat(join(folder, id))
    if (!found.isDirectory()) continue
    const files = await names(join(folder, id))
    const times = await Promise.all(files.map(async (name) => (await lstat(join(folder, id, name))).mtimeMs))
    if (Math.max(found.mtimeMs, ...times) < before) old.add(id)
  }
  return old
}

interface Reader {
  /** Reads whatever is at a path; nothing there is nothing said. */
  readonly read: (path: string) => Promise<void>
  /** Reads a folder that has to be there: one that is not may be on a disk that is away. */
  readonly demand: (path: string) => Promise<void>
}

/** @param onId told of everything that could be the name of an upload */
function createReader(onId: (id: string) => void): Reader {
  const seen = new Set<string>()
  let files = 0
  async function readFolder(path: string, depth: number): Promise<void> {
    const real = await realpath(path)
    // A link may lead back up.
    if (seen.has(real)) return
    seen.add(real)
    if (depth > MAX_DEPTH) throw new Error(`${path} is nested too deeply.`)
    for (const entry of await readdir(real, { withFileTypes: true })) {
      if (entry.name === '.git' || entry.name === 'node_modules') continue
      const child = join(real, entry.name)
      // A link that leads nowhere says nothing.
      const target: Pick<Stats, 'isDirectory' | 'isFile'> | null = entry.isSymbolicLink() ? await statOrNull(child) : entry
      if (target?.isDirectory()) await readFolder(child, depth + 1)
      else if (target?.isFile() && MAY_REFER.test(entry.name)) await readIds(child)
    }
  }
  async function readIds(path: string): Promise<void> {
    files += 1
    if (files > MAX_FILES) throw new Error('There are too many files to look through.')
    const { size } = await stat(path)
    if (size > MAX_FILE_BYTES) throw new Error(`${path} is too large to look through.`)
    idsIn(await readFile(path), onId)
  }
  return {
    read: async (path) => {
      if (await statOrNull(path)) await readFolder(path, 0)
    },
    demand: (path) => readFolder(path, 0),
  }
}

/** Every twelve hex digits in a row, in any encoding, and also where YAML folds a long quoted text within them. */
function idsIn(bytes: Buffer, onId: (id: string) => void): void {
  const text = bytes
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/\\\r?\n[ \t]*\\?/g, '')
    .toLowerCase()
  for (const [run] of text.matchAll(/[0-9a-f]{12,}/g)) {
    for (let at = 0; at + 12 <= run.length; at += 1) onId(run.slice(at, at + 12))
  }
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
}

async function statOrNull(path: string): Promise<Stats | null> {
  return stat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  })
}
