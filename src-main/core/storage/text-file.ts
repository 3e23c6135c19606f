/**
 * A YAML file's bytes as text. UTF-8 is what is written; other encodings are shown so that nothing is hidden, and told
 * of. A file's revision is the hash of its bytes.
 */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { storageError } from './atomic-write.ts'
import { notFound } from './item-paths.ts'
import { unreadable } from './opencollection/yaml-source.ts'

/** Larger than any request typed by hand, and small enough for one frame. */
export const MAX_FILE_BYTES = 24 * 1024 * 1024

export interface TextFile {
  readonly text: string
  readonly revision: string
  /** Why the bytes are not what they should be, though `text` shows them. */
  readonly fault: CoreError | null
}

/**
 * @throws {CoreError} `NotFound` where there is no such file; `TooLarge`; `StorageError` where it cannot be read
 */
export async function readTextFile(path: string): Promise<TextFile> {
  try {
    const { size } = await stat(path)
    if (size > MAX_FILE_BYTES) throw tooLarge(path, size)
    return decodeFile(await readFile(path), basename(path))
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') throw notFound(basename(path))
    throw storageError(error, path, 'read')
  }
}

/** Text of a file's bytes: UTF-8, or UTF-16 with its mark; else byte by byte. */
export function decodeFile(bytes: Uint8Array, name: string): TextFile {
  return { ...decodeText(bytes, name), revision: revisionOf(bytes) }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The same for who has no use for the revision, of which the hash takes longer than the rest. */
export function decodeText(bytes: Uint8Array, name: string): Pick<TextFile, 'text' | 'fault'> {
  const [first, second] = bytes
  const utf16 = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null
  if (utf16 !== null) return { text: new TextDecoder(utf16).decode(bytes), fault: unreadable(name, 'it is UTF-16, not UTF-8') }
  try {
    return { text: utf8.decode(bytes), fault: null }
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), fault: unreadable(name, 'its bytes are not UTF-8') }
  }
}

/** Hash of a file's bytes, in hex. */
export function revisionOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function tooLarge(path: string, bytes: number): CoreError {
  const mebibytes = Math.round(bytes / 1024 / 1024)
  return new CoreError('TooLarge', 'store', `${path} has ${mebibytes} MiB, which is more than a request file can have.`, {
    hint: 'Put its body in a file of its own, and choose the body type File.',
  })
}
