/**
 * Stored bodies as trees: opened once, which indexes them, then read by pages of children. Small bodies are indexed in
 * this thread, larger ones by the worker; reading a page scans little and lets other work in between. Closing a tree
 * forgets its index and, where the body was not UTF-8, its text.
 */
import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Output, ParsedInput } from '#contract/commands.ts'
import { TreeIdSchema, type TreeId } from '#contract/model/ids.ts'
import { CoreError } from '../lib/core-error.ts'
import { planView, sourceOf, type ViewedBodies, type ViewTools } from './body-views.ts'
import { jsonNodes, jsonRoot, jsonStringPiece, sourcePiece } from './json-nodes.ts'
import { indexerFor, markLength, type IndexedTree, type TreeFormat, type TreeJob, type TreeSyntax } from './tree-job.ts'
import type { TreeSource } from './tree-source.ts'
import { toUtf8 } from './utf8-text.ts'
import { utf16Length } from './utf8.ts'
import { xmlNodes, xmlRoot, xmlTextPiece } from './xml-nodes.ts'
import { xPathOf } from './xml-tree.ts'
import { withShare } from './work-shares.ts'

export interface BodyTrees {
  /**
   * @throws {CoreError} `InvalidOption`: no such encoding, or no tree in such a body; `NotFound`: no such body; `StorageError`:
   * no place for its text; `Cancelled`
   */
  readonly open: (input: ParsedInput<'tree.open'>, signal?: AbortSignal) => Promise<Output<'tree.open'>>
  /** @throws {CoreError} `NotFound`: the tree is closed, or its body gone; `Cancelled` */
  readonly children: (input: ParsedInput<'tree.children'>, signal?: AbortSignal) => Promise<Output<'tree.children'>>
  /** @throws {CoreError} `NotFound`: the tree is closed, or its body gone */
  readonly text: (input: ParsedInput<'tree.text'>) => Promise<Output<'tree.text'>>
  /** @throws {CoreError} as `children` does */
  readonly path: (input: ParsedInput<'tree.path'>, signal?: AbortSignal) => Promise<Output<'tree.path'>>
  readonly close: (treeId: TreeId) => Promise<void>
}

interface OpenTree {
  readonly source: TreeSource
  readonly format: TreeFormat
  /** Its text, where that is not the body itself. */
  readonly file: string | null
}

/** Up to here a body is indexed in this thread: about 2 ms. */
const INLINE_BYTES = 256 * 1024
/** A page is read whole: its elements take some forty times its size in memory. */
const MOST_HTML_BYTES = 16 * 1024 * 1024
/** A window that went away without closing its trees must not leave them for ever: the one longest unread goes. */
const MAX_TREES = 100

type Plan = Awaited<ReturnType<typeof planView>>
type Indexed = Omit<OpenTree, 'format'>

