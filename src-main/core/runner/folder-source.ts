/** The requests of a collection on disk as a run takes them, each with what is around it. */
import { dirname, join } from 'node:path'
import { requestPlace, unreadWarning } from '#contract/model/unread-option.ts'
import { CoreError } from '../lib/core-error.ts'
import type { SettingsReader, StoredLayers } from '../storage/collection-settings.ts'
import { nodeIdOf } from '../storage/item-paths.ts'
import { findItems } from './found-items.ts'
import type { PlannedRequest, RunSource } from './run-plan.ts'

export interface FolderWishes {
  /** What becomes of files that cannot be read: the run fails, or they are told of in its notes. */
  readonly broken: 'fail' | 'note'
}

/**
 * @param root folder of the collection
 * @param paths below it, in order; null: all of it
 * @throws {CoreError} `NotFound`; `Unreadable` where files are broken that are not to be passed over
 */
export async function folderSource(
  { root, paths }: { readonly root: string; readonly paths: readonly string[] | null },
  reader: Pick<SettingsReader, 'layersAt'>,
  { broken }: FolderWishes,
): Promise<RunSource> {
  const { items } = await findItems(root, paths)
  const faults = items.flatMap(({ kind, path, error }) => (kind === 'broken' || error !== null ? [error ?? `${path} cannot be read.`] : []))
  if (broken === 'fail' && faults.length > 0) throw unreadable(root, faults)
  const layersOf = byFolder(root, reader)
  const requests: PlannedRequest[] = []
  const notes = new Set(faults)
  for (const { path, folders, document, unread } of items) {
    if (document === null) continue
    const { layers, told } = await layersOf(path)
    for (const option of unread) notes.add(unreadWarning(option, requestPlace(document)))
    for (const note of told) notes.add(note)
    requests.push({ key: join(root, path), nodeId: nodeIdOf(layers.id, path), name: document.name, folders, document, layers, root })
  }
  const whole = await reader.layersAt(root, null)
  for (const note of toldOnce(whole).told) notes.add(note)
  return { name: whole.name, collectionId: whole.id, place: whole.name, requests, notes: [...notes] }
}

interface ToldOnce {
  /** With nothing more to tell of. */
  readonly layers: StoredLayers
  readonly told: readonly string[]
}

/** What is wrong around requests stands in the notes of their run, and not with each of them again. */
export function toldOnce(layers: StoredLayers): ToldOnce {
  return { layers: { ...layers, faults: [], notes: [] }, told: [...layers.faults, ...layers.notes].map(({ message }) => message) }
}

/** What is around requests of one folder is the same. */
function byFolder(root: string, reader: Pick<SettingsReader, 'layersAt'>): (path: string) => Promise<ToldOnce> {
  const known = new Map<string, Promise<ToldOnce>>()
  return (path) => {
    const folder = dirname(path)
    const layers = known.get(folder) ?? reader.layersAt(root, path).then(toldOnce)
    known.set(folder, layers)
    return layers
  }
}

const NAMED_FAULTS = 5

function unreadable(root: string, faults: readonly string[]): CoreError {
  const more = faults.length - NAMED_FAULTS
  const list = faults.slice(0, NAMED_FAULTS).join(' ')
  const rest = more > 0 ? ` And ${more} more.` : ''
  return new CoreError('Unreadable', 'store', `Nothing was sent, because not every file of ${root} can be read: ${list}${rest}`, {
    hint: 'Mend these files, or name the requests to run. What is no request can be left out by extensions.bruno.ignore in opencollection.yml.',
    details: { faults: [...faults] },
  })
}
