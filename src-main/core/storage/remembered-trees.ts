/**
 * What was seen of the files of a large collection, kept from one process to the next, so that the tree is there without reading
 * all of them again. The files stay the truth: an entry counts only for a file that looks the same as when it was read, all of
 * them are read again in time that nobody wants, and what is kept is as good as none once it is damaged.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CollectionId } from '#contract/model/ids.ts'
import { systemCode } from '../lib/core-error.ts'
import { atomicWrite } from './atomic-write.ts'
import { revisionOf } from './text-file.ts'
import type { Seen, TreeMemory } from './tree.ts'

export interface RememberedTrees {
  /** Fill a memory that is empty. What is there no more, or cannot be understood, is not remembered. */
  readonly recall: (id: CollectionId, memory: TreeMemory) => Promise<void>
  /** Keep a memory for the next process. */
  readonly keep: (id: CollectionId, memory: TreeMemory) => Promise<void>
  readonly forget: (id: CollectionId) => Promise<void>
}

/** So many files are read again in the time that it takes to remember them. */
const WORTH_KEEPING = 100
const VERSION = 1

type Kept = readonly [
  path: string,
  signature: string,
  kind: Seen['summary']['kind'],
  name: string,
  method: string,
  seq: number | null,
  error: string | null,
]

export function createRememberedTrees(dataDir: string): RememberedTrees {
  const fileOf = (id: CollectionId): string => join(dataDir, 'cache', 'trees', `${id}.json`)
  /** Of what the files hold. */
  const revisions = new Map<CollectionId, string>()
  const forget = async (id: CollectionId): Promise<void> => {
    revisions.delete(id)
    await rm(fileOf(id), { force: true }).catch(ignoreSystem)
  }
  return {
    recall: async (id, memory) => {
      const [revision, text] = (await readFile(fileOf(id), 'utf8').catch(ignoreSystem))?.split('\n') ?? []
      if (revision === undefined || text === undefined || revisionOf(text) !== revision) return
      revisions.set(id, revision)
      for (const [path, seen] of readKept(text) ?? []) memory.files.set(path, seen)
    },
    keep: async (id, memory) => {
      if (memory.files.size < WORTH_KEEPING) return forget(id)
      const settled = [...memory.files].filter(([, { isSettled }]) => isSettled)
      const text = JSON.stringify({ version: VERSION, files: settled.map(([path, seen]) => keptOf(path, seen)) })
      const revision = revisionOf(text)
      if (revisions.get(id) === revision) return
      // Where it cannot be written, the next start takes longer.
      await atomicWrite(fileOf(id), `${revision}\n${text}`, 0o600).catch(() => undefined)
      revisions.set(id, revision)
    },
    forget,
  }
}

function keptOf(path: string, { signature, summary }: Seen): Kept {
  return [path, signature, summary.kind, summary.name, summary.method, summary.seq ?? null, summary.error]
}

/** Null where it is not what this version writes. */
function readKept(text: string): readonly (readonly [string, Seen])[] | null {
  const kept = parsed(text)
  if (typeof kept !== 'object' || kept === null || !('version' in kept) || kept.version !== VERSION) return null
  if (!('files' in kept) || !Array.isArray(kept.files) || !kept.files.every(isKept)) return null
  // Not whole: what they say is shown, and read again in the background.
  return kept.files.map(([path, signature, kind, name, method, seq, error]) => [
    path,
    { signature, isWhole: false, isSettled: true, summary: { kind, name, method, seq: seq ?? undefined, error } },
  ])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isKept(value: unknown): value is Kept {
  if (!Array.isArray(value) || value.length !== 7) return false
  const [path, signature, kind, name, method, seq, error] = value as readonly unknown[]
  return (
    [path, signature, name, method].every((part) => typeof part === 'string') &&
    (kind === 'request' || kind === 'broken') &&
    (seq === null || typeof seq === 'number') &&
    (error === null || typeof error === 'string')
  )
}

function ignoreSystem(error: unknown): undefined {
  if (systemCode(error) === null) throw error
}
