/**
 * A collection's folder as a tree of items. Files that did not change since they were last looked at are not read
 * again; links out of the collection are shown and not followed.
 */
import { readFile as readFileCallingBack, stat as statCallingBack, type Stats } from 'node:fs'
import { lstat, readdir, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { WireError } from '#contract/errors.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { storageError } from './atomic-write.ts'
import { baseOf, COLLECTION_FILE, ENVIRONMENTS_FOLDER, FOLDER_FILE, isItemName, isRequestFile, isWithin } from './item-paths.ts'
import { readCollectionFile, readFolderFile, type CollectionInfo, type FolderInfo } from './opencollection/info-format.ts'
import { quickSummary, readSummarised, summarise, type RequestSummary } from './opencollection/request-summary.ts'
import { compareItems } from './order.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { decodeFile, MAX_FILE_BYTES, revisionOf } from './text-file.ts'

export interface Item {
  readonly kind: 'folder' | 'request' | 'broken'
  /** Below the collection's folder, with `/`. */
  readonly path: string
  readonly name: string
  readonly seq: number | undefined
  readonly method: string
  readonly error: string | null
  /** Of a folder, in order. */
  readonly children: readonly Item[]
}

export interface Tree {
  readonly name: string
  readonly error: WireError | null
  readonly items: readonly Item[]
  /** Changes whenever what the collection's files say around its requests may have: defaults, sessions, environments. */
  readonly settings: string
}

/** What was seen of a file: valid while its signature stays. */
export interface Seen {
  readonly signature: string
  readonly summary: RequestSummary
  /** Whether all of it was read, not only its first lines. */
  readonly isWhole: boolean
}

/** What a scan remembers for the next one, by path below the collection's folder. */
export interface TreeMemory {
  readonly files: Map<string, Seen>
}

/** Requests that are wanted whole: a scan reads each file once, for the tree and for them. */
interface DocumentWish {
  /** @param path below the collection's folder */
  readonly wants: (path: string) => boolean
  /** What was read, by path. Files that cannot be read are broken items of the tree. */
  readonly found: Map<string, RequestDocument>
}

export interface Scan {
  readonly tree: Tree
  /** Whether a file was added, changed or removed since the last scan. */
  readonly changed: boolean
}

/** Files read whole by one scan; beyond that a quick look has to do at first. */
const WHOLE_BUDGET = 400
const OPEN_FILES = 32
/** Those of `node:fs/promises` make objects for each step, and take two to three times as long for thousands of small files. */
const readFile = promisify(readFileCallingBack)
const stat = promisify(statCallingBack)
const LARGE_BYTES = 1024 * 1024
const MAX_DEPTH = 60
/** Longer than any path that a program made on purpose; ids have room for it. */
const MAX_PATH = 4000

interface Walk {
  readonly root: string
  readonly realRoot: string
  readonly ignored: readonly string[]
  readonly before: ReadonlyMap<string, Seen>
  readonly after: Map<string, Seen>
  readonly files: Limiter
  readonly wish: DocumentWish | null
  /** Whether another scan follows that goes by what this one has seen. */
  readonly remembers: boolean
  budget: number
  changed: boolean
  /** What was seen of the files that hold settings, each with its place. */
  readonly settings: string[]
}

/**
 * Read a collection's folder. Never fails for one bad file; a folder that cannot be read is the tree's `error`.
 *
 * @param kept null: this scan is the only one
 */
export async function scanTree(root: string, kept: TreeMemory | null, wish: DocumentWish | null = null): Promise<Scan> {
  const memory = kept ?? { files: new Map<string, Seen>() }
  const head = await readHead(root)
  if (!head.canList) return { tree: { name: head.name, error: head.error, items: [], settings: '' }, changed: false }
  const walk: Walk = {
    root,
    realRoot: await realpath(root).catch(() => root),
    ignored: head.ignored,
    before: new Map(memory.files),
    after: new Map(),
    files: createLimiter(OPEN_FILES),
    wish,
    remembers: kept !== null,
    budget: WHOLE_BUDGET,
    changed: false,
    settings: [head.revision, ...(await environmentFiles(root))],
  }
  const items = await readFolder('', 0, walk)
  const isGone = [...walk.before.keys()].some((path) => !walk.after.has(path))
  for (const path of walk.before.keys()) if (!walk.after.has(path)) memory.files.delete(path)
  for (const [path, seen] of walk.after) {
    // What was read whole in the meantime counts for more.
    const known = memory.files.get(path)
    if (!known?.isWhole || known.signature !== seen.signature) memory.files.set(path, seen)
  }
  return {
    tree: { name: head.name, error: head.error, items: items.items, settings: revisionOf(walk.settings.toSorted().join('\n')) },
    changed: walk.changed || isGone,
  }
}

/** What tells one state of a file from another without reading it. */
function signatureOf(found: Stats): string {
  return `${found.mtimeMs}:${found.ctimeMs}:${found.size}:${found.ino}`
}

/** Read one file whole and remember it. A file that cannot be read now is left to the next scan. */
export async function lookWhole(root: string, path: string, memory: TreeMemory): Promise<void> {
  const absolute = join(root, path)
  try {
    const signature = signatureOf(await stat(absolute))
    memory.files.set(path, { signature, isWhole: true, summary: await summaryOfFile(absolute, true) })
  } catch (error) {
    if (systemCode(error) === null) throw error
    memory.files.delete(path)
  }
}

/** What tells one state of the environments' files from another. */
async function environmentFiles(root: string): Promise<string[]> {
  const folder = join(root, ENVIRONMENTS_FOLDER)
  const names = (await readdir(folder).catch(() => [])).filter(isRequestFile)
  return Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => null)
      return `${ENVIRONMENTS_FOLDER}/${name} ${found === null ? '' : signatureOf(found)}`
    }),
  )
}

