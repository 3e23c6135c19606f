/**
 * Deleted items, until they are wanted back: moved to the data folder, each deletion with a list of what was where.
 * Nothing is put back over something else. What nobody wanted back for long is removed at a start (`sweepTrash`).
 */
import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { TrashIdSchema, type CollectionId, type NodeId, type TrashId } from '#contract/model/ids.ts'
import type { Deletion } from '#contract/model/workspace.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { atomicWrite, storageError } from './atomic-write.ts'
import { freeName } from './file-names.ts'
import { assertInside, baseOf, collectionIdOf, itemPath, nodeIdOf } from './item-paths.ts'
import { readJson } from './json-file.ts'
import { demandItem, isThere, joined, moveEntry, parentOf } from './workspace-files.ts'
import { outermost } from './workspace-items.ts'
import type { WorkspaceState } from './workspace-state.ts'

const ManifestSchema = z.object({
  version: z.literal(1),
  at: z.iso.datetime(),
  items: z.array(
    z.object({
      /** Of the collection's folder. */
      root: z.string(),
      /** Below it, with `/`. */
      path: z.string(),
      name: z.string(),
      isFolder: z.boolean(),
      /** Below the deletion's own folder. */
      stored: z.string().regex(/^\d+$/),
    }),
  ),
})
type Manifest = z.infer<typeof ManifestSchema>
type TrashedItem = Manifest['items'][number]

export interface Trash {
  /** What can be had back, the latest deletion first; also what a crash left half deleted. */
  readonly list: () => Promise<Deletion[]>
  readonly put: (ids: readonly NodeId[]) => Promise<{ trashId: TrashId; name: string }>
  readonly restore: (id: TrashId) => Promise<{ nodeIds: NodeId[] }>
}

export function createTrash(state: WorkspaceState, report: (error: unknown) => void): Trash {
  const folder = join(state.list.dataDir, 'trash')
  return {
    list: () => list(folder),
    put: (ids) =>
      state.change(
        ids.map((id) => state.locate(id).opened.id),
        async () => ({ value: await put(state, ids, folder) }),
      ),
    restore: async (id) => {
      const manifest = await readJson(
        join(folder, id, 'manifest.json'),
        (value) => ManifestSchema.parse(value),
        (line) => report(new Error(line)),
      )
      if (!manifest) {
        throw new CoreError('NotFound', 'store', 'What was deleted is no longer in the trash.', {
          hint: 'It may have been restored already.',
        })
      }
      const collections = manifest.items.map(({ root }) => collectionIdOf(root, state.list.dataDir))
      return state.change(collections, async () => ({ value: { nodeIds: await restore(state, manifest, join(folder, id)) } }))
    },
  }
}

/**
 * Remove deletions that are older than a time; those whose list cannot be read stay.
 *
 * @param now milliseconds since the epoch
 * @returns how many were removed
 */
export async function sweepTrash(dataDir: string, olderThanMs: number, now: number): Promise<number> {
  const folder = join(dataDir, 'trash')
  let removed = 0
  for (const id of await readdir(folder).catch(() => [])) {
    const deletedAt = TrashIdSchema.safeParse(id).success ? await deletionTime(join(folder, id, 'manifest.json')) : null
    if (deletedAt === null || now - deletedAt < olderThanMs) continue
    await rm(join(folder, id), { recursive: true, force: true })
    removed += 1
  }
  return removed
}

async function deletionTime(manifest: string): Promise<number | null> {
  try {
    return Date.parse(ManifestSchema.parse(JSON.parse(await readFile(manifest, 'utf8'))).at)
  } catch {
    return null
  }
}

async function list(folder: string): Promise<Deletion[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return []
    throw storageError(error, folder, 'read')
  })
  const ids = names.flatMap((name) => TrashIdSchema.safeParse(name).data ?? [])
  const found = await Promise.all(ids.map((id) => readDeletion(join(folder, id), id)))
  return found.filter((deletion) => deletion !== null).sort((one, other) => (one.at < other.at ? 1 : -1))
}

/** Null where nothing is left in it, or its list cannot be read: restoring it would say why. */
async function readDeletion(folder: string, id: TrashId): Promise<Deletion | null> {
  const manifest = await readFile(join(folder, 'manifest.json'), 'utf8')
    .then((text) => ManifestSchema.parse(JSON.parse(text)))
    .catch(() => null)
  if (!manifest) return null
  const there = await Promise.all(manifest.items.map((item) => isThere(storedAt(folder, item))))
  const items = manifest.items.filter((_item, index) => there[index])
  if (items.length === 0) return null
  return { id, at: manifest.at, items: items.map(({ root, path, name, isFolder }) => ({ root, path, name, isFolder })) }
}

async function put(state: WorkspaceState, ids: readonly NodeId[], folder: string): Promise<{ trashId: TrashId; name: string }> {
  const sources = outermost(
    ids.map((id) => {
      const { opened, path } = state.locate(id)
      return { opened, item: demandItem(opened, path) }
    }),
  )
  const trashId = TrashIdSchema.parse(randomBytes(9).toString('hex'))
  const items = sources.map(({ opened, item }, index) => ({
    root: opened.root,
    path: item.path,
    name: item.name,
    isFolder: item.kind === 'folder',
    stored: String(index),
  }))
  const manifest: Manifest = { version: 1, at: new Date().toISOString(), items }
  // The list goes first: after a crash it tells where the moved ones belong.
  await atomicWrite(join(folder, trashId, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, 0o600)
  try {
    for (const item of items) {
      const from = itemPath(item.root, item.path)
      await assertInside(item.root, from, true)
      await moveEntry(from, storedAt(join(folder, trashId), item))
    }
  } catch (error) {
    // All of them or none: nobody would be told where half of them went.
    await restore(state, manifest, join(folder, trashId)).catch(() => undefined)
    throw error
  }
  const [first] = items
  return { trashId, name: items.length === 1 && first ? first.name : `${items.length} items` }
}

async function restore(state: WorkspaceState, manifest: Manifest, folder: string): Promise<NodeId[]> {
  const restored: NodeId[] = []
  for (const item of manifest.items) {
    const stored = storedAt(folder, item)
    if (!(await isThere(stored))) continue
    const id: CollectionId = collectionIdOf(item.root, state.list.dataDir)
    const path = await freePath(item)
    const target = itemPath(item.root, path)
    await assertInside(item.root, target)
    await moveEntry(stored, target)
    restored.push(nodeIdOf(id, path))
  }
  await rm(folder, { recursive: true, force: true })
  return restored
}

/** Where it was; beside it where something else is there now. */
async function freePath(item: TrashedItem): Promise<string> {
  const name = basename(item.path)
  const base = item.isFolder ? name : baseOf(name)
  const parent = parentOf(item.path)
  const names = new Set<string>()
  for (;;) {
    const free = freeName(base, name.slice(base.length), (candidate) => names.has(candidate))
    const path = joined(parent, free)
    if (!(await isThere(itemPath(item.root, path)))) return path
    names.add(free)
  }
}

function storedAt(folder: string, item: TrashedItem): string {
  return join(folder, 'items', item.stored, basename(item.path))
}
