/** What a path of the command line names: a collection or a folder in one, a request file, or a file of another program. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { NO_COLLECTION } from '../resolve/collection-layers.ts'
import { storageError } from '../storage/atomic-write.ts'
import type { SettingsReader } from '../storage/collection-settings.ts'
import { COLLECTION_FILE, isRequestFile } from '../storage/item-paths.ts'
import { readRequestFile } from '../storage/request-file.ts'
import { collectionAbove } from '../storage/workspace-collections.ts'
import { folderSource, toldOnce } from './folder-source.ts'
import { importSource } from './import-source.ts'
import type { RunSource } from './run-plan.ts'

type Reader = Pick<SettingsReader, 'layersAt'>

/** What paths name together, in their order. @throws {CoreError} `FileNotFound`, `Unreadable`, `NotFound`, `StorageError` */
export async function pathsSource(paths: readonly string[], reader: Reader): Promise<RunSource> {
  const sources: RunSource[] = []
  for (const path of paths) sources.push(await pathSource(resolve(path), reader))
  const [first] = sources
  if (!first) throw new CoreError('InvalidCall', 'call', 'Nothing was named that could be run.')
  const requests = sources.flatMap((source) => source.requests)
  if (requests.length === 0) throw new CoreError('Unreadable', 'store', `There is no request in ${paths.join(', ')}.`)
  if (sources.length === 1) return first
  return {
    name: `${first.name} and ${sources.length - 1} more`,
    collectionId: sources.every(({ collectionId }) => collectionId === first.collectionId) ? first.collectionId : null,
    place: first.place,
    requests,
    notes: [...new Set(sources.flatMap(({ notes }) => notes))],
    secrets: new Map(sources.flatMap(({ secrets }) => [...(secrets ?? [])])),
  }
}

async function pathSource(path: string, reader: Reader): Promise<RunSource> {
  const found = await stat(path).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') throw storageError(error, path, 'read')
    throw new CoreError('FileNotFound', 'store', `There is no file or folder ${path}.`, { hint: 'Check the path.' })
  })
  if (found.isDirectory()) return folderAt(path, reader)
  if (basename(path) === COLLECTION_FILE) return folderAt(dirname(path), reader)
  if (!isRequestFile(basename(path))) return importSource(path)
  try {
    return await requestAt(path, reader)
  } catch (error) {
    if (!(error instanceof CoreError) || error.kind !== 'Unreadable') throw error
    // An OpenAPI document is YAML too. Where it is none, what is wrong with it as a request is what helps.
    return importSource(path).catch(() => {
      throw error
    })
  }
}

async function folderAt(path: string, reader: Reader): Promise<RunSource> {
  const above = await collectionAbove(path)
  if (above === null && !(await holdsRequests(path))) return importSource(path)
  const root = above ?? path
  const below = relative(root, path).split(sep).join('/')
  const source = await folderSource({ root, paths: below === '' ? null : [below] }, reader, { broken: 'fail' })
  // A collection in one file, or a folder of another program's files, is no collection of files to this one.
  if (source.requests.length === 0 && below === '') return importSource(path)
  return below === '' ? source : { ...source, name: `${source.name} / ${basename(path)}` }
}

/** Whether it has request files, at most a folder below. */
async function holdsRequests(path: string): Promise<boolean> {
  const entries = await readdir(path, { withFileTypes: true, recursive: false }).catch(() => [])
  if (entries.some((entry) => entry.isFile() && isRequestFile(entry.name))) return !entries.some(({ name }) => /\.bru$/i.test(name))
  return false
}

async function requestAt(path: string, reader: Reader): Promise<RunSource> {
  const { document, root, warnings } = await readRequestFile({ path })
  const above = await collectionAbove(dirname(path))
  const below = above === null ? null : relative(above, path).split(sep).join('/')
  const { layers, told } = above === null ? { layers: NO_COLLECTION, told: [] } : toldOnce(await reader.layersAt(above, below))
  const request = { key: path, nodeId: null, name: document.name, folders: layers.folders.map(({ name }) => name), document, layers, root }
  return {
    name: document.name,
    collectionId: layers.id,
    place: layers.name,
    requests: [request],
    notes: [...warnings, ...told],
  }
}