interface Head {
  readonly name: string
  readonly error: WireError | null
  readonly ignored: readonly string[]
  readonly canList: boolean
  readonly revision: string
}

async function readHead(root: string): Promise<Head> {
  const fallback = { name: basename(root), ignored: [], canList: true, revision: '' }
  try {
    const { text, fault, revision } = decodeFile(await readFile(join(root, COLLECTION_FILE)), COLLECTION_FILE)
    if (fault) throw fault
    const info = readCollectionFile(text, COLLECTION_FILE)
    return {
      ...fallback,
      name: info.name || fallback.name,
      ignored: info.ignored,
      revision,
      error: info.isBundled ? bundled(root, info).toWire() : null,
    }
  } catch (error) {
    if (error instanceof CoreError) return { ...fallback, error: error.toWire() }
    const isGone = systemCode(error) === 'ENOENT'
    const wire = isGone
      ? new CoreError('NotFound', 'store', `${join(root, COLLECTION_FILE)} is not there any more.`, {
          hint: 'If the folder was moved, open it again where it is now; else close this collection.',
        }).toWire()
      : storageError(error, root, 'read').toWire()
    return { ...fallback, error: wire, canList: isGone ? (await stat(root).catch(() => null)) !== null : systemCode(error) !== 'ENOTDIR' }
  }
}

function bundled(root: string, info: CollectionInfo): CoreError {
  return new CoreError(
    'Unreadable',
    'store',
    `${info.name || basename(root)} keeps its requests inside ${COLLECTION_FILE}, which this version does not open.`,
    {
      hint: 'Export it as a folder, with one file for each request.',
    },
  )
}

async function readFolder(path: string, depth: number, walk: Walk): Promise<{ readonly items: Item[]; readonly isEmpty: boolean }> {
  const entries = await walk.files.run(() => readdir(join(walk.root, path), { withFileTypes: true }).catch(() => []))
  const shown = entries.filter((entry) => isShown(path, entry.name, walk))
  const items = await Promise.all(
    shown.map(async (entry): Promise<Item | null> => {
      const itemPath = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isSymbolicLink()) return readLink(itemPath, entry.name, walk)
      if (entry.isDirectory()) return depth < MAX_DEPTH ? readSubfolder(itemPath, entry.name, depth, walk) : null
      return entry.isFile() && isRequestFile(entry.name) ? readRequestItem(itemPath, entry.name, walk) : null
    }),
  )
  return {
    items: items.filter((item) => item !== null).sort((one, other) => compareItems(ordered(one), ordered(other))),
    isEmpty: entries.length === 0,
  }
}

function isShown(folder: string, name: string, walk: Walk): boolean {
  if (!isItemName(name) || (folder === '' && name === ENVIRONMENTS_FOLDER)) return false
  const path = folder === '' ? name : `${folder}/${name}`
  if (path.length > MAX_PATH) return false
  return !walk.ignored.some((pattern) => path === pattern.replace(/\/+$/, '') || path.startsWith(`${pattern.replace(/\/+$/, '')}/`))
}

/** A folder is an item if it says so, holds items, or holds nothing yet; a folder of other files is none. */
async function readSubfolder(path: string, name: string, depth: number, walk: Walk): Promise<Item | null> {
  const [own, inner] = await Promise.all([readFolderInfo(path, walk), readFolder(path, depth + 1, walk)])
  if (own === null && inner.items.length === 0 && !inner.isEmpty) return null
  const info = own?.info
  return { kind: 'folder', path, name: info?.name || name, seq: info?.seq, method: '', error: own?.error ?? null, children: inner.items }
}

