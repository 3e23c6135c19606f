/**
 * The tree of a large collection and what was seen of its files, kept from one process to the next, so that there is a tree before
 * all of them are looked at. The files stay the truth: the tree is for the moments until they are, what was seen of a file counts
 * only where it looks the same as when it was read, all of them are read again in time that nobody wants, and what is kept is
 * as good as none once it is damaged.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CollectionId } from '#contract/model/ids.ts'
import { systemCode } from '../lib/core-error.ts'
import { atomicWrite } from './atomic-write.ts'
import { parentOf } from './workspace-files.ts'
import type { Opened } from './open-collections.ts'
import { revisionOf } from './text-file.ts'
import type { Item, Seen, Tree, TreeMemory } from './tree.ts'

export interface RememberedTrees {
  /** Fill a memory that is empty. Null where nothing is remembered, or nothing that can be understood. */
  readonly recall: (one: Pick<Opened, 'id' | 'memory'>) => Promise<Tree | null>
  /** Keep what is known for the next process. */
  readonly keep: (one: Pick<Opened, 'id' | 'memory' | 'tree' | 'isKnown'>) => Promise<void>
  readonly forget: (id: CollectionId) => Promise<void>
}

/** So many files are read again in the time that it takes to remember them. */
const WORTH_KEEPING = 100
const VERSION = 1

interface Kept {
  readonly version: number
  readonly name: string
  readonly settings: string
  /** Depth first, in display order. */
  readonly items: readonly KeptItem[]
}

/** The signature is that of a file that was seen, and is empty where it may change without another. */
type KeptItem = readonly [
  path: string,
  kind: Item['kind'],
  name: string,
  method: string,
  seq: number | null,
  error: string | null,
  signature: string,
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
    recall: async ({ id, memory }) => {
      if (memory.files.size > 0) return null
      const [revision, text] = (await readFile(fileOf(id), 'utf8').catch(ignoreSystem))?.split('\n') ?? []
      if (revision === undefined || text === undefined || revisionOf(text) !== revision) return null
      const kept: unknown = JSON.parse(text)
      // Whatever was seen in the meantime is newer.
      if (!isKept(kept) || memory.files.size > 0) return null
      revisions.set(id, revision)
      for (const item of kept.items) if (item[6] !== '') memory.files.set(item[0], seenOf(item))
      return { name: kept.name, settings: kept.settings, error: null, items: nested(kept.items) }
    },
    keep: async ({ id, memory, tree: { name, settings, error, items }, isKnown }) => {
      if (!isKnown || error !== null) return
      if (memory.files.size < WORTH_KEEPING) return forget(id)
      const kept: Kept = { version: VERSION, name, settings, items: flat(items, memory.files) }
      const text = JSON.stringify(kept)
      const revision = revisionOf(text)
      if (revisions.get(id) === revision) return
      // Where it cannot be written, the next start takes longer.
      await atomicWrite(fileOf(id), `${revision}\n${text}`, 0o600).catch(() => undefined)
      revisions.set(id, revision)
    },
    forget,
  }
}

function flat(items: readonly Item[], files: ReadonlyMap<string, Seen>): readonly KeptItem[] {
  return items.flatMap((item): KeptItem[] => {
    const seen = files.get(item.path)
    const { kind, name, method, seq = null, error } = seen?.summary ?? item
    const own: KeptItem = [item.path, kind, name, method, seq, error, seen?.isSettled === true ? seen.signature : '']
    return [own, ...flat(item.children, files)]
  })
}

function nested(kept: readonly KeptItem[]): readonly Item[] {
  const inside = new Map<string, Item[]>([['', []]])
  for (const [path, kind, name, method, seq, error] of kept) {
    const children: Item[] = []
    if (kind === 'folder') inside.set(path, children)
    inside.get(parentOf(path))?.push({ path, kind, name, method, seq: seq ?? undefined, error, children })
  }
  return inside.get('') ?? []
}

/** Let go of what was not read here, so that nothing is written by it. Returns whether there was any. */
export function forgetRemembered({ files }: TreeMemory): boolean {
  const remembered = [...files].filter(([, seen]) => seen.isRemembered)
  for (const [path] of remembered) files.delete(path)
  return remembered.length > 0
}

/** Not whole: what it says is shown, and its file read again in the background. */
function seenOf([, kind, name, method, seq, error, signature]: KeptItem): Seen {
  const summary = { kind: kind === 'request' ? kind : ('broken' as const), name, method, seq: seq ?? undefined, error }
  return { signature, isWhole: false, isSettled: true, isRemembered: true, summary }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== VERSION) return false
  if (!('name' in value) || typeof value.name !== 'string' || !('settings' in value) || typeof value.settings !== 'string') return false
  return 'items' in value && Array.isArray(value.items) && value.items.every(isKeptItem)
}

function isKeptItem(value: unknown): value is KeptItem {
  if (!Array.isArray(value) || value.length !== 7) return false
  const [path, kind, name, method, seq, error, signature] = value as readonly unknown[]
  return (
    [path, name, method, signature].every((part) => typeof part === 'string') &&
    (kind === 'request' || kind === 'broken' || kind === 'folder') &&
    (seq === null || typeof seq === 'number') &&
    (error === null || typeof error === 'string')
  )
}

function ignoreSystem(error: unknown): undefined {
  if (systemCode(error) === null) throw error
}
