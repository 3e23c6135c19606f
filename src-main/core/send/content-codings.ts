/**
 * The content codings that can be undone (RFC 9110 §8.4.1, RFC 8878), each as what frames its data: how a member
 * starts, which engine reads it, what follows it. gzip is framed here rather than by zlib's own reader, because that
 * one throws away what it has decoded when other bytes follow the data.
 */
import {
  createBrotliDecompress,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  type BrotliDecompress,
  type Inflate,
  type InflateRaw,
  type ZstdDecompress,
} from 'node:zlib'

export type Engine = BrotliDecompress | Inflate | InflateRaw | ZstdDecompress

/** What the start of a member says: its header's length and its engine, or that more bytes are needed to tell. */
export type MemberStart = { readonly headerBytes: number; readonly engine: Engine } | 'more' | 'not-a-member'

export interface Coding {
  readonly name: string
  /** Look at the start of a member; `isAll`: no more bytes will come. */
  readonly start: (bytes: Buffer, isAll: boolean) => MemberStart
  /** How many bytes follow each member's data. */
  readonly trailerBytes: number
  /** The CRC-32 of a member's data, out of its trailer; null where the engine checks by itself. */
  readonly checksum: ((trailer: Buffer) => number) | null
  /** Whether several members in a row are one body. */
  readonly repeats: boolean
  /** Whether an engine's complaint means that what follows a whole member is not another one. */
  readonly isForeign: (complaint: string) => boolean
}

const CHUNK = { chunkSize: 64 * 1024 }
const GZIP: Coding = {
  name: 'gzip',
  start: (bytes) => {
    const header = gzipHeaderBytes(bytes)
    return typeof header === 'number' ? { headerBytes: header, engine: createInflateRaw(CHUNK) } : header
  },
  trailerBytes: 8,
  checksum: (trailer) => trailer.readUInt32LE(0),
  repeats: true,
  isForeign: () => false,
}
const DEFLATE: Coding = {
  name: 'deflate',
  start: (bytes, isAll) => {
    if (bytes.length < 2 && !isAll) return 'more'
    return { headerBytes: 0, engine: isZlib(bytes) ? createInflate(CHUNK) : createInflateRaw(CHUNK) }
  },
  trailerBytes: 0,
  checksum: null,
  repeats: false,
  isForeign: () => false,
}
const BROTLI: Coding = {
  name: 'br',
  start: () => ({ headerBytes: 0, engine: createBrotliDecompress(CHUNK) }),
  trailerBytes: 0,
  checksum: null,
  repeats: false,
  isForeign: () => false,
}
const ZSTD: Coding = {
  name: 'zstd',
  start: (bytes, isAll) => {
    if (bytes.length < 4 && !isAll) return 'more'
    return isZstd(bytes) ? { headerBytes: 0, engine: createZstdDecompress(CHUNK) } : 'not-a-member'
  },
  trailerBytes: 0,
  checksum: null,
  repeats: true,
  isForeign: (complaint) => complaint.includes('Unknown frame descriptor'),
}

const CODINGS: Readonly<Record<string, Coding>> = { gzip: GZIP, 'x-gzip': GZIP, deflate: DEFLATE, br: BROTLI, zstd: ZSTD }

/** The coding of a name in lower case; null where it is not known. */
export function codingNamed(name: string): Coding | null {
  return Object.hasOwn(CODINGS, name) ? (CODINGS[name] ?? null) : null
}

/**
 * Length of a gzip member's header.
 *
 * @see RFC 1952 §2.3
 */
function gzipHeaderBytes(bytes: Buffer): number | 'more' | 'not-a-member' {
  const magic = [0x1f, 0x8b, 8]
  if (magic.some((byte, index) => index < bytes.length && bytes[index] !== byte)) return 'not-a-member'
  if (bytes.length < 10) return 'more'
  const flags = bytes.readUInt8(3)
  let at = 10
  if (flags & 4) {
    if (bytes.length < at + 2) return 'more'
    at += 2 + bytes.readUInt16LE(at)
  }
  for (const textFlag of [8, 16]) {
    if (!(flags & textFlag)) continue
    const end = at < bytes.length ? bytes.indexOf(0, at) : -1
    if (end < 0) return 'more'
    at = end + 1
  }
  if (flags & 2) at += 2
  return bytes.length < at ? 'more' : at
}

/** Whether `deflate` means zlib's frame, as the standard says, or the bare data that some servers send. */
function isZlib(bytes: Buffer): boolean {
  return bytes.length >= 2 && (bytes.readUInt8(0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0
}

/** A frame, or a frame to skip. */
function isZstd(bytes: Buffer): boolean {
  if (bytes.length < 4) return false
  const magic = bytes.readUInt32LE(0)
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50
}
