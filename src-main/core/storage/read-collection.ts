/**
 * A collection, or a folder of one, read whole: every request with its examples, and what each folder gives to what is in
 * it. A file that cannot be read is told of and left out.
 */
import { basename, join } from 'node:path'
import type { WireError } from '#contract/errors.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults } from '#contract/model/session.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import type { SettingsReader } from './collection-settings.ts'
import { baseOf, COLLECTION_FILE, FOLDER_FILE } from './item-paths.ts'
import { readExamples, type SavedExample } from './opencollection/examples-format.ts'
import { readPlaceTexts } from './opencollection/info-format.ts'
import { readRequest } from './opencollection/request-format.ts'
import { readTextFile } from './text-file.ts'
import { scanTree, type Item } from './tree.ts'

interface ReadPlace {
  readonly name: string
  readonly docs: string
  readonly defaults: Defaults
  readonly scripts: readonly Script[]
  readonly items: readonly ReadItem[]
}

export type ReadItem = ReadRequestItem | (ReadPlace & { readonly kind: 'folder' })

interface ReadRequestItem {
  readonly kind: 'request'
  /** Below the collection's folder, with `/`. */
  readonly path: string
  readonly document: RequestDocument
  readonly examples: readonly SavedExample[]
}

export interface ReadCollection extends ReadPlace {
  /** Why files were left out. */
  readonly problems: readonly WireError[]
}

const NO_DEFAULTS: Defaults = { headers: [], auth: { kind: 'none' }, variables: [], options: {} }

interface Reading {
  readonly root: string
  readonly reader: Pick<SettingsReader, 'settingsOf'>
  readonly problems: WireError[]
}

/**
 * @param path of the folder below the collection's folder `root`; empty: all of it
 * @param only paths below `root` of the items to read, with what is in them; null: all
 * @throws {CoreError} `NotFound`
 */
export async function readCollection(
  root: string,
  path: string,
  reader: Pick<SettingsReader, 'settingsOf'>,
  only: readonly string[] | null = null,
): Promise<ReadCollection> {
  const { tree } = await scanTree(root, null)
  const reading: Reading = { root, reader, problems: tree.error ? [tree.error] : [] }
  const items = path === '' ? tree.items : folderAt(tree.items, path)?.children
  if (!items) throw new CoreError('NotFound', 'store', `There is no folder ${path} in ${root}.`)
  const wanted = only === null ? items : itemsLeading(items, only)
  const place = await placeOf({ path, name: path === '' ? tree.name : '' }, wanted, reading)
  return { ...place, problems: reading.problems }
}

/** The examples of one request's file; none where it cannot be read. */
export async function examplesOfFile(file: string): Promise<readonly SavedExample[]> {
  try {
    return readExamples((await readTextFile(file)).text, basename(file))
  } catch (error) {
    if (error instanceof CoreError) return []
    throw error
  }
}

function folderAt(items: readonly Item[], path: string): Item | undefined {
  for (const item of items) {
    if (item.kind !== 'folder') continue
    if (item.path === path) return item
    if (path.startsWith(`${item.path}/`)) return folderAt(item.children, path)
  }
  return undefined
}

/** The items of these paths, whole, in the folders that lead to them. */
function itemsLeading(items: readonly Item[], paths: readonly string[]): readonly Item[] {
  return items.flatMap((item) => {
    if (paths.includes(item.path)) return [item]
    const below = paths.filter((path) => path.startsWith(`${item.path}/`))
    return below.length === 0 ? [] : [{ ...item, children: itemsLeading(item.children, below) }]
  })
}

async function placeOf({ path, name }: { path: string; name: string }, items: readonly Item[], reading: Reading): Promise<ReadPlace> {
  const settings = await reading.reader.settingsOf(reading.root, path)
  if (settings?.fault) reading.problems.push(settings.fault)
  const file = join(reading.root, ...path.split('/').filter(Boolean), path === '' ? COLLECTION_FILE : FOLDER_FILE)
  const texts = await placeTexts(file)
  const read: ReadItem[] = []
  for (const item of items) {
    const one = await itemOf(item, reading)
    if (one) read.push(one)
  }
  return {
    name: settings?.value.name || name || basename(path),
    defaults: settings?.value.defaults ?? NO_DEFAULTS,
    ...texts,
    items: read,
  }
}

/** What is wrong with the file was told of where its settings were read. */
async function placeTexts(file: string): Promise<{ readonly docs: string; readonly scripts: readonly Script[] }> {
  try {
    return readPlaceTexts((await readTextFile(file)).text, basename(file))
  } catch (error) {
    if (error instanceof CoreError) return { docs: '', scripts: [] }
    throw error
  }
}

async function itemOf(item: Item, reading: Reading): Promise<ReadItem | null> {
  if (item.kind === 'folder') return { kind: 'folder', ...(await placeOf(item, item.children, reading)) }
  try {
    const { text, fault } = await readTextFile(join(reading.root, item.path))
    if (fault) throw fault
    const name = basename(item.path)
    const { document } = readRequest(text, item.path, baseOf(name))
    return { kind: 'request', path: item.path, document, examples: readExamples(text, name) }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    reading.problems.push({ ...error.toWire(), message: messageOf(error) })
    return null
  }
}
