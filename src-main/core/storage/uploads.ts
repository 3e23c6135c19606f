/**
 * Files that a window without real paths handed over: their bytes are streamed to the data folder, and the request then
 * names that file. Kept as long as a draft or a saved request points there (`uploads-sweep.ts`).
 */
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { storageError } from './atomic-write.ts'
import { cleanFileName } from './file-names.ts'
import { makeFolder } from '../lib/make-folder.ts'

/**
 * Stream a file into the data folder.
 *
 * @param name the file's own name; anything in it that could leave the folder is replaced
 * @returns absolute path and size in bytes
 * @throws {CoreError} `StorageError`; `Cancelled` where the stream broke off. A partial file is removed
 */
export async function receiveUpload(dataDir: string, name: string, stream: Readable): Promise<{ path: string; bytes: number }> {
  const folder = join(dataDir, 'uploads', randomBytes(6).toString('hex'))
  const path = join(folder, cleanFileName(name))
  try {
    await makeFolder(folder, 0o700)
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    await pipeline(stream, file)
    return { path, bytes: file.bytesWritten }
  } catch (error) {
    stream.destroy()
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    if (BROKEN_OFF.has(systemCode(error) ?? '')) {
      throw new CoreError('Cancelled', 'store', `The upload of ${cleanFileName(name)} broke off.`, { cause: error })
    }
    throw storageError(error, path)
  }
}

/** How a stream says that whoever sent it went away. */
const BROKEN_OFF: ReadonlySet<string> = new Set(['ABORT_ERR', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'])
