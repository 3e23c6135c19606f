/**
 * Notices when git, an editor or another Posthaste changes a collection's folder. Bursts are told of once. Folders are
 * watched, and no single file: ten thousand requests take a hundred watches of the system, which is stingy with them.
 */
import { existsSync, readdirSync, statSync, watch, type FSWatcher } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { isWithin } from './item-paths.ts'

export interface FolderWatcher {
  readonly close: () => void
}

/** @param changedIn the folders in which something changed, by path below the watched one with `/`; null: perhaps any */
type OnChange = (changedIn: ReadonlySet<string> | null) => void

/** Changes less than this apart are one. */
const SETTLE_MS = 80
/** A burst is told of at the latest after this. */
const LONGEST_MS = 500
/** So many folders are gone through one by one; of more, as after a checkout of git, all are at once, which is quicker then. */
const FEW = 50

/**
 * Watch a collection's folder, from now on: what is read after this was as it is then, or its change is told of.
 *
 * @param onChange told after each burst of changes
 * @param onError told once where changes cannot be noticed
 */
export function watchFolder(root: string, onChange: OnChange, onError: (error: CoreError) => void): FolderWatcher {
  const watches = new Map<string, Watch>()
  /** Folders in which something changed, absolute. */
  let changed = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  let firstAt = 0
  let hasFailed = false
  const later = (folder: string): void => {
    changed.add(folder)
    if (timer === null) firstAt = performance.now()
    else clearTimeout(timer)
    timer = setTimeout(tell, Math.max(0, Math.min(SETTLE_MS, firstAt + LONGEST_MS - performance.now())))
  }
  const tell = (): void => {
    timer = null
    const folders = [...changed]
    changed = new Set()
    const isAnywhere = folders.length > FEW || folders.some((folder) => !isWithin(root, folder))
    for (const folder of isAnywhere || folders.includes(root) ? [root] : folders) follow(folder)
    onChange(isAnywhere ? null : new Set(folders.map((folder) => relative(root, folder).replaceAll(sep, '/'))))
  }
  const fail = (error: unknown): void => {
    if (hasFailed) return
    hasFailed = true
    // Never before who is told has the watcher in hand.
    queueMicrotask(() => onError(watchError(root, error)))
  }
  const begin = (folder: string, identity: string): void => {
    try {
      const matters = isWithin(root, folder) ? mayBeOfItems : (_event: string, name: string | null) => leadsTo(root, folder, name)
      const watcher = watch(folder, (event, name) => matters(event, name) && later(folder))
      watcher.on('error', (error) => (existsSync(folder) ? fail(error) : later(folder)))
      watches.set(folder, { watcher, identity })
    } catch (error) {
      if (!PASSED_OVER.has(systemCode(error))) fail(error)
    }
  }
  /** Watch the folders that are there now, in one and below it. What came into new ones before they were watched is told of in another turn. */
  const follow = (start: string, isFirst = false): void => {
    const there = start === root ? foldersOrAbove(root) : foldersIn(start)
    for (const [folder, { watcher, identity }] of watches) {
      if (there.get(folder) === identity || (start !== root && !isWithin(start, folder))) continue
      watcher.close()
      watches.delete(folder)
    }
    const added = [...there].filter(([folder]) => !watches.has(folder))
    for (const [folder, identity] of added) begin(folder, identity)
    if (!isFirst) for (const [folder] of added) if (watches.has(folder)) later(folder)
  }
  follow(root, true)
  return {
    close: () => {
      if (timer !== null) clearTimeout(timer)
      for (const { watcher } of watches.values()) watcher.close()
      watches.clear()
    },
  }
}

interface Watch {
  readonly watcher: FSWatcher
  /** A folder that was removed and made again has another, and its watch is deaf. */
  readonly identity: string
}

/** Gone meanwhile, or not ours to read. */
const PASSED_OVER: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'])
/** Deeper than any tree is shown. */
const MAX_DEPTH = 64

/** The folder and all those in it, each with what tells it from another of its name. */
function foldersIn(start: string): Map<string, string> {
  const found = new Map<string, string>()
  const look = (folder: string, depth: number): void => {
    try {
      const entries = readdirSync(folder, { withFileTypes: true })
      found.set(folder, identityOf(folder))
      if (depth === MAX_DEPTH) return
      for (const entry of entries) if (entry.isDirectory() && !isHidden(entry.name)) look(join(folder, entry.name), depth + 1)
    } catch (error) {
      if (systemCode(error) === null) throw error
    }
  }
  look(start, 0)
  return found
}

/** The same; where it is not there, the nearest folder above it that is: there it comes back. */
function foldersOrAbove(root: string): Map<string, string> {
  const found = foldersIn(root)
  for (let above = dirname(root); found.size === 0; above = dirname(above)) {
    if (existsSync(above)) found.set(above, identityOf(above))
    else if (above === dirname(above)) break
  }
  return found
}

function identityOf(folder: string): string {
  const found = statSync(folder, { throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}:${found.birthtimeMs}` : ''
}

/** Whether what came or went in a folder above is on the way to the one that is waited for, or that folder itself went, which has its own name. */
function leadsTo(root: string, above: string, name: string | null): boolean {
  return name === null || name === basename(above) || isWithin(join(above, name), root)
}

/** A file of YAML, or something that came or went and may be a folder. Of the contents of other files nothing is shown. */
function mayBeOfItems(event: string, name: string | null): boolean {
  if (name === null) return true
  const last = basename(name)
  return !isHidden(last) && (event === 'rename' || /\.ya?ml$/i.test(last))
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules'
}

function watchError(root: string, error: unknown): CoreError {
  const code = systemCode(error)
  const isLimit = code === 'ENOSPC' || code === 'EMFILE'
  const why = isLimit ? 'the system watches no more files' : messageOf(error)
  return new CoreError('StorageError', 'store', `Changes that other programs make in ${root} are not noticed: ${why}.`, {
    hint: isLimit
      ? 'Raise the limit (on Linux: fs.inotify.max_user_watches), or open fewer collections.'
      : 'Open the collection again to see them.',
    cause: error,
  })
}
