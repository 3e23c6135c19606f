/**
 * Bodies as lists of records, whatever their size and whether they are whole or on their way in: opened once, then asked
 * how many there are by now, and read by the few that are on the screen. A filter goes on from where it stood.
 */
import { randomUUID } from 'node:crypto'
import type { Output, ParsedInput } from '#contract/commands.ts'
import { ViewIdSchema, type BodyId, type ViewId } from '#contract/model/ids.ts'
import type { RecordKind, StreamRecord } from '#contract/model/record.ts'
import { CoreError } from '../lib/core-error.ts'
import { ArrivalMarks, type ArrivalTimes } from './arrival-marks.ts'
import type { BodyStore } from './body-store.ts'
import { decoderFor } from './encoding.ts'
import { RecordIndex, type FoundRecord, type RecordSource } from './record-index.ts'
import { readRecord, type RecordText } from './record-text.ts'
import { transformFor } from './view-job.ts'
import { createViewPipeline } from './view-pipeline.ts'

/** So long one call may take to look at what has come. Milliseconds. */
const BUDGET_MS = 25
const WINDOW_BYTES = 256 * 1024
/** Of a record so much is looked at for its row, and by a filter. */
const ROW_BYTES = 64 * 1024
const READ_BYTES = 1024 * 1024
const ROW_LENGTH: Readonly<Record<RecordKind, number>> = { sse: 600, ndjson: 600, seq: 600, socket: 600, lines: 4000 }
/** A filter shows so many at most. */
const MAX_MATCHES = 1_000_000
/** A window that went away without closing its views must not leave them for ever: the one longest unread goes. */
const MAX_VIEWS = 100

export type RecordBodies = Pick<BodyStore, 'stat' | 'read' | 'arriving'>

export interface RecordViews {
  /** @throws {CoreError} `NotFound`: no such body; `InvalidOption`: no such encoding */
  readonly open: (input: ParsedInput<'records.open'>) => Promise<ViewId>
  /** @throws {CoreError} `NotFound`: the view is closed, or its body gone */
  readonly status: (viewId: ViewId, filter: string, until: number) => Promise<Output<'records.status'>>
  readonly rows: (viewId: ViewId, from: number, count: number) => Promise<StreamRecord[]>
  readonly read: (viewId: ViewId, number: number) => Promise<Output<'records.read'>>
  readonly close: (viewId: ViewId) => void
}

interface View {
  readonly index: RecordIndex
  readonly decode: (bytes: Buffer) => string
  readonly times: ArrivalTimes | null
  filter: Filter | null
}

/** What a filter has found so far. */
interface Filter {
  readonly text: string
  readonly numbers: number[]
  /** The record to look at next. */
  next: number
  /** Whether the one that has not ended was let through. */
  open: FoundRecord | null
  running: Promise<void>
}

export function createRecordViews(store: RecordBodies): RecordViews {
  const views = new Map<ViewId, View>()
  const viewOf = (viewId: ViewId): View => {
    const view = views.get(viewId)
    if (!view) throw new CoreError('NotFound', 'store', 'This view of the body is closed.', { hint: 'Open the response again.' })
    views.delete(viewId)
    views.set(viewId, view) // the map's order is that of last use
    return view
  }
  return {
    open: async ({ bodyId, kind, encoding, arrivalsId }) => {
      await stateOf(store, bodyId)
      const times = store.arriving.find(bodyId)?.times ?? (await keptTimes(store, arrivalsId))
      const decode = decoderOf(kind === 'lines' ? encoding : null)
      const viewId = ViewIdSchema.parse(randomUUID())
      views.set(viewId, { index: new RecordIndex(kind, sourceOf(store, bodyId)), decode, times, filter: null })
      const oldest = views.size > MAX_VIEWS ? views.keys().next().value : undefined
      if (oldest !== undefined) views.delete(oldest)
      return viewId
    },
    status: async (viewId, text, until) => {
      const view = viewOf(viewId)
      const { index } = view
      if (text !== (view.filter?.text ?? '')) view.filter = text === '' ? null : newFilter(text)
      await index.advance(BUDGET_MS)
      const { filter } = view
      if (filter) await runFilter(view, filter)
      const isFiltered = filter === null || filter.next >= index.count() - (index.openRecord() ? 1 : 0)
      return {
        total: index.count(),
        matched: filter === null ? Math.min(index.count(), until) : matchedBefore(filter, until),
        bytes: index.bytes(),
        isCaughtUp: index.isCaughtUp() && isFiltered,
        isOver: index.isOver(),
      }
    },
    rows: async (viewId, from, count) => {
      const view = viewOf(viewId)
      const rows: StreamRecord[] = []
      for await (const record of wanted(view, from, count)) rows.push(await rowOf(view, record))
      return rows
    },
    read: async (viewId, number) => {
      const view = viewOf(viewId)
      for await (const record of view.index.from(number)) {
        const { text, bytes } = await textOf(view, record, READ_BYTES)
        const length = record.end - record.start
        return { text, pretty: await laidOut(text), isCut: length > READ_BYTES, bytes: bytes ?? length }
      }
      throw new CoreError('NotFound', 'store', `There is no record ${number + 1}.`)
    },
    close: (viewId) => void views.delete(viewId),
  }
}

