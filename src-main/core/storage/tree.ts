/**
 * A collection's folder as a tree of items. Files that did not change since they were last looked at are not read
 * again; links out of the collection are shown and not followed. Files are read one after the other where they stand, which
 * takes a tenth of what Node's asynchronous reading of many small files does, a few milliseconds at a time.
 */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs'
import { basename, join } from 'node:path'
import type { WireError } from '#contract/errors.ts'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { inSpareTurns, inTurns, inTurnsWhile, type Work } from '../lib/turns.ts'
import { environmentFiles, readHead } from './collection-head.ts'
import { orNull, signatureOf } from './file-looks.ts'
import { baseOf, ENVIRONMENTS_FOLDER, FOLDER_FILE, isItemName, isRequestFile, isWithin } from './item-paths.ts'
import { readFolderFile, type FolderInfo } from './opencollection/info-format.ts'
import type { ReadRequest } from './opencollection/request-format.ts'
import { quickSummary, readSummarised, summarise, type RequestSummary } from './opencollection/request-summary.ts'
import { compareItems } from './order.ts'
import { decodeFile, decodeText, MAX_FILE_BYTES, revisionOf } from './text-file.ts'

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
  /** Whether it was old when it was read: whatever changes it then changes its signature, however coarse the file system's clock. */
  readonly isSettled: boolean
  /** It was read by the process before this one. */
  readonly isRemembered?: true
}

/** What was seen of a folder. */
interface SeenFolder {
  /** Of the file that holds its settings; empty where it has none. */
  readonly revision: string
  /** Whether it, or a folder in it, has links: what these lead to changes elsewhere. */
  readonly hasLinks: boolean
  readonly item: Item | null
}

/** What a scan remembers for the next one, by path below the collection's folder. */
export interface TreeMemory {
  readonly files: Map<string, Seen>
  /** The collection's own folder has the empty path. None of a tree that another process saw. */
  readonly folders: Map<string, SeenFolder>
}

export function emptyMemory(): TreeMemory {
  return { files: new Map(), folders: new Map() }
}

/** Requests that are wanted whole: a scan reads each file once, for the tree and for them. */
interface DocumentWish {
  /** @param path below the collection's folder */
  readonly wants: (path: string) => boolean
  /** What was read, by path. Files that cannot be read are broken items of the tree. */
  readonly found: Map<string, ReadRequest>
}

export interface Scan {
  readonly tree: Tree
  /** Whether a file was added, changed or removed since the last scan. */
  readonly changed: boolean
}

/** Files read whole by one scan; beyond that a quick look has to do at first, and for all of a folder that has more and is new. */
const WHOLE_BUDGET = 400
const LARGE_BYTES = 1024 * 1024
/** The coarsest clock of a file system that is in use has two seconds. */
const SETTLED_MS = 3000
const MAX_DEPTH = 60
/** Longer than any path that a program made on purpose; ids have room for it. */
const MAX_PATH = 4000

interface Walk {
  readonly root: string
  readonly realRoot: string
  readonly ignored: readonly string[]
  readonly before: ReadonlyMap<string, Seen>
  readonly after: Map<string, Seen>
  readonly foldersBefore: ReadonlyMap<string, SeenFolder>
  readonly foldersAfter: Map<string, SeenFolder>
  /** Where something changed; null: perhaps anywhere. */
  readonly changedIn: ReadonlySet<string> | null
  /** Folders that were passed over: they are as they were. */
  readonly passedOver: Set<string>
  readonly wish: DocumentWish | null
  /** Whether another scan follows that goes by what this one has seen. */
  readonly remembers: boolean
  budget: number
  changed: boolean
}

/**
 * Read a collection's folder. Never fails for one bad file; a folder that cannot be read is the tree's `error`.
 *
 * @param kept null: this scan is the only one
 */
export function scanTree(root: string, kept: TreeMemory | null, wish: DocumentWish | null = null): Promise<Scan> {
  return inTurns(scan(root, kept, wish))
}

/**
 * The same, given up without a trace once it is not to go on: null then.
 *
 * @param changedIn folders in which something changed, by path: no other is looked at again. Null: all are
 */
export function scanTreeWhile(
  root: string,
  kept: TreeMemory,
  changedIn: ReadonlySet<string> | null,
  goesOn: () => boolean,
): Promise<Scan | null> {
  return inTurnsWhile(scan(root, kept, null, changedIn), goesOn)
}

