/**
 * What came in a request's body, in httpbin's shape: text as `data`, fields as `form`, uploads as `files`, and `json`
 * where it parses. Read as a stream; above 10 MiB the content is counted and hashed, not sent back.
 */
import { createHash } from 'node:crypto'
import { isUtf8 } from 'node:buffer'
import { headerOf, valuesOf, type EchoCall } from './echo-call.ts'
import { boundaryOf, MultipartReader } from './multipart-reader.ts'

/** How much of a body, all its parts together, is sent back, in bytes. */
export const MAX_ECHO_BYTES = 10 * 1024 * 1024

export interface EchoBody {
  readonly data: string
  readonly files: Record<string, string | string[]>
  readonly form: Record<string, string | string[]>
  readonly json: unknown
}

/** Bytes of one content: kept while there is room, counted and hashed in any case. */
export class Content {
  private readonly hash = createHash('sha256')
  private pieces: Buffer[] | null = []
  private readonly room: { left: number }
  length = 0

  /** @param room bytes that may still be kept; shared by all contents of a body */
  constructor(room: { left: number }) {
    this.room = room
  }

  write(bytes: Buffer): void {
    this.hash.update(bytes)
    this.length += bytes.length
    this.room.left -= bytes.length
    if (this.room.left < 0) this.pieces = null
    this.pieces?.push(bytes)
  }

  sha256(): string {
    return this.hash.copy().digest('hex')
  }

  /** The bytes; null where they were too many. */
  bytes(): Buffer | null {
    return this.pieces === null ? null : Buffer.concat(this.pieces)
  }

  /** The text; a data URL where it is none; what is known of it where it is too much. */
  shown(contentType: string | null): string {
    const bytes = this.bytes()
    if (bytes === null) return `(${this.length} bytes, too many to send back; sha256 ${this.sha256()})`
    return isUtf8(bytes) ? bytes.toString('utf8') : `data:${contentType ?? 'application/octet-stream'};base64,${bytes.toString('base64')}`
  }
}

/** @throws {MultipartError} the body is not the multipart that its type says */
export async function readEchoBody({ request }: EchoCall): Promise<EchoBody> {
  const contentType = headerOf(request, 'content-type')
  const boundary = boundaryOf(contentType)
  if (boundary !== null) return readMultipart(request, boundary)
  const content = new Content({ left: MAX_ECHO_BYTES })
  for await (const chunk of request as AsyncIterable<Buffer>) content.write(chunk)
  const bytes = content.bytes()
  if (bytes !== null && /^\s*application\/x-www-form-urlencoded\b/i.test(contentType)) {
    // A question mark at the start belongs to the first name here; URLSearchParams would drop one.
    const text = bytes.toString('utf8').replace(/^\?/, '??')
    return { data: '', files: {}, form: valuesOf(new URLSearchParams(text)), json: null }
  }
  return { data: content.shown(null), files: {}, form: {}, json: bytes === null ? null : jsonOf(bytes) }
}

async function readMultipart(body: AsyncIterable<Buffer>, boundary: string): Promise<EchoBody> {
  const room = { left: MAX_ECHO_BYTES }
  const form: [string, string][] = []
  const files: [string, string][] = []
  const reader = new MultipartReader(boundary, ({ name, filename, contentType }) => {
    const content = new Content(room)
    const into = filename === null ? form : files
    return { write: (bytes) => content.write(bytes), end: () => into.push([name, content.shown(contentType)]) }
  })
  for await (const chunk of body) reader.write(chunk)
  reader.end()
  return { data: '', files: valuesOf(files), form: valuesOf(form), json: null }
}

/** Above this, parsing would keep everything else waiting for too long. */
const MAX_JSON_BYTES = 1024 * 1024

function jsonOf(bytes: Buffer): unknown {
  if (bytes.length === 0 || bytes.length > MAX_JSON_BYTES) return null
  try {
    return JSON.parse(bytes.toString('utf8'), keepNumber as (key: string, value: unknown) => unknown)
  } catch {
    return null // not JSON, as httpbin says it
  }
}

/** The part of ES2026 that the compiler's library does not describe yet: numbers keep the text they came in. */
type RawJson = typeof JSON & { readonly rawJSON: (text: string) => unknown }

function keepNumber(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  return typeof value === 'number' && context.source !== undefined ? (JSON as RawJson).rawJSON(context.source) : value
}
