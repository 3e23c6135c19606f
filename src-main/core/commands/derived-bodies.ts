/** Bodies made from stored ones, as commands: a page that can be drawn safely, the parts of a multipart body. */
import type { Readable } from 'node:stream'
import type { BodyId } from '#contract/model/ids.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { decoderFor, detectEncoding, SAMPLE_BYTES } from '../bodies/encoding.ts'
import { boundaryIn, boundaryOf, PartFinder } from '../bodies/multipart-parts.ts'
import { loadPageDocument } from '../bodies/page-document.ts'
import { undoTransferEncoding } from '../bodies/transfer-encoding.ts'
import { toUtf8 } from '../bodies/utf8-text.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'

/** What these commands need of the body store. */
export type DerivingBodies = Pick<BodyStore, 'stat' | 'read' | 'stream' | 'write'>

type DerivedBodyHandlers = Pick<Handlers, 'body.page' | 'body.parts' | 'body.part'>

/** More of a page than this is not drawn: the window would stand still. */
export const MAX_PAGE_BYTES = 8 * 1024 * 1024
/** A boundary that only the body names is in its first line. */
const FIRST_LINE_BYTES = 1024

/** The handlers of what is made from bodies. */
export function derivedBodyHandlers(store: DerivingBodies): DerivedBodyHandlers {
  return {
    'body.page': async ({ id, contentType, encoding }, { signal }) => {
      const bytes = await lengthOf(store, id)
      const length = Math.min(bytes, MAX_PAGE_BYTES)
      const sample = bytes === 0 ? Buffer.alloc(0) : await store.read(id, 0, Math.min(bytes, SAMPLE_BYTES))
      if (encoding !== null) decoderFor(encoding) // throws for an unknown one
      const label = encoding ?? detectEncoding(sample, contentType, sample.length >= bytes).encoding
      const page = (await loadPageDocument())()
      const made = await derive(store, store.stream(id, { offset: 0, length }), signal, (sink) => {
        const decoder = toUtf8(label, (text) => sink(Buffer.from(page.write(Buffer.from(text).toString('utf8')), 'utf8')))
        return {
          write: decoder.write,
          end: () => {
            decoder.end()
            sink(Buffer.from(page.end(), 'utf8'))
          },
        }
      })
      return { ...made, isCut: length < bytes }
    },
    'body.parts': async ({ id, contentType }, { signal }) => {
      const bytes = await lengthOf(store, id)
      const boundary = boundaryOf(contentType) ?? boundaryIn(await store.read(id, 0, Math.min(bytes, FIRST_LINE_BYTES)))
      if (boundary === null) return { parts: [], note: 'Neither the Content-Type nor the first line of the body names a boundary.' }
      const finder = new PartFinder(boundary)
      for await (const chunk of store.stream(id) as AsyncIterable<Buffer>) {
        if (signal.aborted) throw cancelled()
        finder.write(chunk)
        if (finder.isDone) break
      }
      return finder.finish()
    },
    'body.part': async ({ id, offset, length, transferEncoding }, { signal }) => {
      await lengthOf(store, id)
      return derive(store, store.stream(id, { offset, length }), signal, (sink) => undoTransferEncoding(transferEncoding, sink))
    },
  }
}

type Sink = (bytes: Uint8Array) => void

/** Writes what becomes of the bytes as a body of its own, at the pace of the disk. */
async function derive(
  store: DerivingBodies,
  source: Readable,
  signal: AbortSignal,
  through: (sink: Sink) => { readonly write: Sink; readonly end: () => void },
): Promise<{ id: BodyId; bytes: number }> {
  const writer = store.write()
  const pace: { waiting: Promise<void> | null } = { waiting: null }
  const stage = through((bytes) => {
    if (bytes.length > 0) pace.waiting = writer.append(Buffer.from(bytes), true) ?? null
  })
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (signal.aborted) throw cancelled()
      stage.write(chunk)
      await pace.waiting
    }
    stage.end()
    await pace.waiting
    return await writer.finish()
  } catch (error) {
    await writer.abort()
    throw error
  }
}

async function lengthOf(store: DerivingBodies, id: BodyId): Promise<number> {
  const found = await store.stat(id)
  if (!found) throw new CoreError('NotFound', 'store', 'This body is no longer kept.', { hint: 'Send the request again.' })
  return found.bytes
}

function cancelled(): CoreError {
  return new CoreError('Cancelled', 'call', 'Opening the body was cancelled.')
}
