/** The requests of a folder in the order in which they are run: by seq, then name, folders included, as the tree shows them. */
import type { RequestDocument } from '#contract/model/request.ts'
import type { UnreadOption } from '#contract/model/unread-option.ts'
import { CoreError } from '../lib/core-error.ts'
import type { ReadRequest } from '../storage/opencollection/request-format.ts'
import { scanTree, type Item } from '../storage/tree.ts'

export interface FoundItem {
  readonly kind: 'folder' | 'request' | 'broken'
  /** Below the collection's folder, with `/`. */
  readonly path: string
  readonly name: string
  /** Below what was asked for, from 0. */
  readonly depth: number
  /** Names of the folders it is in, those above what was asked for among them, the outermost first. */
  readonly folders: readonly string[]
  /** Of a request. */
  readonly document: RequestDocument | null
  /** Options of a request that count for nothing. */
  readonly unread: readonly UnreadOption[]
  /** Why it is broken. */
  readonly error: string | null
}

export interface Found {
  /** Of the collection. */
  readonly name: string
  readonly items: readonly FoundItem[]
}

/**
 * What is in one folder of a collection, or in several places of it, one after the other. A folder that is named itself is
 * an item of its own.
 *
 * @param paths below the collection's folder `root`, with `/`; null: all of it
 * @throws {CoreError} `NotFound`
 */
export async function findItems(root: string, paths: readonly string[] | null): Promise<Found> {
  const reads = new Map<string, ReadRequest>()
  const wants = (path: string): boolean => paths === null || paths.some((named) => path === named || path.startsWith(`${named}/`))
  const { tree } = await scanTree(root, null, { wants, found: reads })
  const listed: Listed[] = []
  if (paths === null) list(tree.items, [], 0, listed)
  for (const path of paths ?? []) {
    const found = itemAt(tree.items, path, [])
    if (!found) throw new CoreError('NotFound', 'store', `There is no request or folder ${path} in ${root}.`)
    list([found.item], found.folders, 0, listed)
  }
  const items = listed.map(({ item: { kind, path, name, error }, folders, depth }) => {
    const { document = null, unread = [] } = reads.get(path) ?? {}
    return { kind, path, name, depth, folders, document, unread, error }
  })
  return { name: tree.name, items }
}

interface Listed {
  readonly item: Item
  readonly folders: readonly string[]
  readonly depth: number
}

function list(items: readonly Item[], folders: readonly string[], depth: number, into: Listed[]): void {
  for (const item of items) {
    into.push({ item, folders, depth })
    if (item.kind === 'folder') list(item.children, [...folders, item.name], depth + 1, into)
  }
}

function itemAt(items: readonly Item[], path: string, folders: readonly string[]): { item: Item; folders: readonly string[] } | null {
  for (const item of items) {
    if (item.path === path) return { item, folders }
    if (item.kind === 'folder' && path.startsWith(`${item.path}/`)) return itemAt(item.children, path, [...folders, item.name])
  }
  return null
}
