/** Looking at stored bodies, as commands: text by lines, bytes by ranges, and the whole to a file. */
import { randomUUID } from 'node:crypto'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BodyId } from '#contract/model/ids.ts'
import type { BodyViews, ViewedBodies } from '../bodies/body-views.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'

/** What these commands need of the body store. */
export interface ReadableBodies extends Pick<ViewedBodies, 'stat' | 'read'> {
  readonly stream: (id: BodyId) => Readable
}

export interface BodyDeps {
  readonly views: BodyViews
  readonly store: ReadableBodies
  /** Whether the user chose this path in a dialog: a page alone may not name a place to write to. */
  readonly mayWrite: (path: string) => boolean
}

type BodyHandlers = Pick<Handlers, 'body.open' | 'body.lines' | 'body.close' | 'body.bytes' | 'body.save'>

/** The handlers of every `body.…` command. */
export function bodyHandlers({ views, store, mayWrite }: BodyDeps): BodyHandlers {
  return {
    'body.open': (input, { signal }) => views.open(input, signal),
    'body.lines': async ({ viewId, from, count }) => ({ lines: await views.lines(viewId, from, count) }),
    'body.close': async ({ viewId }) => {
      await views.close(viewId)
      return {}
    },
    'body.bytes': async ({ id, offset, length }) => {
      const total = await lengthOf(store, id)
      const bytes = offset >= total ? Buffer.alloc(0) : await store.read(id, offset, length)
      return { base64: bytes.toString('base64'), total }
    },
    'body.save': async ({ id, path }, { signal }) => {
      if (!mayWrite(path)) throw new CoreError('Unavailable', 'store', `${path} was not chosen in a dialog, so nothing is written there.`)
      const bytes = await lengthOf(store, id)
      await saveBody(store.stream(id), path, signal)
      return { bytes }
    },
  }
}

async function lengthOf(store: ReadableBodies, id: BodyId): Promise<number> {
  const found = await store.stat(id)
  if (!found) throw new CoreError('NotFound', 'store', 'This body is no longer kept.', { hint: 'Send the request again.' })
  return found.bytes
}

/**
 * Stream a body into a file, which appears whole or not at all; one that is there already is replaced, and keeps its
 * permissions.
 *
 * @param path absolute
 * @throws {CoreError} `StorageError`: the file cannot be written; `InvalidCall`: the path is relative; `Cancelled`
 */
async function saveBody(body: Readable, path: string, signal: AbortSignal): Promise<void> {
  if (!isAbsolute(path)) throw new CoreError('InvalidCall', 'call', `The path ${path} is not absolute.`)
  const target = await realpath(path).catch(() => path) // through a link, the file it leads to is replaced
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID().slice(0, 8)}.part`)
  try {
    const before = await stat(target).catch(() => null)
    if (before?.isDirectory() === true) throw new Error('it is a folder')
    const file = await open(temporary, 'wx', before ? before.mode & 0o777 : 0o666)
    await pipeline(body, file.createWriteStream({ flush: true }), { signal })
    await rename(temporary, target)
  } catch (error) {
    body.destroy()
    await rm(temporary, { force: true }).catch(() => undefined) // the first error is the one to tell
    throw problemOf(error, path, signal)
  }
}

function problemOf(error: unknown, path: string, signal: AbortSignal): CoreError {
  if (error instanceof CoreError) return error
  if (signal.aborted) return new CoreError('Cancelled', 'store', `Saving to ${path} was cancelled.`)
  const code = systemCode(error)
  return new CoreError('StorageError', 'store', `The file ${path} cannot be written: ${messageOf(error)}.`, {
    hint: code === 'ENOSPC' ? 'Free some space on its disk.' : 'Choose another folder or name.',
    cause: error,
    ...(code !== null && { details: { code } }),
  })
}