export function createBodyTrees(store: ViewedBodies, tools: ViewTools): BodyTrees {
  const trees = new Map<TreeId, OpenTree>()
  const close = async (treeId: TreeId): Promise<void> => {
    const tree = trees.get(treeId)
    trees.delete(treeId)
    if (tree?.file) await tools.files.remove(tree.file)
  }
  const demand = (treeId: TreeId): OpenTree => {
    const tree = trees.get(treeId)
    if (!tree) throw new CoreError('NotFound', 'store', 'This tree of the body is closed.', { hint: 'Open the response again.' })
    trees.delete(treeId)
    trees.set(treeId, tree) // the map's order is that of last use
    return tree
  }
  return {
    open: async (input, signal) => {
      const plan = await planView(store, { ...input, format: 'pretty' })
      const syntax = syntaxOf(plan)
      const format = syntax === 'json' ? 'json' : 'xml'
      const isInline = plan.bytes <= INLINE_BYTES && syntax !== 'html'
      const indexed = isInline
        ? await indexInline(store, plan, format)
        : await withShare(tools.shares, input.workId, (share) => indexByWorker(store, tools, { ...plan, share }, syntax, signal))
      const treeId = TreeIdSchema.parse(randomUUID())
      trees.set(treeId, { ...indexed, format })
      const oldest = trees.size > MAX_TREES ? trees.keys().next().value : undefined
      if (oldest !== undefined) await close(oldest)
      const root = await cancellable((format === 'json' ? jsonRoot : xmlRoot)(indexed.source, signal), signal)
      return { treeId, format, encoding: plan.encoding, root, problem: indexed.source.index.problem }
    },
    children: async ({ treeId, start, from, count }, signal) => {
      const { source, format } = demand(treeId)
      const nodes = format === 'json' ? jsonNodes : xmlNodes
      return { nodes: await cancellable(nodes(source, start, from, count, signal), signal) }
    },
    text: async ({ treeId, node, form, from }) => {
      const { source, format } = demand(treeId)
      if (form === 'value' && format === 'xml') return (await xmlTextPiece(source, node, from)) ?? sourcePiece(source, node, from)
      return form === 'value' && node.kind === 'string' ? jsonStringPiece(source, node, from) : sourcePiece(source, node, from)
    },
    path: async ({ treeId, starts }, signal) => {
      const { source, format } = demand(treeId)
      return { path: format === 'xml' ? await cancellable(xPathOf(source, starts, signal), signal) : null }
    },
    close,
  }
}

function syntaxOf({ language, bytes }: Plan): TreeSyntax {
  if (language === 'html' && bytes > MOST_HTML_BYTES) {
    const message = `Pages are shown as a tree up to ${MOST_HTML_BYTES / 1024 ** 2} MiB.`
    throw new CoreError('TooLarge', 'decode', message, { hint: 'Look at it under Raw, or at its words under Text.' })
  }
  if (language === 'json' || language === 'xml' || language === 'html') return language
  throw new CoreError('InvalidOption', 'decode', 'This body is neither JSON, XML nor HTML, so it has no tree.', {
    hint: 'Look at it under Raw.',
  })
}

/** What an aborted signal throws is told as core's own. */
async function cancellable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (signal?.aborted === true) throw new CoreError('Cancelled', 'call', 'Reading the tree was cancelled.')
    throw error
  }
}

async function indexInline(store: ViewedBodies, { id, bytes, encoding }: Plan, format: TreeFormat): Promise<Indexed> {
  const body = bytes === 0 ? Buffer.alloc(0) : await store.read(id, 0, bytes)
  const isInPlace = encoding === 'utf-8'
  const text = isInPlace ? body : converted(body, encoding)
  const start = isInPlace ? markLength(text) : 0
  const indexer = indexerFor(format, start)
  indexer.write(text.subarray(start))
  const index = indexer.finish((from, to) => utf16Length(text.subarray(from, to)) + 1)
  const read: TreeSource['read'] = isInPlace
    ? (offset, length) => store.read(id, offset, length)
    : async (offset, length) => text.subarray(offset, offset + length)
  return { source: { index, start, read }, file: null }
}

function converted(body: Uint8Array, encoding: string): Buffer {
  const pieces: Buffer[] = []
  const decoder = toUtf8(encoding, (bytes) => pieces.push(Buffer.from(bytes)))
  decoder.write(body)
  decoder.end()
  return Buffer.concat(pieces)
}

async function indexByWorker(
  store: ViewedBodies,
  { files, worker }: ViewTools,
  plan: Plan & Pick<TreeJob, 'share'>,
  format: TreeSyntax,
  signal: AbortSignal | undefined,
): Promise<Indexed> {
  const { id, encoding, share } = plan
  const output = encoding === 'utf-8' && format !== 'html' ? null : await files.next()
  const body = await sourceOf(store, plan, files)
  const { index, start }: IndexedTree = await worker
    .index({ kind: 'tree', format, source: body.path, encoding, output, share }, signal)
    .finally(() => (body.isCopy ? files.remove(body.path) : undefined))
  const read: TreeSource['read'] =
    output === null ? (offset, length) => store.read(id, offset, length) : (offset, length) => readPart(output, offset, length)
  return { source: { index, start, read }, file: output }
}

async function readPart(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