async function readFolderInfo(
  path: string,
  walk: Walk,
): Promise<{ readonly info: FolderInfo | null; readonly error: string | null } | null> {
  const file = join(walk.root, path, FOLDER_FILE)
  try {
    const { text, fault, revision } = decodeFile(await walk.files.run(() => readFile(file)), FOLDER_FILE)
    walk.settings.push(`${path} ${revision}`)
    if (fault) throw fault
    return { info: readFolderFile(text, FOLDER_FILE), error: null }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    return { info: null, error: error instanceof CoreError ? error.message : `${FOLDER_FILE} cannot be read: ${messageOf(error)}.` }
  }
}

async function readRequestItem(path: string, name: string, walk: Walk): Promise<Item | null> {
  try {
    const seen = await walk.files.run(() => look(path, walk))
    walk.after.set(path, seen)
    return itemOf(path, seen.summary)
  } catch (error) {
    const isMisnamed = name.includes('\ufffd')
    if (systemCode(error) === 'ENOENT' && !isMisnamed) return null
    return brokenItem(path, name, `${name} cannot be read: ${isMisnamed ? 'its name is not UTF-8' : messageOf(error)}.`)
  }
}

async function look(path: string, walk: Walk): Promise<Seen> {
  const absolute = join(walk.root, path)
  const wish = walk.wish?.wants(path) === true ? walk.wish : null
  const signature = walk.remembers ? signatureOf(await stat(absolute)) : ''
  const known = walk.before.get(path)
  if (known?.signature === signature && wish === null) return known
  walk.changed = true
  if (wish !== null)
    return { signature, isWhole: true, summary: await summaryOfFile(absolute, true, (document) => wish.found.set(path, document)) }
  walk.budget -= 1
  const isWhole = walk.budget >= 0
  return { signature, isWhole, summary: await summaryOfFile(absolute, isWhole) }
}

/** @param onDocument takes all that stands in it, however long that takes */
async function summaryOfFile(
  absolute: string,
  isWhole: boolean,
  onDocument?: (document: RequestDocument) => void,
): Promise<RequestSummary> {
  const name = basename(absolute)
  const fallback = baseOf(name)
  const bytes = await readFile(absolute)
  const broken = (error: string): RequestSummary => ({ kind: 'broken', name: fallback, method: '', seq: undefined, error })
  if (bytes.byteLength > MAX_FILE_BYTES) return broken(`${name} is too large for a request file.`)
  const { text, fault } = decodeFile(bytes, name)
  if (fault) return broken(fault.message)
  if (onDocument) {
    const { summary, document } = readSummarised(text, name, fallback)
    if (document) onDocument(document)
    return summary
  }
  // Of a file of many MiB a whole look takes seconds: where the first lines say all that is shown, they have to do.
  const looksWhole = isWhole && bytes.byteLength <= LARGE_BYTES
  return (looksWhole ? null : quickSummary(text, fallback)) ?? summarise(text, name, fallback)
}

/** A link within the collection is what it leads to; one that leads out is shown, and one to a folder is not entered. */
async function readLink(path: string, name: string, walk: Walk): Promise<Item | null> {
  const absolute = join(walk.root, path)
  const target = await realpath(absolute).catch(() => null)
  const found = target === null ? null : await stat(target).catch(() => null)
  if (found?.isFile() === true && isRequestFile(name)) return readRequestItem(path, name, walk)
  if (found?.isDirectory() === true && target !== null) {
    const isLoop = isWithin(walk.realRoot, target)
    return isLoop
      ? null
      : brokenItem(path, name, `${name} is a link to a folder outside the collection; open that folder as a collection of its own.`)
  }
  return isRequestFile(name) && (await lstat(absolute).catch(() => null)) !== null
    ? brokenItem(path, name, `${name} is a link to a file that is not there.`)
    : null
}

function itemOf(path: string, summary: RequestSummary): Item {
  const { kind, name, seq, method, error } = summary
  return { kind, path, name, seq, method, error, children: [] }
}

function brokenItem(path: string, name: string, error: string): Item {
  return { kind: 'broken', path, name: baseOf(name), seq: undefined, method: '', error, children: [] }
}

function ordered(item: Item): { name: string; seq: number | undefined; isFolder: boolean } {
  return { name: item.name, seq: item.seq, isFolder: item.kind === 'folder' }
}
