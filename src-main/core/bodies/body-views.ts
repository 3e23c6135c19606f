/**
 * Stored bodies as text, whatever their size: opened once in an encoding and a format, then read by windows of lines. Small
 * bodies are done at once in this thread, which takes less time than asking the worker; larger ones are the worker's,
 * and their text lies in a file while the view is open.
 */
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Output, ParsedInput } from '#contract/commands.ts'
import { ViewIdSchema, type BodyId, type ViewId } from '#contract/model/ids.ts'
import { CoreError } from '../lib/core-error.ts'
import { bodyLanguage, rowsOf, wordsOf, type Layout } from './body-language.ts'
import { encodingName } from '../lib/encoding-names.ts'
import type { ViewText } from './body-search.ts'
import { decoderFor, detectEncoding, SAMPLE_BYTES, type DetectedEncoding } from './encoding.ts'
import type { LineIndex } from './line-index.ts'
import { readFileAt, readFileLines, readLines, type ReadAt } from './line-reader.ts'
import { MAX_LAYOUT_BYTES, needsWhole } from './text-layouts.ts'
import type { TextPlace } from './text-job.ts'
import { toUtf8 } from './utf8-text.ts'
import { createViewFiles, type ViewFiles } from './view-files.ts'
import { transformFor } from './view-job.ts'
import { createViewPipeline, type ViewResult } from './view-pipeline.ts'
import { createViewWorker, findViewWorker, type ViewWorker } from './view-worker-client.ts'

/** What views need of the body store. */
export interface ViewedBodies {
  /** Length in bytes, after Content-Encoding is undone; null where the body is gone. */
  readonly stat: (id: BodyId) => Promise<{ readonly bytes: number; readonly isHeld?: true } | null>
  /** Fewer bytes than asked for at the body's end only. */
  readonly read: (id: BodyId, offset: number, length: number) => Promise<Buffer>
  /** Path of a file that holds the body, as long as the body is kept. */
  readonly path: (id: BodyId) => Promise<string> | string
}

/** What makes views, and serves others who make something of large bodies. */
export interface ViewTools {
  readonly files: ViewFiles
  readonly worker: ViewWorker
}

export interface BodyViews {
  readonly tools: ViewTools
  /**
   * @throws {CoreError} `InvalidOption`: no such encoding; `NotFound`: no such body; `StorageError`: no place for a view; `Cancelled`
   */
  readonly open: (input: ParsedInput<'body.open'>, signal?: AbortSignal) => Promise<Output<'body.open'>>
  /** @throws {CoreError} `NotFound`: the view is closed, or its body gone */
  readonly lines: (viewId: ViewId, from: number, count: number) => Promise<string[]>
  /** The text of an open view, to be gone through. @throws {CoreError} `NotFound`: the view is closed */
  readonly text: (viewId: ViewId) => ViewText
  readonly close: (viewId: ViewId) => Promise<void>
  /** Closes every view, stops what is under way and ends the worker. */
  readonly closeAll: () => Promise<void>
}

export interface BodyViewsOptions {
  readonly store: ViewedBodies
  /** Folder for the text of large views. */
  readonly dir: string
  /** Serves where that one cannot be written; by default the system's folder for temporary files. */
  readonly spareDir?: string
  /** The built worker; by default it is looked for beside the code. */
  readonly workerUrl?: URL
}

/** Up to here a body is laid out in this thread: 3 ms of JSON, where the worker's first answer takes 25. */
const INLINE_BYTES = 256 * 1024
/** A window that went away without closing its views must not leave them for ever: the one longest unread goes. */
const MAX_VIEWS = 200

interface Plan extends DetectedEncoding {
  readonly id: BodyId
  readonly bytes: number
  /** In no file: all of it is done in this thread. */
  readonly isHeld: boolean
  readonly language: string
  readonly layout: Layout | null
  readonly note: string | null
}

type ReadLines = (from: number, count: number) => Promise<string[]>