function* scan(root: string, kept: TreeMemory | null, wish: DocumentWish | null, changedIn: ReadonlySet<string> | null = null): Work<Scan> {
  const memory = kept ?? emptyMemory()
  const head = readHead(root)
  if (!head.canList) return { tree: { name: head.name, error: head.error, items: [], settings: '' }, changed: false }
  const walk: Walk = {
    root,
    realRoot: orNull(() => realpathSync.native(root)) ?? root,
    ignored: head.ignored,
    before: new Map(memory.files),
    after: new Map(),
    foldersBefore: new Map(memory.folders),
    foldersAfter: new Map(),
    // What the collection's own file says may be of any folder: which of them are shown.
    changedIn: memory.folders.get('')?.revision === head.revision ? changedIn : null,
    passedOver: new Set(),
    wish,
    remembers: kept !== null,
    budget: memory.files.size === 0 && !hasAtMost(WHOLE_BUDGET, root) ? 0 : WHOLE_BUDGET,
    changed: false,
  }
  const found = yield* readFolder('', 0, walk)
  const isThere = (path: string): boolean => walk.after.has(path) || isPassedOver(path, walk)
  const gone = [...walk.before.keys()].filter((path) => !isThere(path))
  for (const path of gone) memory.files.delete(path)
  for (const [path, seen] of walk.after) {
    // What was read whole in the meantime counts for more.
    const known = memory.files.get(path)
    if (!known?.isWhole || known.signature !== seen.signature) memory.files.set(path, seen)
  }
  walk.foldersAfter.set('', { revision: head.revision, hasLinks: found.hasLinks, item: null })
  for (const [path, seen] of walk.foldersBefore) if (isPassedOver(path, walk)) walk.foldersAfter.set(path, seen)
  memory.folders.clear()
  for (const [path, seen] of walk.foldersAfter) memory.folders.set(path, seen)
  const settings = [...walk.foldersAfter].flatMap(([path, { revision }]) => (revision === '' ? [] : `${path} ${revision}`))
  return {
    tree: {
      name: head.name,
      error: head.error,
      items: found.items,
      settings: revisionOf([...settings, ...environmentFiles(root)].toSorted().join('\n')),
    },
    changed: walk.changed || gone.length > 0,
  }
}

/** Whether a folder, or one around this path, is as it was. */
function isPassedOver(path: string, { passedOver }: Walk): boolean {
  if (passedOver.size === 0) return false
  for (let at = path; at !== ''; at = parentPath(at)) if (passedOver.has(at)) return true
  return false
}

function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** A file as it looks now, about to be read. */
function seenNow(found: Stats): Pick<Seen, 'signature' | 'isSettled'> {
  return { signature: signatureOf(found), isSettled: Math.max(found.mtimeMs, found.ctimeMs) < Date.now() - SETTLED_MS }
}

