/**
 * The thread that large bodies go through on their way to the disk: it hashes and writes what comes, a piece at a time, and
 * gives the memory back. What a body is, and what becomes of its file, is for the other end, body-file-thread.ts.
 */
import { createHash, type Hash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { messageOf, systemCode } from '../lib/core-error.ts'

export type ToBodyFileWorker =
  | { readonly kind: 'open'; readonly id: number; readonly path: string }
  | { readonly kind: 'write'; readonly id: number; readonly memory: ArrayBuffer; readonly bytes: number }
  /** No more comes; with `isWhole` its hash is asked for. */
  | { readonly kind: 'close'; readonly id: number; readonly isWhole: boolean }

export type FromBodyFileWorker =
  | { readonly kind: 'written'; readonly id: number; readonly memory: ArrayBuffer; readonly bytes: number }
  /** `hash` is a SHA-256 in hex; null where it is not whole. */
  | { readonly kind: 'closed'; readonly id: number; readonly hash: string | null }
  /** `code` is that of a system error, such as `ENOSPC`. What else comes for this file is dropped. */
  | { readonly kind: 'failed'; readonly id: number; readonly code: string | null; readonly message: string }

/**
 * So much is written at once. Linux keeps in one piece what it was given in one; large pieces of memory are had slowly, above all
 * in a virtual machine that gives back what is free: to write 1 MiB at once took up to ten times as long.
 */
const WRITE_BYTES = 64 * 1024

interface OpenFile {
  readonly descriptor: number
  readonly digest: Hash
}

const files = new Map<number, OpenFile>()

function send(message: FromBodyFileWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer)
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, Math.min(WRITE_BYTES, bytes.length - at))
}

function close(id: number): OpenFile | undefined {
  const file = files.get(id)
  files.delete(id)
  if (file) closeSync(file.descriptor)
  return file
}

function take(message: ToBodyFileWorker): void {
  const { id } = message
  if (message.kind === 'open') {
    files.set(id, { descriptor: openSync(message.path, 'wx', 0o600), digest: createHash('sha256') })
  } else if (message.kind === 'write') {
    const { memory, bytes } = message
    const file = files.get(id)
    if (!file) return
    const piece = new Uint8Array(memory, 0, bytes)
    writeAll(file.descriptor, piece)
    file.digest.update(piece)
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