interface OpenView {
  readonly lines: ReadLines
  readonly text: ViewText
  readonly file: string | null
}

export function createBodyViews({ store, dir, spareDir, workerUrl }: BodyViewsOptions): BodyViews {
  const views = new Map<ViewId, OpenView>()
  const files = createViewFiles(dir, spareDir)
  const worker = createViewWorker(() => workerUrl ?? findViewWorker())
  const remove = async (viewId: ViewId): Promise<void> => {
    const view = views.get(viewId)
    views.delete(viewId)
    if (view?.file) await files.remove(view.file)
  }
  const used = (viewId: ViewId): OpenView => {
    const view = views.get(viewId)
    if (!view) throw new CoreError('NotFound', 'store', 'This view of the body is closed.', { hint: 'Open the response again.' })
    views.delete(viewId)
    views.set(viewId, view) // the map's order is that of last use
    return view
  }
  return {
    tools: { files, worker },
    open: async (input, signal) => {
      const plan = await planView(store, input)
      const { result, view } = isInline(plan) ? await viewInline(store, plan) : await viewByWorker(store, plan, files, worker, signal)
      const viewId = ViewIdSchema.parse(randomUUID())
      views.set(viewId, view)
      const oldest = views.size > MAX_VIEWS ? views.keys().next().value : undefined
      if (oldest !== undefined) await remove(oldest)
      const { language, encoding, from, note } = plan
      const { index, length, text, table } = result
      const shown = { lines: index.lines, length, text, note: note ?? result.note, ...(table && { table }) }
      return { viewId, language, encoding, encodingFrom: from, ...shown }
    },
    lines: async (viewId, from, count) => used(viewId).lines(from, count),
    text: (viewId) => used(viewId).text,
    close: remove,
    closeAll: async () => {
      views.clear()
      await worker.close()
      await files.close()
    },
  }
}

/** What a body is and how it is to be read. @throws {CoreError} as `open` does */
export async function planView(store: ViewedBodies, input: ParsedInput<'body.open'>): Promise<Plan> {
  const { id, contentType, format } = input
  const stored = await store.stat(id)
  if (!stored) throw new CoreError('NotFound', 'store', 'This body is no longer kept.', { hint: 'Send the request again.' })
  const { bytes } = stored
  const sample = bytes === 0 ? Buffer.alloc(0) : await store.read(id, 0, Math.min(bytes, SAMPLE_BYTES))
  const complete = sample.length >= bytes
  const detected = input.encoding === null ? detectEncoding(sample, contentType, complete) : chosen(input.encoding)
  const found = format === 'table' ? rowsOf(contentType) : bodyLanguage(contentType, startOf(sample, detected.encoding), complete)
  const { language, layout } = format === 'text' ? wordsOf(found) : found
  const plan = { id, bytes, isHeld: stored.isHeld === true, ...detected, language, layout: null, note: null }
  if (format === 'raw' || layout === null) return plan
  if (!needsWhole(layout) || bytes <= MAX_LAYOUT_BYTES) return { ...plan, layout }
  return { ...plan, note: 'Shown as it came: only JSON is laid out above 2 MiB.' }
}

function chosen(label: string): DetectedEncoding {
  decoderFor(label) // throws for an unknown one
  return { encoding: encodingName(label) ?? label, from: 'override' }
}

function startOf(sample: Uint8Array, encoding: string): Uint8Array {
  const pieces: Buffer[] = []
  toUtf8(encoding, (bytes) => pieces.push(Buffer.from(bytes))).write(sample)
  return Buffer.concat(pieces)
}

/** The libraries take longer and are not worth loading here. */
function isInline({ bytes, isHeld, layout }: Plan): boolean {
  return isHeld || (bytes <= INLINE_BYTES && (layout === null || layout === 'json' || layout === 'form'))
}

/** Whether the body's own bytes are the view's. */
function isInPlace({ encoding, layout }: Plan): boolean {
  return encoding === 'utf-8' && layout === null
}