async function stateOf(store: RecordBodies, bodyId: BodyId): Promise<{ readonly bytes: number; readonly isOver: boolean }> {
  // Asked before its length: what is over by then has its last byte.
  const arriving = store.arriving.find(bodyId)
  const isOver = arriving === null || arriving.final !== undefined
  const found = await store.stat(bodyId)
  if (!found) throw new CoreError('NotFound', 'store', 'This body is no longer kept.', { hint: 'Send the request again.' })
  return { bytes: found.bytes, isOver }
}

/** Reads a stretch at a time: the records of a page lie side by side. */
function sourceOf(store: RecordBodies, bodyId: BodyId): RecordSource {
  let kept: { readonly offset: number; readonly bytes: Buffer } = { offset: 0, bytes: Buffer.alloc(0) }
  return {
    state: () => stateOf(store, bodyId),
    read: async (offset, length) => {
      const isWithin = offset >= kept.offset && offset + length <= kept.offset + kept.bytes.length
      if (!isWithin) kept = { offset, bytes: await store.read(bodyId, offset, Math.max(length, WINDOW_BYTES)) }
      return kept.bytes.subarray(offset - kept.offset, offset - kept.offset + length)
    },
  }
}

async function keptTimes(store: RecordBodies, arrivalsId: BodyId | null): Promise<ArrivalTimes | null> {
  const found = arrivalsId === null ? null : await store.stat(arrivalsId)
  return arrivalsId === null || !found ? null : ArrivalMarks.fromBytes(await store.read(arrivalsId, 0, found.bytes))
}

function decoderOf(encoding: string | null): View['decode'] {
  if (encoding === null || encoding === 'utf-8') return (bytes) => bytes.toString('utf8')
  decoderFor(encoding) // throws for an unknown one
  return (bytes) => {
    const decoder = decoderFor(encoding)
    return decoder.write(bytes) + decoder.end()
  }
}

async function textOf({ index, decode }: View, { start, end }: FoundRecord, maxBytes: number): Promise<RecordText> {
  const bytes = await index.source.read(start, Math.min(end - start, maxBytes))
  return readRecord(index.kind, decode(bytes))
}

async function rowOf(view: View, record: FoundRecord): Promise<StreamRecord> {
  const { event, id, text, isComment, bytes } = await textOf(view, record, ROW_BYTES)
  const { kind } = view.index
  const isCut = record.isOpen && kind !== 'lines' && kind !== 'seq'
  return {
    number: record.number,
    at: view.times?.at(record.end) ?? null,
    kind: isCut ? 'cut' : isComment ? 'comment' : 'whole',
    event,
    id,
    text: text.slice(0, ROW_LENGTH[kind]).toWellFormed(),
    bytes: bytes ?? record.end - record.start,
  }
}

/** Records by their place among those that are shown. */
async function* wanted({ index, filter }: View, from: number, count: number): AsyncGenerator<FoundRecord> {
  if (filter === null) {
    let left = count
    for await (const record of index.from(from)) {
      yield record
      left -= 1
      if (left === 0) return
    }
    return
  }
  for (const number of filter.numbers.slice(from, from + count)) {
    for await (const record of index.from(number)) {
      yield record
      break
    }
  }
  if (filter.open && from + count > filter.numbers.length) yield filter.open
}

function matchedBefore({ numbers, open }: Filter, until: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] ?? 0) < until) low = middle + 1
    else high = middle
  }
  return low + (open !== null && open.number < until ? 1 : 0)
}

function newFilter(text: string): Filter {
  return { text, numbers: [], next: 0, open: null, running: Promise.resolve() }
}

/** Goes on for a moment. One at a time: two calls must not count a record twice. */
function runFilter(view: View, filter: Filter): Promise<void> {
  filter.running = filter.running.catch(() => undefined).then(() => goOnFiltering(view, filter))
  return filter.running
}

async function goOnFiltering(view: View, filter: Filter): Promise<void> {
  const until = performance.now() + BUDGET_MS
  const sought = filter.text.toLowerCase()
  filter.open = null
  for await (const record of view.index.from(filter.next)) {
    if (filter.numbers.length >= MAX_MATCHES) return
    const { event, id, text } = await textOf(view, record, ROW_BYTES)
    const isMatch = `${event}\n${id}\n${text}`.toLowerCase().includes(sought)
    if (record.isOpen) {
      filter.open = isMatch ? record : null
      return
    }
    if (isMatch) filter.numbers.push(record.number)
    filter.next = record.number + 1
    if (performance.now() > until) return
  }
}

/** Null where it is no JSON that has anything to lay out. */
async function laidOut(text: string): Promise<string | null> {
  if (!/^\s*[[{]/.test(text)) return null
  const pieces: Buffer[] = []
  const pipeline = createViewPipeline('utf-8', await transformFor('json'), (bytes) => pieces.push(Buffer.from(bytes)))
  pipeline.write(Buffer.from(text, 'utf8'))
  return pipeline.finish().note === null ? Buffer.concat(pieces).toString('utf8') : null
}
