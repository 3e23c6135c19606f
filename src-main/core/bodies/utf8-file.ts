/** A body as UTF-8 that is read by ranges: its own file where it is UTF-8 already, else a copy that is decoded piece by piece. */
import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { encodingName } from '../lib/encoding-names.ts'
import { incompleteTail } from './utf8.ts'
import { toUtf8 } from './utf8-text.ts'

export interface Utf8File {
  readonly bytes: number
  /** Fewer bytes at the end only. @param into a buffer that may be used for them */
  readonly read: (from: number, to: number, into?: Buffer) => Buffer
  readonly close: () => void
}

const PIECE = 1024 * 1024
const MARK = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * @param source  a file, or the bytes themselves
 * @param scratch where the copy is made, if one is needed; removed when it is closed
 * @param check   called often; what it throws ends the reading
 */
export function openUtf8(source: string | Uint8Array, encoding: string, scratch: string, check: () => void): Utf8File {
  const raw = typeof source === 'string' ? fileOf(source) : bytesOf(source)
  try {
    if (encodingName(encoding) === 'utf-8' && isWellFormed(raw, check)) return withoutMark(raw)
    const copy = decodedCopy(raw, encoding, scratch, check)
    raw.close()
    return copy
  } catch (error) {
    raw.close()
    throw error
  }
}

/** The pieces of a file, from its beginning; each is good until the next one. */
export function* piecesOf(file: Utf8File, size = PIECE): Generator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(size, file.bytes))
  for (let at = 0; at < file.bytes; at += size) yield file.read(at, Math.min(at + size, file.bytes), buffer)
}

function fileOf(path: string): Utf8File {
  const file = openSync(path, 'r')
  return {
    bytes: fstatSync(file).size,
    read: (from, to, into) => {
      const buffer = into?.subarray(0, to - from) ?? Buffer.allocUnsafeSlow(Math.max(0, to - from))
      let length = 0
      for (let read = -1; read !== 0 && length < buffer.length; length += read)
        read = readSync(file, buffer, length, buffer.length - length, from + length)
      return buffer.subarray(0, length)
    },
    close: () => closeSync(file),
  }
}

function bytesOf(bytes: Uint8Array): Utf8File {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { bytes: all.length, read: (from, to) => all.subarray(from, to), close: () => undefined }
}

function isWellFormed(file: Utf8File, check: () => void): boolean {
  let tail = Buffer.alloc(0)
  for (const piece of piecesOf(file)) {
    check()
    const all = tail.length === 0 ? piece : Buffer.concat([tail, piece])
    const cut = all.length - incompleteTail(all)
    if (!isUtf8(all.subarray(0, cut))) return false
    tail = Buffer.from(all.subarray(cut))
  }
  return tail.length === 0
}

function withoutMark(file: Utf8File): Utf8File {
  if (!file.read(0, MARK.length).equals(MARK)) return file
  const skip = MARK.length
  return { bytes: file.bytes - skip, read: (from, to, into) => file.read(from + skip, to + skip, into), close: file.close }
}

function decodedCopy(raw: Utf8File, encoding: string, path: string, check: () => void): Utf8File {
  const file = openSync(path, 'wx', 0o600)
  try {
    const stage = toUtf8(encoding, (bytes) => {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    })
    for (const piece of piecesOf(raw)) {
      check()
      stage.write(piece)
    }
    stage.end()
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  const copy = fileOf(path)
  return { ...copy, close: () => (copy.close(), rmSync(path, { force: true })) }
}
