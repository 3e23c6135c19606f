/**
 * One view made from file to file, in steps, so that the worker can take turns between several and stop any of them.
 * Runs in the worker only: its reading and writing block.
 */
import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import type { Layout } from './body-language.ts'
import type { TextSoFar } from './line-index.ts'
import { loadMarkupText } from './markup-text.ts'
import { loadTableRows } from './table-rows.ts'
import { loadLayout, needsWhole } from './text-layouts.ts'
import { createViewPipeline, type Transform, type ViewResult } from './view-pipeline.ts'

export interface ViewJob {
  /** The body's file. */
  readonly source: string
  readonly encoding: string
  readonly layout: Layout | null
  /** A file to make for the view's text; null where the body's own file serves. */
  readonly output: string | null
  /** Tell now and then what there is of the view. */
  readonly tells?: boolean
}

/** What there is of a view that is still being made. */
export interface ViewPart extends TextSoFar {
  /** How much of the body is in it, from 0 to 1. */
  readonly share: number
}

/** What is read between two turns: a few milliseconds of work. */
const PIECE_BYTES = 1024 * 1024
/** The first piece, which holds the first lines. */
const FIRST_BYTES = 128 * 1024
/** Between two tellings, in milliseconds. */
const TELL_MS = 80

export async function transformFor(layout: Layout | null): Promise<Transform> {
  if (layout === null) return { kind: 'none' }
  if (layout === 'json') return { kind: 'json' }
  if (layout === 'rows' || layout === 'rows by tabs') return { kind: 'table', through: await loadTableRows(layout === 'rows by tabs') }
  if (needsWhole(layout)) return { kind: 'whole', layOut: await loadLayout(layout) }
  return { kind: 'stage', through: await loadMarkupText(layout === 'words of html' ? 'html' : 'xml') }
}

/** Each step does one piece. Leaves no file behind where it fails or is returned early. */
export function* runViewJob(job: ViewJob, transform: Transform): Generator<ViewPart | undefined, ViewResult> {
  const source = openSync(job.source, 'r')
  let output: number | null = null
  let finished = false
  try {
    output = job.output === null ? null : openSync(job.output, 'wx', 0o600)
    const pipeline = createViewPipeline(job.encoding, transform, output === null ? null : writerTo(output))
    const piece = Buffer.allocUnsafe(PIECE_BYTES)
    const total = fstatSync(source).size
    let read = 0
    let tellAt = job.tells === true ? 0 : Infinity
    for (;;) {
      const length = readSync(source, piece, 0, read === 0 ? FIRST_BYTES : PIECE_BYTES, null)
      if (length === 0) break
      pipeline.write(piece.subarray(0, length))
      read += length
      const isDue = read < total && performance.now() >= tellAt
      const soFar = isDue ? pipeline.soFar() : null
      if (isDue) tellAt = performance.now() + TELL_MS
      yield soFar === null ? undefined : { ...soFar, share: read / total }
    }
    const result = pipeline.finish()
    finished = true
    return result
  } finally {
    closeSync(source)
    if (output !== null) closeSync(output)
    if (!finished && output !== null && job.output !== null) rmSync(job.output, { force: true })
  }
}

function writerTo(file: number): (bytes: Uint8Array) => void {
  return (bytes) => {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
  }
}
