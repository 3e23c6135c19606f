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
import { growView, wholeView, type GrowingView } from './growing-view.ts'
import { decoderFor, detectEncoding, SAMPLE_BYTES, type DetectedEncoding } from './encoding.ts'
import { readFileAt, readFileLines, readLines, type ReadAt } from './line-reader.ts'
import { MAX_LAYOUT_BYTES, needsWhole } from './text-layouts.ts'
import type { TextPlace } from './text-job.ts'
import { toUtf8 } from './utf8-text.ts'
import { createViewFiles, type ViewFiles } from './view-files.ts'
import { transformFor, type ViewPart } from './view-job.ts'
import { createViewPipeline, type ViewResult } from './view-pipeline.ts'
import { createViewWorker, findViewWorker, type ViewWorker } from './view-worker-client.ts'
import { createWorkShares, type WorkShares } from './work-shares.ts'

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
  readonly shares: WorkShares
}

export interface BodyViews {
  readonly tools: ViewTools
  /**
   * @throws {CoreError} `InvalidOption`: no such encoding; `NotFound`: no such body; `StorageError`: no place for a view; `Cancelled`
   */
  readonly open: (input: ParsedInput<'body.open'>, signal?: AbortSignal) => Promise<Output<'body.open'>>
  /** What has become of a view that was opened early. @throws {CoreError} as `open` does */
  readonly grown: (viewId: ViewId, lines: number) => Promise<Output<'body.grown'>>
  /** @throws {CoreError} `NotFound`: the view is closed, or its body gone */
  readonly lines: (viewId: ViewId, from: number, count: number) => Promise<string[]>
  /** The text of an open view, to be gone through. @throws {CoreError} `NotFound`: the view is closed */
  readonly text: (viewId: ViewId) => ViewText
  /** So many bytes of a body have come that will be opened: what lays out a large one gets ready. */
  readonly expect: (bytes: number) => void
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
/** So that the text of a view that is told of early is always too long to go out whole. */
const GROWING_BYTES = 8 * 1024 * 1024
/** What goes out at once of a view that is told of early: more than a screen. */
const FIRST_LINES = 150
/** A window that went away without closing its views must not leave them for ever: the one longest unread goes. */
const MAX_VIEWS = 200

interface Plan extends DetectedEncoding {
  readonly id: BodyId
  readonly bytes: number
  /** In no file: all of it is done in this thread. */
  readonly isHeld: boolean
  /** Its first bytes. */
  readonly sample: Buffer
  readonly language: string
  readonly layout: Layout | null
  readonly note: string | null
}

type ReadLines = (from: number, count: number) => Promise<string[]>

interface OpenView {
  readonly lines: ReadLines
  readonly text: ViewText
  readonly file: string | null
  readonly growing: GrowingView
  /** Gives up making it. */
  readonly stop: () => void
}

type Facts = Pick<Plan, 'language' | 'encoding' | 'from' | 'note'>

export function createBodyViews({ store, dir, spareDir, workerUrl }: BodyViewsOptions): BodyViews {
  const views = new Map<ViewId, OpenView & { readonly facts: Facts }>()
  const files = createViewFiles(dir, spareDir)
  const worker = createViewWorker(() => workerUrl ?? findViewWorker())
  const remove = async (viewId: ViewId): Promise<void> => {
    const view = views.get(viewId)
    views.delete(viewId)
    view?.stop()
    if (view?.file) await files.remove(view.file)
  }
  const used = (viewId: ViewId): OpenView & { readonly facts: Facts } => {
    const view = views.get(viewId)
    if (!view) throw new CoreError('NotFound', 'store', 'This view of the body is closed.', { hint: 'Open the response again.' })
    views.delete(viewId)
    views.set(viewId, view) // the map's order is that of last use
    return view
  }
  return {
    tools: { files, worker, shares: createWorkShares() },
    open: async (input, signal) => {
      const plan = await planView(store, input)
      const isEarly = input.early === true && canGrow(plan)
      const making: Making = { store, files, worker, signal, isEarly }
      const view = isInline(plan) ? await viewInline(store, plan) : await viewByWorker(making, plan)
      const viewId = ViewIdSchema.parse(randomUUID())
      views.set(viewId, { ...view, facts: plan })
      const oldest = views.size > MAX_VIEWS ? views.keys().next().value : undefined
      if (oldest !== undefined) await remove(oldest)
      const shown = await shownOf(viewId, plan, view.growing)
      return shown.share === undefined ? shown : { ...shown, first: await view.lines(0, FIRST_LINES) }
    },
    grown: async (viewId, lines) => {
      const { growing, facts } = used(viewId)
      await growing.more(lines, 'readable')
      return shownOf(viewId, facts, growing)
    },
    lines: async (viewId, from, count) => used(viewId).lines(from, count),
    text: (viewId) => used(viewId).text,
    expect: (bytes) => {
      if (bytes > GROWING_BYTES) worker.warm()
    },
    close: remove,
    closeAll: async () => {
      for (const view of views.values()) view.stop()
      views.clear()
      await worker.close()
      await files.close()
    },
  }
}

/** What the window is told of a view. */
async function shownOf(viewId: ViewId, { language, encoding, from, note }: Facts, growing: GrowingView): Promise<Output<'body.open'>> {
  const facts = { viewId, language, encoding, encodingFrom: from }
  const share = growing.share()
  if (share !== null) {
    const { lines } = growing.readable()
    return { ...facts, lines, length: growing.length(), text: null, note, share }
  }
  const { index, length, text, table, ...made } = await growing.whole
  return { ...facts, lines: index.lines, length, text, note: note ?? made.note, ...(table && { table }) }
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
  const plan = { id, bytes, isHeld: stored.isHeld === true, sample, ...detected, language, layout: null, note: null }
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
function isInPlace({ encoding, layout }: Pick<Plan, 'encoding' | 'layout'>): boolean {
  return encoding === 'utf-8' && layout === null
}

/** Whether its first lines are worth having before the rest: shorter ones are there before anybody looks. */
function canGrow({ bytes, layout }: Plan): boolean {
  return bytes > GROWING_BYTES && (layout === null || layout === 'json')
}

/** The text went out whole, so its lines are hardly ever asked for: they are made again then, and nothing is kept. */
async function viewInline(store: ViewedBodies, plan: Plan): Promise<OpenView> {
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
  const growing = wholeView(result)
  const text: ViewText = {
    growing,
    place: async () => ({ kind: 'bytes', bytes: (await make()).text }),
    read: async (offset, length) => (await make()).text.subarray(offset, offset + length),
  }
  return { lines, text, file: null, growing, stop: () => undefined }
}

interface Making extends Pick<ViewTools, 'files' | 'worker'> {
  readonly store: ViewedBodies
  readonly signal: AbortSignal | undefined
  /** The first lines are enough to answer with. */
  readonly isEarly: boolean
}

async function viewByWorker({ store, files, worker, signal, isEarly }: Making, plan: Plan): Promise<OpenView> {
  const { id, bytes, encoding, layout } = plan
  try {
    const output = isInPlace(plan) ? null : await files.next()
    const source = await sourceOf(store, plan, files)
    const job = { source: source.path, encoding, layout, output, tells: isEarly }
    const head = isEarly ? await headOf(plan) : null
    // Closing the view ends the job; what asked for it does, as long as it waits.
    const stopping = new AbortController()
    const stop = (): void => stopping.abort()
    if (signal?.aborted === true) stop()
    signal?.addEventListener('abort', stop, { once: true })
    const make = (onPart: (part: ViewPart) => void): Promise<ViewResult> =>
      worker.run(job, stopping.signal, onPart).finally(() => (source.isCopy ? files.remove(source.path) : undefined))
    const growing = growView(make, head?.part ?? null)
    await (isEarly ? growing.begun : growing.whole).finally(() => signal?.removeEventListener('abort', stop))
    const lines = output === null ? linesInPlace(store, id, growing) : linesOfFile(output, growing, head?.text ?? null)
    const text = output === null ? textInPlace(store, id, growing) : textOfFile(output, growing)
    return { lines, text, file: output, growing, stop }
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

function linesInPlace(store: ViewedBodies, id: BodyId, { readable }: GrowingView): ReadLines {
  return (from, count) => readLines((offset, length) => store.read(id, offset, length), readable(), from, count)
}

/** @param head the text of its first lines, which serves until the file is there */
function linesOfFile(path: string, { readable, isTold }: GrowingView, head: Buffer | null): ReadLines {
  return (from, count) => {
    if (head === null || isTold()) return readFileLines(path, readable(), from, count)
    return readLines((offset, length) => Promise.resolve(head.subarray(offset, offset + length)), readable(), from, count)
  }
}

/** The first lines of a view, made in this thread: a few milliseconds' work, where the worker may have to be started. */
async function headOf({ sample, bytes, encoding, layout }: Plan): Promise<{ readonly part: ViewPart; readonly text: Buffer } | null> {
  const pieces: Buffer[] = []
  const output = isInPlace({ encoding, layout }) ? null : (piece: Uint8Array) => void pieces.push(Buffer.from(piece))
  const pipeline = createViewPipeline(encoding, await transformFor(layout), output)
  pipeline.write(sample)
  const soFar = pipeline.soFar()
  return soFar && { part: { ...soFar, share: sample.length / bytes }, text: Buffer.concat(pieces) }
}

function textInPlace(store: ViewedBodies, id: BodyId, growing: GrowingView): ViewText {
  const read: ReadAt = (offset, length) => store.read(id, offset, length)
  const place = async (): Promise<TextPlace> => {
    try {
      return { kind: 'file', path: await store.path(id) }
    } catch (error) {
      // A body that is only in memory, where the store cannot write, goes to the worker as it is.
      if (!(error instanceof CoreError) || error.kind !== 'StorageError') throw error
      return { kind: 'bytes', bytes: await read(0, (await growing.whole).index.end) }
    }
  }
  return { growing, place, read }
}

function textOfFile(path: string, growing: GrowingView): ViewText {
  return { growing, place: () => Promise.resolve({ kind: 'file', path }), read: (offset, length) => readFileAt(path, offset, length) }
}