/** Whether there are so few files of requests; looks at no more folders than it takes to know. */
function hasAtMost(most: number, root: string): boolean {
  const folders = [root]
  let files = 0
  for (let folder = folders.pop(); folder !== undefined && files <= most; folder = folders.pop()) {
    for (const entry of orNull(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
      if (entry.isDirectory() && isItemName(entry.name)) folders.push(join(folder, entry.name))
      else if (isRequestFile(entry.name)) files += 1
    }
  }
  return files <= most
}

/** Read one file whole and remember it. A file that cannot be read now is left to the next scan. */
export function lookWhole(root: string, path: string, memory: TreeMemory): void {
  const absolute = join(root, path)
  try {
    memory.files.set(path, { ...seenNow(statSync(absolute)), isWhole: true, summary: summaryOfFile(absolute, true) })
  } catch (error) {
    if (systemCode(error) === null) throw error
    memory.files.delete(path)
  }
}

/** Read whole, while nobody waits for it, what was only looked at quickly. */
export function lookWholeLater(root: string, memory: TreeMemory, goesOn: () => boolean): Promise<void> {
  const paths = [...memory.files].filter(([, seen]) => !seen.isWhole).map(([path]) => path)
  return inSpareTurns(
    (function* (): Work<void> {
      for (const path of paths) {
        if (!goesOn()) return
        lookWhole(root, path, memory)
        yield
      }
    })(),
  )
}

interface FoundInFolder {
  readonly items: Item[]
  readonly isEmpty: boolean
  readonly hasLinks: boolean
}

function* readFolder(path: string, depth: number, walk: Walk): Work<FoundInFolder> {
  const entries = orNull(() => readdirSync(join(walk.root, path), { withFileTypes: true })) ?? []
  const items: Item[] = []
  for (const entry of entries) {
    if (!isShown(path, entry.name, walk)) continue
    const item = yield* readEntry(entry, joined(path, entry.name), depth, walk)
    if (item !== null) items.push(item)
  }
  const hasLinks = entries.some((entry) => entry.isSymbolicLink() || walk.foldersAfter.get(joined(path, entry.name))?.hasLinks === true)
  return { items: items.sort((one, other) => compareItems(ordered(one), ordered(other))), isEmpty: entries.length === 0, hasLinks }
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

function* readEntry(entry: Dirent, path: string, depth: number, walk: Walk): Work<Item | null> {
  yield
  if (entry.isSymbolicLink()) return readLink(path, entry.name, walk)
  if (entry.isDirectory()) return depth < MAX_DEPTH ? yield* readSubfolder(path, entry.name, depth, walk) : null
  return entry.isFile() && isRequestFile(entry.name) ? readRequestItem(path, entry.name, walk) : null
}

function isShown(folder: string, name: string, walk: Walk): boolean {
  if (!isItemName(name) || (folder === '' && name === ENVIRONMENTS_FOLDER)) return false
  const path = joined(folder, name)
  if (path.length > MAX_PATH) return false
  return !walk.ignored.some((pattern) => path === pattern.replace(/\/+$/, '') || path.startsWith(`${pattern.replace(/\/+$/, '')}/`))
}

/** A folder is an item if it says so, holds items, or holds nothing yet; a folder of other files is none. */
function* readSubfolder(path: string, name: string, depth: number, walk: Walk): Work<Item | null> {
  const known = walk.foldersBefore.get(path)
  if (known && !mayHaveChanged(path, known, walk)) {
    walk.passedOver.add(path)
    return known.item
  }
  const own = readFolderInfo(path, walk)
  const inner = yield* readFolder(path, depth + 1, walk)
  const isItem = own !== null || inner.items.length > 0 || inner.isEmpty
  const item = isItem ? folderItem(path, name, own, inner.items) : null
  walk.foldersAfter.set(path, { revision: own?.revision ?? '', hasLinks: inner.hasLinks, item })
  return item
}

function mayHaveChanged(path: string, known: SeenFolder, { changedIn }: Walk): boolean {
  if (changedIn === null || known.hasLinks) return true
  return [...changedIn].some((changed) => changed === path || changed.startsWith(`${path}/`))
}

function folderItem(path: string, name: string, own: FolderFile | null, children: readonly Item[]): Item {
  return { kind: 'folder', path, name: own?.info?.name || name, seq: own?.info?.seq, method: '', error: own?.error ?? null, children }
}

interface FolderFile {
  readonly info: FolderInfo | null
  readonly error: string | null
  readonly revision: string
}

function readFolderInfo(path: string, walk: Walk): FolderFile | null {
  let revision = ''
  try {
    const file = decodeFile(readFileSync(join(walk.root, path, FOLDER_FILE)), FOLDER_FILE)
    revision = file.revision
    if (file.fault) throw file.fault
    return { info: readFolderFile(file.text, FOLDER_FILE), error: null, revision }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    const message = error instanceof CoreError ? error.message : `${FOLDER_FILE} cannot be read: ${messageOf(error)}.`
    return { info: null, error: message, revision }
  }
}

function readRequestItem(path: string, name: string, walk: Walk): Item | null {
  try {
    const seen = look(path, walk)
    walk.after.set(path, seen)
    return itemOf(path, seen.summary)
  } catch (error) {
    const isMisnamed = name.includes('\ufffd')
    if (systemCode(error) === 'ENOENT' && !isMisnamed) return null
    return brokenItem(path, name, `${name} cannot be read: ${isMisnamed ? 'its name is not UTF-8' : messageOf(error)}.`)
  }
}

const UNSEEN = { signature: '', isSettled: false }

function look(path: string, walk: Walk): Seen {
  const absolute = join(walk.root, path)
  const wish = walk.wish?.wants(path) === true ? walk.wish : null
  const now = walk.remembers ? seenNow(statSync(absolute)) : UNSEEN
  const known = walk.before.get(path)
  if (known?.signature === now.signature && wish === null) return known
  walk.changed = true
  if (wish !== null) return { ...now, isWhole: true, summary: summaryOfFile(absolute, true, (read) => wish.found.set(path, read)) }
  walk.budget -= 1
  const isWhole = walk.budget >= 0
  return { ...now, isWhole, summary: summaryOfFile(absolute, isWhole) }
}

/** @param onRead takes all that stands in it, however long that takes */
function summaryOfFile(absolute: string, isWhole: boolean, onRead?: (read: ReadRequest) => void): RequestSummary {
  const name = basename(absolute)
  const fallback = baseOf(name)
  const bytes = readFileSync(absolute)
  const broken = (error: string): RequestSummary => ({ kind: 'broken', name: fallback, method: '', seq: undefined, error })
  if (bytes.byteLength > MAX_FILE_BYTES) return broken(`${name} is too large for a request file.`)
  const { text, fault } = decodeText(bytes, name)
  if (fault) return broken(fault.message)
  if (onRead) {
    const { summary, read } = readSummarised(text, name, fallback)
    if (read) onRead(read)
    return summary
  }
  // Of a file of many MiB a whole look takes seconds: where the first lines say all that is shown, they have to do.
  const looksWhole = isWhole && bytes.byteLength <= LARGE_BYTES
  return (looksWhole ? null : quickSummary(text, fallback)) ?? summarise(text, name, fallback)
}

/** A link within the collection is what it leads to; one that leads out is shown, and one to a folder is not entered. */
function readLink(path: string, name: string, walk: Walk): Item | null {
  const absolute = join(walk.root, path)
  const target = orNull(() => realpathSync.native(absolute))
  const found = target === null ? null : orNull(() => statSync(target))
  if (found?.isFile() === true && isRequestFile(name)) return readRequestItem(path, name, walk)
  if (found?.isDirectory() === true && target !== null) {
    const isLoop = isWithin(walk.realRoot, target)
    return isLoop
      ? null
      : brokenItem(path, name, `${name} is a link to a folder outside the collection; open that folder as a collection of its own.`)
  }
  return isRequestFile(name) && orNull(() => lstatSync(absolute)) !== null
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
