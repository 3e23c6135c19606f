/**
 * What a window may name in an import: files that it has handed over, and collections that are open to import to; a path
 * to write to is for callers without windows.
 */
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ImportTarget } from '#contract/model/import.ts'
import { CoreError } from '../lib/core-error.ts'
import type { CorePorts } from '../ports.ts'
import type { HandedFiles } from './handed-files.ts'

export interface ImportPlaces {
  /** @throws {CoreError} `Unavailable` for a file that the window has not handed over */
  readonly checkRead: (paths: readonly string[]) => Promise<void>
  /** @throws {CoreError} `Unavailable` for a path that a window names */
  readonly checkWrite: (target: ImportTarget) => void
  /** Told which import, or which reading that failed, by its ticket, has read which files. */
  readonly hasRead: (importId: string, paths: readonly string[]) => void
  /** Told that an import is let go: uploads that no other has read are removed, for credentials stand in them. */
  readonly letGo: (importId: string) => Promise<void>
}

/** Readings whose files are kept; a page that comes and goes does not let go of its own. */
const MAX_READ = 20

export function createImportPlaces(
  { dataDir, capabilities }: Pick<CorePorts, 'dataDir' | 'capabilities'>,
  files: HandedFiles,
): ImportPlaces {
  const { realPaths, dialogs } = capabilities
  const uploads = join(dataDir, 'uploads')
  /** By the import that has read them: the folders of uploads. */
  const read = new Map<string, ReadonlySet<string>>()
  return {
    checkRead: files.check,
    checkWrite: (target) => {
      const path = target.kind === 'place' ? undefined : target.path
      const isWindow = dialogs || !realPaths
      if (!isWindow || path === undefined) return
      throw new CoreError('Unavailable', 'store', `${path} was not chosen in a dialog, so nothing is written there.`)
    },
    hasRead: (importId, paths) => {
      const folders = paths.map((path) => dirname(path)).filter((folder) => dirname(folder) === uploads)
      if (folders.length === 0) return
      read.set(importId, new Set(folders))
      const [oldest] = read.keys()
      if (read.size > MAX_READ && oldest !== undefined) void letGo(oldest)
    },
    letGo,
  }

  async function letGo(importId: string): Promise<void> {
    const folders = read.get(importId)
    read.delete(importId)
    if (!folders) return
    const needed = new Set([...read.values()].flatMap((others) => [...others]))
    for (const folder of folders) if (!needed.has(folder)) await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}
