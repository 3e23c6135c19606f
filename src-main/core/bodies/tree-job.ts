/**
 * The index of one body's tree, made in steps so that the worker can take turns between jobs. What is not UTF-8 is
 * written to a file as UTF-8, which the tree is then read from. Runs in the worker: its reading and writing block.
 */
import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { indexJson, type StreamIndexer } from './json-tree-index.ts'
import type { TreeIndex } from './tree-index.ts'
import { indexXml } from './xml-tree-index.ts'
import { utf16Length } from './utf8.ts'
import { toUtf8 } from './utf8-text.ts'
import { tellShare, type WorkShare } from './work-shares.ts'

export type TreeFormat = 'json' | 'xml'
/** How a body is written; a page is made XML of first. */
export type TreeSyntax = TreeFormat | 'html'

export interface TreeJob {
  readonly kind: 'tree'
  readonly format: TreeSyntax
  /** The body's file. */
  readonly source: string
  readonly encoding: string
  /** A file to make for the text in UTF-8; null where the body is that already, and no page. */
  readonly output: string | null
  readonly share: WorkShare | null
}

export interface IndexedTree {
  readonly index: TreeIndex
  /** Where the text begins: past a byte order mark. */
  readonly start: number
}

export function indexerFor(format: TreeSyntax, start: number): StreamIndexer {
  switch (format) {
    case 'json':
      return indexJson(start)
    case 'xml':
    case 'html':
      return indexXml(start)
  }
}

/** Length of the byte order mark a UTF-8 text begins with. */
export function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

/** What is read between two turns: a few milliseconds of work. */
const PIECE_BYTES = 1024 * 1024

export type Rewrite = (text: string) => string

/** What makes XML of the body first; its library is loaded where there is such a body only. */
export async function rewriteFor({ format }: TreeJob): Promise<Rewrite | null> {
  return format === 'html' ? (await import('./html-as-xml.ts')).htmlAsXml : null
}

/** Each step does one piece. Leaves no file behind where it fails or is returned early. */
export function* runTreeJob(job: TreeJob, rewrite: Rewrite | null): Generator<undefined, IndexedTree> {
  const source = openSync(job.source, 'r')
  let output: number | null = null
  let finished = false
  try {
    output = job.output === null ? null : openSync(job.output, 'wx+', 0o600)
    const result = output === null ? yield* indexInPlace(job, source) : yield* indexConverted(job, source, output, rewrite)
    finished = true
    return result
  } finally {
    closeSync(source)
    if (output !== null) closeSync(output)
    if (!finished && job.output !== null) rmSync(job.output, { force: true })
  }
}

function* indexInPlace({ format, share }: TreeJob, source: number): Generator<undefined, IndexedTree> {
  let indexer: StreamIndexer | null = null
  let start = 0
  for (const bytes of piecesOf(source, share)) {
    if (indexer === null) {
      start = markLength(bytes)
      indexer = indexerFor(format, start)
      indexer.write(bytes.subarray(start))
    } else indexer.write(bytes)
    if (indexer.problem() !== null) break
    yield
  }
  indexer ??= indexerFor(format, 0)
  return { index: indexer.finish((from, to) => columnIn(source, from, to)), start }
}

function* indexConverted(
  { format, encoding, share }: TreeJob,
  source: number,
  output: number,
  rewrite: Rewrite | null,
): Generator<undefined, IndexedTree> {
  const indexer = indexerFor(format, 0)
  const take = (bytes: Uint8Array): void => {
    indexer.write(bytes)
    for (let written = 0; written < bytes.length;) written += writeSync(output, bytes, written)
  }
  const pieces: Buffer[] = []
  const decoder = toUtf8(encoding, rewrite === null ? take : (bytes) => void pieces.push(Buffer.from(bytes)))
  for (const bytes of piecesOf(source, share)) {
    decoder.write(bytes)
    if (indexer.problem() !== null) break
    yield
  }
  decoder.end()
  if (rewrite !== null) take(Buffer.from(rewrite(Buffer.concat(pieces).toString('utf8'))))
  return { index: indexer.finish((from, to) => columnIn(output, from, to)), start: 0 }
}

function* piecesOf(file: number, share: WorkShare | null): Generator<Buffer> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  const { size } = fstatSync(file)
  let read = 0
  for (let length = 0; (length = readSync(file, piece, 0, PIECE_BYTES, null)) > 0;) {
    tellShare(share, (read += length), size)
    yield piece.subarray(0, length)
  }
}

function columnIn(file: number, from: number, to: number): number {
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  let units = 0
  for (let at = from; at < to;) {
    const length = readSync(file, piece, 0, Math.min(PIECE_BYTES, to - at), at)
    if (length === 0) break
    units += utf16Length(piece.subarray(0, length))
    at += length
  }
  return units + 1
}
