/**
 * The bodies of several pages made into one, from file to file: lists of JSON become one list, other JSON a list of what
 * each page is, and texts stand one after the other. Nothing is held but the piece that is being copied.
 */
import type { MergedPages } from '#contract/model/pages.ts'
import type { BodyId } from '#contract/model/ids.ts'
import type { BodyStore } from './body-store.ts'
import type { BodyWriter } from './body-store-writer.ts'
import { JsonTopScanner, type JsonTop } from './json-top.ts'

export interface PageBody {
  readonly bodyId: BodyId | null
  readonly contentType: string
  /** Null where there is no text. */
  readonly encoding: string | null
}

type MergingStore = Pick<BodyStore, 'stream' | 'write'>

/** One page with what its body is. */
interface Looked extends PageBody {
  readonly bodyId: BodyId
  readonly top: JsonTop
}

/** A stretch of a body. */
interface Stretch {
  readonly bodyId: BodyId
  readonly start: number
  /** To the end where left out. */
  readonly end?: number
}

/** Encodings in which the bytes below 128 are those of ASCII: their texts can be put together with no more than a line end. */
const LIKE_ASCII = /^(?:utf-8|us-ascii|ascii|windows-125\d|iso-8859-\d+|koi8-[ru]|macintosh)$/i
const TEXTS =
  /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|yaml|x-yaml|csv|x-ndjson|ndjson|jsonl|javascript|x-www-form-urlencoded)\b)/i

/**
 * Puts the bodies of pages together. Pages without a body are passed over.
 *
 * @returns null where they are of no kind that can be put together: pictures, say, or texts of different encodings
 * @throws {CoreError} `NotFound` where a body is gone; `StorageError`
 */
export async function mergePages(pages: readonly PageBody[], store: MergingStore, signal: AbortSignal): Promise<MergedPages | null> {
  const looked: Looked[] = []
  for (const page of pages) {
    if (page.bodyId !== null) looked.push({ ...page, bodyId: page.bodyId, top: await topOf(page.bodyId, page.encoding, store, signal) })
  }
  const [first] = looked
  if (!first) return null
  const isAll = (kind: JsonTop['kind']): boolean => looked.every(({ top }) => top.kind === kind)
  if (isAll('list')) return mergedLists(looked, store, signal)
  if (looked.every(({ top, contentType }) => top.kind !== 'none' && /\bjson\b/i.test(contentType)))
    return mergedValues(looked, store, signal)
  const isOneEncoding = looked.every(({ encoding }) => encoding !== null && LIKE_ASCII.test(encoding) && encoding === first.encoding)
  return isOneEncoding && looked.every(({ contentType }) => TEXTS.test(contentType)) ? mergedTexts(looked, store, signal) : null
}

async function topOf(id: BodyId, encoding: string | null, store: MergingStore, signal: AbortSignal): Promise<JsonTop> {
  if (encoding === null || !LIKE_ASCII.test(encoding)) return { kind: 'none' }
  const scanner = new JsonTopScanner()
  for await (const chunk of piecesOf(store, { bodyId: id, start: 0 })) {
    signal.throwIfAborted()
    scanner.add(chunk)
  }
  return scanner.end()
}

async function mergedLists(pages: readonly Looked[], store: MergingStore, signal: AbortSignal): Promise<MergedPages> {
  const lists = pages.flatMap(({ bodyId, top }) =>
    top.kind === 'list' && top.items > 0 ? [{ bodyId, start: top.start, end: top.end }] : [],
  )
  const items = pages.reduce((sum, { top }) => sum + (top.kind === 'list' ? top.items : 0), 0)
  const stored = await written(lists, { before: '[', between: ',\n', after: ']' }, store, signal)
  return { kind: 'lists', ...stored, contentType: 'application/json', encoding: 'utf-8', items }
}

async function mergedValues(pages: readonly Looked[], store: MergingStore, signal: AbortSignal): Promise<MergedPages> {
  const values = pages.flatMap(({ bodyId, top }): Stretch[] => {
    if (top.kind === 'list') return [{ bodyId, start: top.start - 1, end: top.end + 1 }]
    return top.kind === 'value' ? [{ bodyId, start: top.start, end: top.end }] : []
  })
  const stored = await written(values, { before: '[', between: ',\n', after: ']' }, store, signal)
  return { kind: 'values', ...stored, contentType: 'application/json', encoding: 'utf-8', items: null }
}

async function mergedTexts(pages: readonly Looked[], store: MergingStore, signal: AbortSignal): Promise<MergedPages> {
  const stretches = pages.map(({ bodyId }) => ({ bodyId, start: 0 }))
  const stored = await written(stretches, { before: '', between: '\n', after: '' }, store, signal)
  const { contentType = 'text/plain', encoding } = pages[0] ?? {}
  return { kind: 'texts', ...stored, contentType, encoding: encoding ?? 'utf-8', items: null }
}

interface Frame {
  readonly before: string
  readonly between: string
  readonly after: string
}

async function written(
  stretches: readonly Stretch[],
  { before, between, after }: Frame,
  store: MergingStore,
  signal: AbortSignal,
): Promise<Pick<MergedPages, 'bodyId' | 'bodyBytes'>> {
  const writer = store.write()
  try {
    await writer.append(Buffer.from(before))
    for (const [index, stretch] of stretches.entries()) {
      if (index > 0) await writer.append(Buffer.from(between))
      await copied(stretch, store, writer, signal)
    }
    await writer.append(Buffer.from(after))
    const { id, bytes } = await writer.finish()
    return { bodyId: id, bodyBytes: bytes }
  } catch (error) {
    await writer.abort()
    throw error
  }
}

async function copied(stretch: Stretch, store: MergingStore, writer: BodyWriter, signal: AbortSignal): Promise<void> {
  for await (const chunk of piecesOf(store, stretch)) {
    signal.throwIfAborted()
    await writer.append(chunk)
  }
}

function piecesOf(store: MergingStore, { bodyId, start, end }: Stretch): AsyncIterable<Uint8Array> {
  // The streams of a store are of bytes, whatever the type of streams says.
  return store.stream(bodyId, { offset: start, ...(end !== undefined && { length: end - start }) }) as AsyncIterable<Uint8Array>
}
