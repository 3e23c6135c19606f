/**
 * Earlier content of a collection's files: before Posthaste puts a new text in place of an old one, the old one is kept
 * in the private data folder. A ring for each file: the last versions, a text that did not change not twice. The names
 * of the kept files say when and what, so that nothing but the readable path stands in an index, and a crash between
 * two writes loses neither. Renumbering among siblings alone is not worth a version (`workspace-files.ts`).
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BackupVersion } from '#contract/model/backup.ts'
import type { Moved } from '#contract/model/workspace.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { atomicWrite, putInPlace, storageError, syncFolder } from './atomic-write.ts'
import { FOLDER_FILE, splitNodeId } from './item-paths.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { revisionOf } from './text-file.ts'

/** Versions kept of a file. */
export const MAX_VERSIONS = 20
/** Of one file together; the newest stays whatever its size. */
const MAX_FILE_BYTES = 64 * 1024 * 1024
const INDEX = 'index.json'
/** When it was put aside, in UTC, and the beginning of its hash. */
const VERSION_NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9a-f]{12})\.yml$/

/** The versions of one collection's files. Paths are below its folder, with `/`. */
export interface Backups {
  /**
   * Put other content in place of a file, which is kept as it was before that. A file that is not there is none; a failure to
   * keep it is reported, and does not keep it from being saved. Both are on their way to the disk together: it takes half the time.
   *
   * @throws {CoreError} `StorageError` where the new content cannot be written
   */
  readonly replace: (path: string, content: string | Uint8Array) => Promise<void>
  /** Newest first. */
  readonly list: (path: string) => Promise<BackupVersion[]>
  /** @throws {CoreError} `NotFound` */
  readonly read: (path: string, id: string) => Promise<Uint8Array>
}

export interface BackupsDeps {
  readonly dataDir: string
  readonly collectionId: string
  /** The collection's folder. */
  readonly root: string
  /** Told once of what keeps versions from being kept, until one can be kept again. */
  readonly report: (error: unknown) => void
}

export function createBackups({ dataDir, collectionId, root, report }: BackupsDeps): Backups {
  const folderOf = (path: string): string => folderFor(dataDir, collectionId, path)
  let isFailing = false
  const keepNow = async (path: string, kept: () => void): Promise<void> => {
    try {
      const bytes = await readFile(join(root, path)).catch((error: unknown) => {
        if (isMissing(error)) return null
        throw storageError(error, join(root, path), 'read')
      })
      if (bytes !== null) await keep(folderOf(path), path, bytes, kept)
      isFailing = false
    } catch (error) {
      if (!isFailing) report(notKept(path, error))
      isFailing = true
    } finally {
      kept()
    }
  }
  return {
    replace: async (path, content) => {
      // The earlier text has its name before the new one has it; only the flushing of their folders is not waited for in between.
      const { promise: kept, resolve } = Promise.withResolvers<void>()
      const keeping = keepNow(path, resolve)
      try {
        await putInPlace(join(root, path), content, undefined, kept)
        await syncFolder(dirname(join(root, path)))
      } finally {
        await keeping
      }
    },
    list: async (path) => {
      const folder = folderOf(path)
      const found = await Promise.all((await versionNames(folder)).map((name) => described(folder, name)))
      return found.filter((version) => version !== null).reverse()
    },
    read: async (path, id) => {
      const file = join(folderOf(path), `${id}.yml`)
      if (!VERSION_NAME.test(`${id}.yml`)) throw goneVersion()
      return readFile(file).catch((error: unknown) => {
        throw isMissing(error) ? goneVersion() : storageError(error, file, 'read')
      })
    },
  }
}

/** Have versions go along with files that were renamed or moved, to another collection too. */
export async function moveBackups(dataDir: string, moved: Moved): Promise<void> {
  const kept = new Map<string, ReadonlySet<string>>()
  for (const { from, to } of moved) {
    const source = splitNodeId(from)
    const target = splitNodeId(to)
    if (!kept.has(source.collectionId)) {
      kept.set(source.collectionId, new Set(await readdir(join(dataDir, 'backups', source.collectionId)).catch(() => [])))
    }
    for (const below of ['', `/${FOLDER_FILE}`]) {
      if (kept.get(source.collectionId)?.has(keyOf(source.path + below)) !== true) continue
      await moveVersions(
        folderFor(dataDir, source.collectionId, source.path + below),
        folderFor(dataDir, target.collectionId, target.path + below),
        target.path + below,
      )
    }
  }
}

export interface BackupLimits {
  readonly olderThanMs: number
  /** Of all versions of all files. */
  readonly maxBytes: number
}

/**
 * Remove versions that are older than a time, and the oldest where all of them take more than a size.
 *
 * @param now milliseconds since the epoch
 * @returns how many were removed
 */
