/** A workspace over folders of a test's own. */
import { createSecretVault, type SecretVault } from '#core/storage/secret-vault.ts'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { NodeId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Collection, Moved, ParentRef } from '#contract/model/workspace.ts'
import { createWorkspace, type Workspace } from '#core/storage/workspace.ts'
import { tempDir } from '../../../support/temp-dir.ts'

export interface Kit {
  readonly workspace: Workspace
  readonly vault: SecretVault
  readonly dataDir: string
  /** A folder outside the data folder. */
  readonly elsewhere: string
  /** What the windows were told, oldest first. */
  readonly told: { readonly collections: Collection[]; readonly moved: Moved }[]
  readonly reported: unknown[]
}

export const FIXTURES = join(import.meta.dirname, '../../../fixtures/collections')

export async function workspaceKit({ watch = false, dataDir }: { watch?: boolean; dataDir?: string } = {}): Promise<Kit> {
  const dir = dataDir ?? (await emptyDataDir())
  const told: Kit['told'] = []
  const reported: unknown[] = []
  const vault = createSecretVault({ dir: join(dir, 'secrets'), hostCipher: null, log: () => undefined })
  const workspace = createWorkspace({
    dataDir: dir,
    vault,
    watch,
    onChanged: (collections, moved) => told.push({ collections, moved }),
    report: (error) => reported.push(error),
  })
  onTestFinished(() => workspace.close())
  return { workspace, vault, dataDir: dir, elsewhere: await tempDir(), told, reported }
}

/** A data folder that has been used before: no samples are made in it. */
export async function emptyDataDir(): Promise<string> {
  const dir = await tempDir()
  await mkdir(join(dir, 'collections'))
  return dir
}

/** Files by their path below a folder; their folders are made. */
export async function put(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
}

/** A request file as a person would write it. */
export function requestText(name: string, seq?: number): string {
  return `info:\n  name: ${name}\n  type: http\n${seq === undefined ? '' : `  seq: ${seq}\n`}\nhttp:\n  method: GET\n  url: http://x/\n`
}

/** A collection of these files, opened. */
export async function openedCollection(kit: Kit, files: Readonly<Record<string, string>>): Promise<Collection> {
  const root = join(kit.elsewhere, 'shop')
  await put(root, { 'opencollection.yml': 'info:\n  name: Shop\n', ...files })
  return kit.workspace.collections.open(root)
}

/** A copy of the collection in Bruno's format, to write to. */
export async function brunoCollection(kit: Kit): Promise<Collection> {
  const root = join(kit.elsewhere, 'bruno')
  await cp(join(FIXTURES, 'bruno-3'), root, { recursive: true })
  return kit.workspace.collections.open(root)
}

export function document(name: string, rest: Partial<RequestDocument> = {}): RequestDocument {
  return { ...emptyRequest(name), url: 'http://x/', ...rest }
}

export function top(collection: Collection): ParentRef {
  return { collectionId: collection.id, folderId: null }
}

/** The id of an item by its name, in the tree as it is now. */
export async function idOf(kit: Kit, name: string): Promise<NodeId> {
  for (const collection of await kit.workspace.read()) {
    const node = collection.nodes.find((candidate) => candidate.name === name)
    if (node) return node.id
  }
  throw new Error(`There is no item ${name}.`)
}

/** The tree as lines, two spaces for each level. */
export async function outline(kit: Kit): Promise<string[]> {
  return (await kit.workspace.read()).flatMap((collection) => {
    const depth = (id: NodeId | null): number =>
      id === null ? 0 : 1 + depth(collection.nodes.find((node) => node.id === id)?.parentId ?? null)
    return collection.nodes.map((node) => `${'  '.repeat(depth(node.parentId))}${node.name}`)
  })
}
