/** What a collection says of itself, before its requests: its own file, and its environments. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { WireError } from '#contract/errors.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { storageError } from './atomic-write.ts'
import { orNull, signatureOf } from './file-looks.ts'
import { COLLECTION_FILE, ENVIRONMENTS_FOLDER, isRequestFile } from './item-paths.ts'
import { readCollectionFile, type CollectionInfo } from './opencollection/info-format.ts'
import { decodeFile } from './text-file.ts'

export interface Head {
  readonly name: string
  readonly error: WireError | null
  readonly ignored: readonly string[]
  readonly canList: boolean
  readonly revision: string
}

export function readHead(root: string): Head {
  const fallback = { name: basename(root), ignored: [], canList: true, revision: '' }
  try {
    const { text, fault, revision } = decodeFile(readFileSync(join(root, COLLECTION_FILE)), COLLECTION_FILE)
    if (fault) throw fault
    const info = readCollectionFile(text, COLLECTION_FILE)
    return {
      ...fallback,
      name: info.name || fallback.name,
      ignored: info.ignored,
      revision,
      error: info.isBundled ? bundled(root, info).toWire() : null,
    }
  } catch (error) {
    if (error instanceof CoreError) return { ...fallback, error: error.toWire() }
    const isGone = systemCode(error) === 'ENOENT'
    const wire = isGone
      ? new CoreError('NotFound', 'store', `${join(root, COLLECTION_FILE)} is not there any more.`, {
          hint: 'If the folder was moved, open it again where it is now; else close this collection.',
        }).toWire()
      : storageError(error, root, 'read').toWire()
    return { ...fallback, error: wire, canList: isGone ? orNull(() => statSync(root)) !== null : systemCode(error) !== 'ENOTDIR' }
  }
}

function bundled(root: string, info: CollectionInfo): CoreError {
  return new CoreError(
    'Unreadable',
    'store',
    `${info.name || basename(root)} keeps its requests inside ${COLLECTION_FILE}, which this version does not open.`,
    {
      hint: 'Export it as a folder, with one file for each request.',
    },
  )
}

/** What tells one state of the environments' files from another. */
export function environmentFiles(root: string): string[] {
  const folder = join(root, ENVIRONMENTS_FOLDER)
  const names = (orNull(() => readdirSync(folder)) ?? []).filter(isRequestFile)
  return names.map((name) => {
    const found = orNull(() => statSync(join(folder, name)))
    return `${ENVIRONMENTS_FOLDER}/${name} ${found === null ? '' : signatureOf(found)}`
  })
}
