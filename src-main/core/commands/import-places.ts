/**
 * What a window may name in an import. A page in a browser has no files of this machine: it reads what it has uploaded, and
 * nothing else. Where imports go, a window says by collections that are open; a path is for callers without windows.
 */
import { realpath, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ImportTarget } from '#contract/model/import.ts'
import { CoreError } from '../lib/core-error.ts'
import type { CorePorts } from '../ports.ts'
import { isWithin } from '../storage/item-paths.ts'

export interface ImportPlaces {
  /** @throws {CoreError} `Unavailable` for a file that the window has not handed over */
  readonly checkRead: (paths: readonly string[]) => Promise<void>
  /** @throws {CoreError} `Unavailable` for a path that a window names */
  readonly checkWrite: (target: ImportTarget) => void
  /** Told which import has read which files. */
  readonly hasRead: (importId: string, paths: readonly string[]) => void
  /** Told that an import is let go: uploads that no other has read are removed, for credentials stand in them. */
  readonly letGo: (importId: string) => Promise<void>
}

export function createImportPlaces({ dataDir, capabilities }: Pick<CorePorts, 'dataDir' | 'capabilities'>): ImportPlaces {
  const { realPaths, dialogs } = capabilities
  const uploads = join(dataDir, 'uploads')
  /** By the import that has read them: the folders of uploads. */
  const read = new Map<string, ReadonlySet<string>>()
  return {
    checkRead: async (paths) => {
      if (realPaths) return
      const root = await realpath(uploads).catch(() => null)
      for (const path of paths) {
        const real = await realpath(path).catch(() => null)
        if (root === null || real === null || real === root || !isWithin(root, real)) throw notHandedOver(path)
      }
    },
    checkWrite: (target) => {
      const path = target.kind === 'place' ? undefined : target.path
      const isWindow = dialogs || !realPaths
      if (!isWindow || path === undefined) return
      throw new CoreError('Unavailable', 'store', `${path} was not chosen in a dialog, so nothing is written there.`)
    },
    hasRead: (importId, paths) => {
      const folders = paths.map((path) => dirname(path)).filter((folder) => dirname(folder) === uploads)
      if (folders.length > 0) read.set(importId, new Set(folders))
    },
    letGo: async (importId) => {
      const folders = read.get(importId)
      read.delete(importId)
      if (!folders) return
      const needed = new Set([...read.values()].flatMap((others) => [...others]))
      for (const folder of folders) if (!needed.has(folder)) await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    },
  }
}

function notHandedOver(path: string): CoreError {
  return new CoreError('Unavailable', 'resolve', `${path} was not handed over by this window, so it is not read.`, {
    hint: 'Drop the file on the window, or choose it there.',
  })
}
