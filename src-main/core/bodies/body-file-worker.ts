/**
 * The thread that large bodies go through on their way to the disk: it hashes and writes what comes, a piece at a time, and
 * gives the memory back. What a body is, and what becomes of its file, is for the other end, body-file-thread.ts.
 */
import { createHash, type Hash } from 'node:crypto'
import { closeSync, constants, copyFileSync, mkdirSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { messageOf, systemCode } from '../lib/core-error.ts'

export type ToBodyFileWorker =
  /** `elsewhere` is a path on what may be another disk, for what the first cannot take. */
  | { readonly kind: 'open'; readonly id: number; readonly path: string; readonly elsewhere: string | null }
  | { readonly kind: 'write'; readonly id: number; readonly memory: ArrayBuffer; readonly bytes: number }
  /** No more comes; with `isWhole` its hash is asked for. */
  | { readonly kind: 'close'; readonly id: number; readonly isWhole: boolean }

export type FromBodyFileWorker =
  | { readonly kind: 'written'; readonly id: number; readonly memory: ArrayBuffer; readonly bytes: number }
  /** `hash` is a SHA-256 in hex; null where it is not whole. */
  | { readonly kind: 'closed'; readonly id: number; readonly hash: string | null }
  /** Its disk cannot take it: all of it goes elsewhere, and what follows. */
  | { readonly kind: 'moved'; readonly id: number }
  /** `code` is that of a system error, such as `ENOSPC`. What else comes for this file is dropped. */
  | { readonly kind: 'failed'; readonly id: number; readonly code: string | null; readonly message: string }

/**
 * So much is written at once. Linux keeps in one piece what it was given in one; large pieces of memory are had slowly, above all
 * in a virtual machine that gives back what is free: to write 1 MiB at once took up to ten times as long.
 */
const WRITE_BYTES = 64 * 1024

interface OpenFile {
  readonly path: string
  /** Null where there is no such place, or it is there already. */
  readonly elsewhere: string | null
  readonly descriptor: number
  readonly digest: Hash
  readonly bytes: number
}

const files = new Map<number, OpenFile>()

function send(message: FromBodyFileWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer)
}

function begin(id: number, path: string, elsewhere: string | null): void {
  const digest = createHash('sha256')
  const opened = (at: string, other: string | null): OpenFile => ({
    path: at,
    elsewhere: other,
    descriptor: openSync(at, 'wx', 0o600),
    digest,
    bytes: 0,
  })
  try {
    files.set(id, opened(path, elsewhere))
  } catch (error) {
    if (elsewhere === null) throw error
    send({ kind: 'moved', id })
    makeRoomFor(elsewhere)
    files.set(id, opened(elsewhere, null))
  }
}

/** It may be a folder that is there for this alone. */
function makeRoomFor(elsewhere: string): void {
  try {
    mkdirSync(dirname(elsewhere), { mode: 0o700 })
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
  }
}

/** Whole, or not at all as far as anybody is told. */
function writeAll({ descriptor, bytes: start }: OpenFile, piece: Uint8Array): void {
  for (let at = 0; at < piece.length;) at += writeSync(descriptor, piece, at, Math.min(WRITE_BYTES, piece.length - at), start + at)
}

/** Moves what is known to be in the file; behind it there may be half of a piece. */
function move(id: number, file: OpenFile, elsewhere: string): OpenFile {
  files.delete(id)
  send({ kind: 'moved', id })
  try {
    closeSync(file.descriptor)
    makeRoomFor(elsewhere)
    if (file.bytes > 0) {
      copyFileSync(file.path, elsewhere, constants.COPYFILE_EXCL)
      truncateSync(elsewhere, file.bytes)
    }
  } finally {
    rmSync(file.path, { force: true })
  }
  const moved = { ...file, path: elsewhere, elsewhere: null, descriptor: openSync(elsewhere, file.bytes > 0 ? 'r+' : 'wx', 0o600) }
  files.set(id, moved)
  return moved
}

function write(id: number, file: OpenFile, piece: Uint8Array): void {
  let place = file
  try {
    writeAll(place, piece)
  } catch (error) {
    if (file.elsewhere === null) throw error
    place = move(id, file, file.elsewhere)
    writeAll(place, piece)
  }
  files.set(id, { ...place, bytes: place.bytes + piece.length })
  place.digest.update(piece)
}

function close(id: number): OpenFile | undefined {
  const file = files.get(id)
  files.delete(id)
  if (file) closeSync(file.descriptor)
  return file
}

function take(message: ToBodyFileWorker): void {
  const { id } = message
  if (message.kind === 'open') begin(id, message.path, message.elsewhere)
  else if (message.kind === 'write') {
    const { memory, bytes } = message
    const file = files.get(id)
    if (!file) return
    write(id, file, new Uint8Array(memory, 0, bytes))
    send({ kind: 'written', id, memory, bytes }, [memory])
  } else {
    const file = close(id)
    send({ kind: 'closed', id, hash: file && message.isWhole ? file.digest.digest('hex') : null })
  }
}

parentPort?.on('message', (message: ToBodyFileWorker) => {
  try {
    take(message)
  } catch (error) {
    send({ kind: 'failed', id: message.id, code: systemCode(error), message: messageOf(error) })
    try {
      close(message.id)
    } catch {
      // The first failure is the one to report.
    }
  }
})
