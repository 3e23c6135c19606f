/**
 * A collection that an import made: its folder as it was written, so that taking the import back removes it where nothing
 * in it was changed, added or taken away since. A folder that is not as it was stays, and the collection is closed alone.
 */
import { lstat, readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CollectionId } from '#contract/model/ids.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import type { Workspace } from '../storage/workspace.ts'
import type { TakenBack } from './import-undo.ts'

export interface Created {
  readonly collectionId: CollectionId
  readonly name: string
  readonly root: string
  readonly contents: Contents
  /** Names of its secrets in the vault. */
  readonly secretKeys: readonly string[]
}

interface Contents {
  /** Files by their paths, with what tells that one was written since. */
  readonly files: ReadonlyMap<string, string>
  /** Folders, those inside others first. */
  readonly folders: readonly string[]
}

/** @param root absolute, right after it was written */
export async function createdAt(made: Omit<Created, 'contents'>): Promise<Created> {
  return { ...made, contents: await contentsOf(made.root) }
}

export async function removeCreated(
  { collectionId, name, root, contents, secretKeys }: Created,
  { workspace, vault }: { readonly workspace: Pick<Workspace, 'collections' | 'roots'>; readonly vault: SecretVault },
): Promise<TakenBack> {
  if (workspace.roots().includes(root)) await workspace.collections.close(collectionId)
  const now = await contentsOf(root)
  if (!isSame(contents, now)) return { gone: [], left: [`the folder of “${name}”, ${root}`] }
  // Each by its name, so that what comes into it just now is not removed with it.
  for (const path of now.files.keys()) await rm(join(root, path), { force: true })
  for (const path of [...now.folders, '']) await rmdir(join(root, path)).catch(() => undefined)
  for (const key of secretKeys) await vault.remove(key)
  return { gone: [`the collection “${name}” and its folder`], left: [] }
}

async function contentsOf(root: string): Promise<Contents> {
  const files = new Map<string, string>()
  const folders: string[] = []
  const walk = async (path: string): Promise<void> => {
    for (const entry of await readdir(join(root, path), { withFileTypes: true }).catch(() => [])) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory()) {
        await walk(inside)
        folders.push(inside)
        continue
      }
      const { size, mtimeNs } = await lstat(join(root, inside), { bigint: true })
      files.set(inside, `${size} ${mtimeNs}`)
    }
  }
  await walk('')
  return { files, folders }
}

function isSame(before: Contents, now: Contents): boolean {
  if (before.files.size !== now.files.size || before.folders.length !== now.folders.length) return false
  return [...before.files].every(([path, stamp]) => now.files.get(path) === stamp)
}
