/** A request file on its own, for a caller without a workspace: by its path, or its text; or a request that has an address and nothing else. */
import { basename, dirname, resolve } from 'node:path'
import type { RequestDocument } from '#contract/model/request.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { requestPlace, unreadWarning } from '#contract/model/unread-option.ts'
import { reconcile } from '#contract/model/url-query.ts'
import { CoreError } from '../lib/core-error.ts'
import { baseOf } from './item-paths.ts'
import { readRequest } from './opencollection/request-format.ts'
import { readTextFile } from './text-file.ts'
import { collectionAbove } from './workspace-collections.ts'

export type RequestFileSource =
  | { readonly path: string }
  /** Text from elsewhere; `baseDir` is what its relative file paths are relative to. */
  | { readonly text: string; readonly baseDir: string }
  /** A GET of this address, without a file. */
  | { readonly url: string; readonly baseDir: string }

export interface ReadRequestFile {
  readonly document: RequestDocument
  readonly root: string
  /** Absolute path; null where there was a text only. */
  readonly file: string | null
  /** What of it counts for nothing, and should not have. */
  readonly warnings: readonly string[]
}

/**
 * Read a request.
 *
 * @returns the document, its file, and what its relative file paths are relative to: the folder of the collection the
 * file is in, else the file's own
 * @throws {CoreError} `FileNotFound`; `Unreadable` with the line and column; `StorageError`
 */
export async function readRequestFile(source: RequestFileSource): Promise<ReadRequestFile> {
  if ('url' in source) {
    const document = { ...emptyRequest(), name: source.url, ...reconcile(source.url, []) }
    return { document, root: source.baseDir, file: null, warnings: [] }
  }
  if ('text' in source) return { ...understood(source.text, 'The text', 'request'), root: source.baseDir, file: null }
  const path = resolve(source.path)
  const { text, fault } = await readTextFile(path).catch((error: unknown) => {
    if (!(error instanceof CoreError) || error.kind !== 'NotFound') throw error
    throw new CoreError('FileNotFound', 'store', `There is no file ${path}.`, { hint: 'Check the path.', cause: error })
  })
  if (fault) throw fault
  const folder = dirname(path)
  return { ...understood(text, path, baseOf(basename(path))), root: (await collectionAbove(folder)) ?? folder, file: path }
}

function understood(text: string, name: string, fallbackName: string): Pick<ReadRequestFile, 'document' | 'warnings'> {
  const { document, unread } = readRequest(text, name, fallbackName)
  return { document, warnings: unread.map((option) => unreadWarning(option, requestPlace(document))) }
}
