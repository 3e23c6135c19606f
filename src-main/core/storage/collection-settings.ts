/**
 * What a collection's files say around its requests: defaults of the collection and of folders, sessions, environments. A
 * file that did not change since it was last read is not read again; one that cannot be read is told of and passed over.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseEnv } from 'node:util'
import type { WireError } from '#contract/errors.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults, Environment, Session } from '#contract/model/session.ts'
import { requestPlace, unreadWarning } from '#contract/model/unread-option.ts'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { storageError } from './atomic-write.ts'
import { baseOf, COLLECTION_FILE, collectionIdOf, ENVIRONMENTS_FOLDER, FOLDER_FILE, isRequestFile, nodeIdOf } from './item-paths.ts'
import { readEnvironment } from './opencollection/environment-format.ts'
import { readSettings, type FileSettings } from './opencollection/info-format.ts'
import { readRequest } from './opencollection/request-format.ts'
import { decodeFile, MAX_FILE_BYTES } from './text-file.ts'

export interface StoredLayers {
  readonly id: CollectionId
  readonly root: string
  readonly name: string
  readonly collection: Defaults
  /** Scripts of every request of the collection. */
  readonly scripts: readonly Script[]
  /** Those that the request is in, the outermost first. */
  readonly folders: readonly {
    readonly id: NodeId
    readonly name: string
    readonly defaults: Defaults
    readonly scripts: readonly Script[]
  }[]
  readonly sessions: readonly Session[]
  readonly environments: readonly Environment[]
  /** Files that could not be read: what they say is missing. */
  readonly faults: readonly WireError[]
  /** What in them counts for nothing. */
  readonly notes: readonly UnreadNote[]
}

export interface UnreadNote {
  /** In words, with where it stands. */
  readonly message: string
  /** Name of the session that it is of; null: it is of what every request here has. */
  readonly session: string | null
}

export interface StoredEnvironment {
  /** Name of the file below the environments' folder. */
  readonly file: string
  readonly environment: Environment
  readonly revision: string
  /** Why the file cannot be read; the environment is then empty. */
  readonly fault: WireError | null
}

export interface SettingsReader {
  /** @param path of a request below the collection's folder `root`, with `/`; null: of one that is not saved */
  readonly layersAt: (root: string, path: string | null) => Promise<StoredLayers>
  readonly environments: (root: string) => Promise<StoredEnvironment[]>
  /** Options of a request's file that count for nothing, in words; none where it cannot be read. */
  readonly unreadOf: (root: string, path: string) => Promise<readonly string[]>
  /** A folder's settings (`path` empty: the collection's) with the revision of their file; null where there is no such file. */
  readonly settingsOf: (root: string, path: string) => Promise<Read<FileSettings> | null>
  /** The values of a `.env` file; null where there is none, or it cannot be read. */
  readonly dotEnv: (path: string) => Promise<Readonly<Record<string, string>> | null>
}

export interface Read<T> {
  readonly value: T
  readonly revision: string
  readonly fault: WireError | null
}

const NOTHING: Defaults = { headers: [], auth: { kind: 'none' }, variables: [], options: {} }
const NO_SETTINGS: FileSettings = { name: '', defaults: NOTHING, sessions: [], scripts: [] }
const MAX_ENVIRONMENTS = 500

/** @param dataDir tells the ids of the collections that are in it */
export function createSettingsReader(dataDir: string): SettingsReader {
  const read = createCachedReader()
  const settingsOf = (root: string, path: string): Promise<Read<FileSettings> | null> => {
    const file = join(root, ...path.split('/').filter(Boolean), path === '' ? COLLECTION_FILE : FOLDER_FILE)
    return read(file, (text) => readSettings(text, basename(file)), NO_SETTINGS)
  }
  const environments = async (root: string): Promise<StoredEnvironment[]> => {
    const folder = join(root, ENVIRONMENTS_FOLDER)
    const names = (await readdir(folder).catch(() => [])).filter(isRequestFile).sort().slice(0, MAX_ENVIRONMENTS)
    const found = await Promise.all(
      names.map(async (file): Promise<StoredEnvironment | null> => {
        const name = baseOf(file)
        const empty: Environment = { name, extends: null, dotEnvPath: null, color: null, variables: [] }
        const one = await read(join(folder, file), (text) => readEnvironment(text, file, name), empty)
        return one && { file, environment: one.value, revision: one.revision, fault: one.fault }
      }),
    )
    return found.filter((one) => one !== null).sort((a, b) => a.environment.name.localeCompare(b.environment.name, 'en'))
  }
  return {
    settingsOf,
    environments,
    unreadOf: async (root, path) => (await read(join(root, path), (text) => unreadWarningsOf(text, basename(path)), []))?.value ?? [],
    layersAt: (root, path) => layersAround({ settingsOf, environments }, collectionIdOf(root, dataDir), root, path),
    dotEnv: async (path) => {
      const found = await read(path, (text) => parseEnv(text) as Record<string, string>, {})
      return found && found.fault === null ? found.value : null
    },
  }
}