export async function sweepBackups(dataDir: string, { olderThanMs, maxBytes }: BackupLimits, now: number): Promise<number> {
  const all = await allVersions(join(dataDir, 'backups'))
  let bytes = all.reduce((sum, version) => sum + version.bytes, 0)
  let removed = 0
  for (const version of all.sort((one, other) => one.at - other.at)) {
    if (now - version.at < olderThanMs && bytes <= maxBytes) break
    await rm(join(version.folder, version.name), { force: true })
    bytes -= version.bytes
    removed += 1
  }
  for (const folder of new Set(all.map((version) => version.folder))) await removeIfEmpty(folder)
  return removed
}

/** @param kept told once it is there: the file itself may change from now on */
async function keep(folder: string, path: string, bytes: Uint8Array, kept: () => void): Promise<void> {
  const names = await versionNames(folder)
  const last = names.at(-1)
  const hash = revisionOf(bytes).slice(0, 12)
  if (last !== undefined && hashOf(last) === hash) return
  if (!names.length || !(await isFile(join(folder, INDEX)))) await writeIndex(folder, path)
  // A clock that went back must not put the newest in the middle.
  const at = Math.max(Date.now(), last === undefined ? 0 : (timeOf(last) ?? 0) + 1)
  const name = `${new Date(at).toISOString().replace(/[-:.]/g, '')}-${hash}.yml`
  await putInPlace(join(folder, name), bytes, 0o600)
  kept()
  await syncFolder(folder)
  await prune(folder, [...names, name])
}

async function writeIndex(folder: string, path: string): Promise<void> {
  await makeFolder(folder, 0o700)
  await atomicWrite(join(folder, INDEX), `${JSON.stringify({ version: 1, path }, null, 2)}\n`, 0o600)
}

/** @param names of the versions, oldest first */
async function prune(folder: string, names: readonly string[]): Promise<void> {
  let bytes = 0
  const newestFirst = [...names].reverse()
  const sizes = await Promise.all(newestFirst.map(async (name) => (await stat(join(folder, name)).catch(() => null))?.size ?? 0))
  for (const [index, name] of newestFirst.entries()) {
    bytes += sizes[index] ?? 0
    if (index > 0 && (index >= MAX_VERSIONS || bytes > MAX_FILE_BYTES)) await rm(join(folder, name), { force: true })
  }
}

async function moveVersions(from: string, to: string, path: string): Promise<void> {
  await writeIndex(to, path)
  for (const name of await versionNames(from)) await rename(join(from, name), join(to, name))
  await removeIfEmpty(from)
  await prune(to, await versionNames(to))
}

/** Oldest first. */
async function versionNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => VERSION_NAME.test(name)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw storageError(error, folder, 'read')
  }
}

async function described(folder: string, name: string): Promise<BackupVersion | null> {
  const found = await stat(join(folder, name)).catch(() => null)
  const at = timeOf(name)
  return found && at !== null ? { id: name.slice(0, -'.yml'.length), at: new Date(at).toISOString(), bytes: found.size } : null
}

interface Version {
  readonly folder: string
  readonly name: string
  readonly at: number
  readonly bytes: number
}

async function allVersions(folder: string): Promise<Version[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw storageError(error, folder, 'read')
  })
  const found = await Promise.all(
    entries.map(async ({ parentPath, name }): Promise<Version | null> => {
      const at = timeOf(name)
      const size = at === null ? null : await stat(join(parentPath, name)).catch(() => null)
      return at === null || size === null ? null : { folder: parentPath, name, at, bytes: size.size }
    }),
  )
  return found.filter((version) => version !== null)
}

/** A version that another process is adding keeps the folder. */
async function removeIfEmpty(folder: string): Promise<void> {
  if ((await versionNames(folder)).length > 0) return
  await rm(join(folder, INDEX), { force: true })
  await rmdir(folder).catch(() => undefined)
}

function folderFor(dataDir: string, collectionId: string, path: string): string {
  return join(dataDir, 'backups', collectionId, keyOf(path))
}

function keyOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 32)
}

function hashOf(name: string): string | undefined {
  return VERSION_NAME.exec(name)?.[8]
}

function timeOf(name: string): number | null {
  const parts = VERSION_NAME.exec(name)
  if (!parts) return null
  const [, year, month, day, hour, minute, second, ms] = parts
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
  return Number.isNaN(at) ? null : at
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true
}

function isMissing(error: unknown): boolean {
  return systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR'
}

function goneVersion(): CoreError {
  return new CoreError('NotFound', 'store', 'That earlier version is no longer kept.', {
    hint: `The last ${MAX_VERSIONS} versions of a file are kept. Open the list again.`,
  })
}

function notKept(path: string, cause: unknown): CoreError {
  const why = cause instanceof CoreError ? cause.message : String(cause)
  return new CoreError('StorageError', 'store', `The earlier text of ${path} could not be kept before a save: ${why}`, {
    ...(cause instanceof CoreError && { details: { ...cause.parts.details } }),
    hint: 'That does not keep the file from being saved. Mend the data folder to have earlier versions kept again.',
    cause,
  })
}