/** The text went out whole, so its lines are hardly ever asked for: they are made again then, and nothing is kept. */
async function viewInline(store: ViewedBodies, plan: Plan): Promise<{ result: ViewResult; view: OpenView }> {
  const make = async (): Promise<{ result: ViewResult; text: Buffer }> => {
    const pieces: Buffer[] = []
    const transform = await transformFor(plan.layout)
    const pipeline = createViewPipeline(plan.encoding, transform, (bytes) => pieces.push(Buffer.from(bytes)))
    if (plan.bytes > 0) pipeline.write(await store.read(plan.id, 0, plan.bytes))
    return { result: pipeline.finish(), text: Buffer.concat(pieces) }
  }
  const lines: ReadLines = async (from, count) => {
    const { result, text } = await make()
    return readLines(async (offset, length) => text.subarray(offset, offset + length), result.index, from, count)
  }
  const { result } = await make()
  const text: ViewText = {
    index: result.index,
    place: async () => ({ kind: 'bytes', bytes: (await make()).text }),
    read: async (offset, length) => (await make()).text.subarray(offset, offset + length),
  }
  return { result, view: { lines, text, file: null } }
}

async function viewByWorker(
  store: ViewedBodies,
  plan: Plan,
  files: ViewFiles,
  worker: ViewWorker,
  signal: AbortSignal | undefined,
): Promise<{ result: ViewResult; view: OpenView }> {
  const { id, bytes, encoding, layout } = plan
  try {
    const output = isInPlace(plan) ? null : await files.next()
    const source = await sourceOf(store, plan, files)
    const job = { source: source.path, encoding, layout, output }
    const result = await worker.run(job, signal).finally(() => (source.isCopy ? files.remove(source.path) : undefined))
    const lines = output === null ? linesInPlace(store, id, result.index) : linesOfFile(output, result.index)
    const text = output === null ? textInPlace(store, id, result.index) : textOfFile(output, result.index)
    return { result, view: { lines, text, file: output } }
  } catch (error) {
    // Nothing can be written anywhere: what is not large is made in this thread, slowly rather than not at all.
    const isForMemory = error instanceof CoreError && error.kind === 'StorageError' && bytes <= MAX_LAYOUT_BYTES
    if (!isForMemory) throw error
    return viewInline(store, plan)
  }
}

/** The worker reads files: a body that is only in memory, where the store cannot write, is copied into one. */
export async function sourceOf(
  store: ViewedBodies,
  { id, bytes }: Pick<Plan, 'id' | 'bytes'>,
  files: ViewFiles,
): Promise<{ path: string; isCopy: boolean }> {
  try {
    return { path: await store.path(id), isCopy: false }
  } catch (error) {
    if (!(error instanceof CoreError) || error.kind !== 'StorageError') throw error
    const path = await files.next()
    await writeFile(path, await store.read(id, 0, bytes), { flag: 'wx', mode: 0o600 })
    return { path, isCopy: true }
  }
}

function linesInPlace(store: ViewedBodies, id: BodyId, index: LineIndex): ReadLines {
  return (from, count) => readLines((offset, length) => store.read(id, offset, length), index, from, count)
}

function linesOfFile(path: string, index: LineIndex): ReadLines {
  return (from, count) => readFileLines(path, index, from, count)
}

function textInPlace(store: ViewedBodies, id: BodyId, index: LineIndex): ViewText {
  const read: ReadAt = (offset, length) => store.read(id, offset, length)
  const place = async (): Promise<TextPlace> => {
    try {
      return { kind: 'file', path: await store.path(id) }
    } catch (error) {
      // A body that is only in memory, where the store cannot write, goes to the worker as it is.
      if (!(error instanceof CoreError) || error.kind !== 'StorageError') throw error
      return { kind: 'bytes', bytes: await read(0, index.end) }
    }
  }
  return { index, place, read }
}

function textOfFile(path: string, index: LineIndex): ViewText {
  return { index, place: () => Promise.resolve({ kind: 'file', path }), read: (offset, length) => readFileAt(path, offset, length) }
}