function unreadWarningsOf(text: string, fileName: string): string[] {
  const { document, unread } = readRequest(text, fileName, baseOf(fileName))
  return unread.map((option) => unreadWarning(option, requestPlace(document)))
}

/** What the files above a request say. */
async function layersAround(
  { settingsOf, environments }: Pick<SettingsReader, 'settingsOf' | 'environments'>,
  id: CollectionId,
  root: string,
  path: string | null,
): Promise<StoredLayers> {
  const paths = foldersAbove(path)
  const [own, stored, ...folders] = await Promise.all([
    settingsOf(root, ''),
    environments(root),
    ...paths.map((folder) => settingsOf(root, folder)),
  ])
  const collection = own?.value ?? NO_SETTINGS
  const name = collection.name || basename(root)
  return {
    id,
    root,
    name,
    collection: collection.defaults,
    scripts: collection.scripts,
    ...(collection.isSequential && { isSequential: true as const }),
    sessions: collection.sessions,
    folders: paths.flatMap((folder, index) => {
      const found = folders[index]?.value
      if (!found) return []
      const { name, defaults, scripts } = found
      return [{ id: nodeIdOf(id, folder), name: name || basename(folder), defaults, scripts }]
    }),
    environments: stored.map(({ environment }) => environment),
    faults: [own, ...folders, ...stored].flatMap((one) => (one?.fault ? [one.fault] : [])),
    notes: [
      ...notesOf(collection, collectionPlace(name)),
      ...paths.flatMap((folder, index) => {
        const found = folders[index]?.value
        return found ? notesOf(found, folderPlace(found.name || basename(folder))) : []
      }),
    ],
  }
}

export function collectionPlace(name: string): string {
  return `the collection “${name}”`
}

export function folderPlace(name: string): string {
  return `the folder “${name}”`
}

/** @param place what the file gives to every request in it is called */
export function notesOf({ unread = [] }: Pick<FileSettings, 'unread'>, place: string): UnreadNote[] {
  return unread.map(({ option, session, adapter }) => ({ message: unreadWarning(option, placeOf(session, adapter, place)), session }))
}

function placeOf(session: string | null, adapter: string | null, place: string): string {
  if (session === null) return place
  return adapter === null ? `the session “${session}”` : `the adapter “${adapter}” of the session “${session}”`
}

/** The folders that a path is in, the outermost first. */
function foldersAbove(path: string | null): string[] {
  const parts = (path ?? '').split('/').slice(0, -1)
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'))
}

interface Seen {
  readonly signature: string
  readonly found: Read<unknown>
}

type CachedReader = <T>(path: string, parse: (text: string) => T, empty: T) => Promise<Read<T> | null>

/** Reads and parses files, and remembers what each held as long as it looks the same. */
function createCachedReader(): CachedReader {
  const seen = new Map<string, Seen>()
  return async (path, parse, empty) => {
    const signature = await signatureOf(path)
    if (signature === null) {
      seen.delete(path)
      return null
    }
    const known = seen.get(path)
    // A path is always parsed in one way, so what is remembered is of that way's type.
    if (known?.signature === signature) return known.found as Read<ReturnType<typeof parse>>
    const found = await readParsed(path, parse, empty)
    if (found) seen.set(path, { signature, found })
    return found
  }
}

async function readParsed<T>(path: string, parse: (text: string) => T, empty: T): Promise<Read<T> | null> {
  try {
    const { text, revision, fault } = decodeFile(await readFile(path), basename(path))
    if (fault) return { value: empty, revision, fault: fault.toWire() }
    try {
      return { value: parse(text), revision, fault: null }
    } catch (error) {
      const wire = error instanceof CoreError ? error : new CoreError('Unreadable', 'store', `${path} cannot be read: ${messageOf(error)}.`)
      return { value: empty, revision, fault: wire.toWire() }
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    if (systemCode(error) === null) throw error
    return { value: empty, revision: '', fault: storageError(error, path, 'read').toWire() }
  }
}

/** What tells one state of a file from another without reading it; null where there is no such file. */
async function signatureOf(path: string): Promise<string | null> {
  try {
    const found = await stat(path)
    if (!found.isFile() || found.size > MAX_FILE_BYTES) return null
    return `${found.mtimeMs}:${found.ctimeMs}:${found.size}:${found.ino}`
  } catch {
    return null
  }
}
