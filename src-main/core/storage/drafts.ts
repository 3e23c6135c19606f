/**
 * The journal: one file for each draft of an open tab, one for each edited layer around requests and one for the window, in
 * the private data folder. What was typed is back after a crash. A file that cannot be read is set aside under another name and told of, never deleted.
 */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DraftSchema, LayerDraftSchema, WindowStateSchema, type Draft, type LayerDraft, type WindowState } from '#contract/model/draft.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { messageOf, systemCode } from '../lib/core-error.ts'
import { atomicWrite, storageError } from './atomic-write.ts'
import { createKeyedQueue } from './keyed-queue.ts'
import { asObject, readJson, type Log } from './json-file.ts'

/** Changes when a draft of an older version can no longer be read by the schema; files of other versions are left alone. */
const VERSION = 1

export interface Drafts {
  /** @throws {CoreError} `StorageError` where the journal's folder cannot be read */
  readonly load: () => Promise<{ drafts: Draft[]; window: WindowState | null }>
  readonly save: (draft: Draft) => Promise<void>
  readonly remove: (id: DraftId) => Promise<void>
  readonly saveWindow: (window: WindowState) => Promise<void>
  /** Of environments, sessions and defaults; kept as those of tabs are. */
  readonly layers: {
    readonly load: () => Promise<LayerDraft[]>
    readonly save: (draft: LayerDraft) => Promise<void>
    readonly remove: (id: DraftId) => Promise<void>
  }
  /** Resolves when everything handed over is on disk. */
  readonly close: () => Promise<void>
}

/** @param log told of files that had to be set aside */
export function createDrafts(dataDir: string, log: Log): Drafts {
  const windowFile = join(dataDir, 'window.json')
  const queue = createKeyedQueue()
  const tabs = draftFolder(join(dataDir, 'drafts'), (draft) => DraftSchema.parse(draft), queue, log)
  const layers = draftFolder(join(dataDir, 'layer-drafts'), (draft) => LayerDraftSchema.parse(draft), queue, log)
  return {
    load: async () => {
      const drafts = await tabs.load()
      const window = await readTolerant(windowFile, (value) => WindowStateSchema.parse(value), log)
      return { drafts, window }
    },
    save: tabs.save,
    remove: tabs.remove,
    layers,
    saveWindow: (window) => queue.run('window', () => atomicWrite(windowFile, `${JSON.stringify(window, null, 2)}\n`, 0o600)),
    close: () => queue.idle(),
  }
}

interface DraftFolder<T> {
  readonly load: () => Promise<T[]>
  readonly save: (draft: T) => Promise<void>
  readonly remove: (id: DraftId) => Promise<void>
}

/** Drafts of one kind, a file each. */
function draftFolder<T extends { readonly id: DraftId }>(
  folder: string,
  parse: (draft: unknown) => T,
  queue: ReturnType<typeof createKeyedQueue>,
  log: Log,
): DraftFolder<T> {
  const fileOf = (id: DraftId): string => join(folder, `${id}.json`)
  return {
    load: async () => {
      const names = await draftFiles(folder)
      const found = await Promise.all(names.map((name) => readTolerant(join(folder, name), (value) => draftIn(value, parse), log)))
      return found.filter((draft) => draft !== null)
    },
    save: (draft) =>
      queue.run(fileOf(draft.id), () => atomicWrite(fileOf(draft.id), `${JSON.stringify({ version: VERSION, draft })}\n`, 0o600)),
    remove: (id) => queue.run(fileOf(id), () => remove(fileOf(id))),
  }
}

async function draftFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return []
    throw storageError(error, folder, 'read')
  }
}

function draftIn<T>(value: unknown, parse: (draft: unknown) => T): T | null {
  const { version, draft } = asObject(value)
  // Written by a newer Posthaste: it is not ours to set aside.
  return version === undefined || version === VERSION ? parse(draft) : null
}

/** One unreadable file must not keep the others from being restored. */
async function readTolerant<T>(path: string, check: (value: unknown) => T | null, log: Log): Promise<T | null> {
  try {
    return await readJson(path, check, log)
  } catch (error) {
    log(messageOf(error))
    return null
  }
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch (error) {
    throw storageError(error, path, 'removed')
  }
}
