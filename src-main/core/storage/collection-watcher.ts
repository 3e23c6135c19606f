/** Notices when git, an editor or another Posthaste changes a collection's folder. Bursts are told of once. */
import { relative, sep } from 'node:path'
import { watch } from 'chokidar'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'

export interface FolderWatcher {
  readonly close: () => Promise<void>
}

/** Changes less than this apart are one. */
const SETTLE_MS = 80
/** A burst is told of at the latest after this. */
const LONGEST_MS = 500

/**
 * Watch a collection's folder.
 *
 * @param onChange told once at the start, when watching has begun, and then after each burst of changes
 * @param onError told once where changes cannot be noticed
 */
export function watchFolder(root: string, onChange: () => void, onError: (error: CoreError) => void): FolderWatcher {
  let timer: NodeJS.Timeout | null = null
  let firstAt = 0
  let hasFailed = false
  const tell = (): void => {
    timer = null
    onChange()
  }
  const later = (): void => {
    if (timer === null) firstAt = performance.now()
    else clearTimeout(timer)
    timer = setTimeout(tell, Math.max(0, Math.min(SETTLE_MS, firstAt + LONGEST_MS - performance.now())))
  }
  const watcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    ignored: (path, stats) => isIgnored(relative(root, path), stats?.isFile() === true),
  })
  watcher.on('ready', later)
  watcher.on('all', later)
  watcher.on('error', (error) => {
    if (hasFailed) return
    hasFailed = true
    onError(watchError(root, error))
  })
  return {
    close: async () => {
      if (timer !== null) clearTimeout(timer)
      await watcher.close()
    },
  }
}

function isIgnored(path: string, isFile: boolean): boolean {
  const parts = path.split(sep)
  if (parts.some((part) => (part.startsWith('.') && part !== '.' && part !== '..') || part === 'node_modules')) return true
  return isFile && !/\.ya?ml$/i.test(path)
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
