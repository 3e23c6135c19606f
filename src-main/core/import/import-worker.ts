/**
 * The thread that reads an import, once: the files, their formats, the requests in them. It is ended by who started it
 * (import-worker-client.ts), also where it is busy, and its memory goes with it.
 */
import { randomUUID } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { WireError } from '#contract/errors.ts'
import type { ImportFormat } from '#contract/model/import.ts'
import { CoreError } from '../lib/core-error.ts'
import { collectFiles, type NamedFile } from './collect-files.ts'
import type { Imported } from './imported.ts'
import { itemPieces, type FlatItem } from './import-parts.ts'
import { sourceFile } from './import-source.ts'
import { IMPORTERS } from './importers.ts'
import { readImport } from './read-import.ts'
import { summariseImport, type SummaryOfImport } from './summarise-import.ts'

export interface ImportJob {
  readonly source: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'files'; readonly files: readonly NamedFile[] }
  readonly format: ImportFormat | undefined
}

export type ImportPhase = 'reading' | 'parsing' | 'converting'

export type FromImportWorker =
  | { readonly kind: 'progress'; readonly phase: ImportPhase; readonly done: number | null }
  | { readonly kind: 'items'; readonly piece: readonly FlatItem[] }
  /** After all pieces; without its items. */
  | { readonly kind: 'done'; readonly rest: Imported; readonly summary: SummaryOfImport }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'broke'; readonly stack: string }

/** Progress is told at most this often. */
const PROGRESS_MS = 80

function send(message: FromImportWorker): void {
  parentPort?.postMessage(message)
}

function progressTeller(): (phase: ImportPhase, done: number | null) => void {
  let lastPhase = ''
  let lastAt = 0
  return (phase, done) => {
    const now = performance.now()
    if (phase === lastPhase && now - lastAt < PROGRESS_MS) return
    lastPhase = phase
    lastAt = now
    send({ kind: 'progress', phase, done })
  }
}

async function run({ source, format }: ImportJob): Promise<void> {
  const tell = progressTeller()
  tell('reading', 0)
  const { files, notes } =
    source.kind === 'text'
      ? { files: [sourceFile('', source.text)], notes: [] }
      : await collectFiles(source.files, (done) => tell('reading', done))
  tell('parsing', null)
  const tools = { progress: (done: number) => tell('converting', done), id: randomUUID }
  const read = await readImport(files, IMPORTERS, { format, tools })
  const imported = { ...read, notes: [...notes, ...read.notes] }
  for (const piece of itemPieces(imported.items)) send({ kind: 'items', piece })
  send({ kind: 'done', rest: { ...imported, items: [] }, summary: summariseImport(imported) })
}

// Made by import-worker-client.ts, which hands over nothing else.
run(workerData as ImportJob).catch((error: unknown) => {
  if (error instanceof CoreError) send({ kind: 'failed', error: error.toWire() })
  else send({ kind: 'broke', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) })
})
