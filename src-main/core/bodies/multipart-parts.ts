/**
 * Finds the parts of a multipart body as it streams by: their headers, and where their content lies. It is forgiving as
 * readers of mail are (bare LF, blanks behind a boundary, no closing boundary), and says what it forgave. What is in a
 * part is not its business; one that is multipart itself is looked at in the same way when it is opened.
 *
 * @see RFC 2046 §5.1.1
 */
import type { BodyPart } from '#contract/model/derived-body.ts'
import { headerText } from '../lib/header-text.ts'

export interface FoundParts {
  readonly parts: BodyPart[]
  /** What is wrong, in a sentence; null where nothing is. */
  readonly note: string | null
}

export const MAX_PARTS = 10_000
const MAX_HEAD_BYTES = 65_536
/** Blanks that may stand between a boundary and its line break. */
const MAX_PADDING = 256
const LF = 10
const CR = 13

/** The boundary that a Content-Type names; null where it names none. */
export function boundaryOf(contentType: string): string | null {
  const match = /;\s*boundary\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(contentType)
  const boundary = match?.[1]?.replaceAll(/\\(.)/g, '$1') ?? match?.[2] ?? ''
  return boundary === '' || boundary.length > 200 ? null : boundary
}

/** The boundary that the body's first line is, where its Content-Type names none. */
export function boundaryIn(start: Uint8Array): string | null {
  return /^(?:\r?\n)?--([^\r\n]{1,200}?)[ \t]*\r?\n/.exec(Buffer.from(start).toString('latin1'))?.[1] ?? null
}

type State = 'preamble' | 'content' | 'head' | 'done'

/** Push the body's bytes, cut anywhere, then `finish`. */
export class PartFinder {
  private readonly delimiter: Buffer
  private held: Buffer = Buffer.alloc(0)
  /** Where `held` begins in the body. */
  private from = 0
  /** What of `held` is known to hold no boundary. */
  private searched = 0
  private state: State = 'preamble'
  private headers: [string, string][] = []
  private contentFrom = 0
  private readonly parts: BodyPart[] = []
  private note: string | null = null

  constructor(boundary: string) {
    this.delimiter = Buffer.from(`--${boundary}`, 'latin1')
  }

  /** Whether nothing more is looked for. */
  get isDone(): boolean {
    return this.state === 'done'
  }

  write(bytes: Uint8Array): void {
    this.held = Buffer.concat([this.held, bytes])
    this.read(false)
  }

  finish(): FoundParts {
    this.read(true)
    const end = this.from + this.held.length
    if (this.state === 'head' && this.held.length > 0) {
      this.readHeaders(this.held)
      this.add(end, end)
    } else if (this.state === 'content') this.add(this.contentFrom, end)
    if (this.state === 'preamble') this.note = 'The boundary that the Content-Type names is nowhere in the body.'
    else if (this.state !== 'done') this.note = 'The last part is not closed by a boundary: the body may have been cut off.'
    return { parts: this.parts, note: this.note }
  }

  private read(isLast: boolean): void {
    let more = true
    while (more && this.state !== 'done') more = this.state === 'head' ? this.readHead() : this.readContent(isLast)
  }

  /** Up to the next boundary that stands at the start of a line. */
  private readContent(isLast: boolean): boolean {
    const at = this.held.indexOf(this.delimiter, this.searched)
    if (at < 0) {
      // What was seen goes, but for what may be the start of a boundary and the line break before it.
      const kept = Math.min(this.held.length, this.delimiter.length + 2)
      this.drop(this.held.length - kept)
      this.searched = 0
      return false
    }
    const behind = at + this.delimiter.length
    const end = lineEnd(this.held, behind)
    if (end === null && !isLast && this.held.length - behind < MAX_PADDING + 4) {
      this.drop(Math.max(0, at - 2))
      this.searched = at - Math.max(0, at - 2)
      return false
    }
    const isFirst = this.from + at === (this.state === 'content' ? this.contentFrom : 0)
    const isLineStart = isFirst || this.held[at - 1] === LF
    const rest = this.held.subarray(behind, end?.end ?? this.held.length).toString('latin1')
    if (!isLineStart || !/^(?:--.*|[ \t]*)$/s.test(rest) || (end === null && !isLast)) {
      this.searched = at + 1
      return true
    }
    this.bound(at, end?.next ?? this.held.length, rest.startsWith('--'))
    return true
  }

  /** A boundary at `at` of what is held: a part ends, another may begin. */
  private bound(at: number, next: number, isLast: boolean): void {
    const brk = this.held[at - 1] === LF ? (this.held[at - 2] === CR ? 2 : 1) : 0
    if (this.state === 'content') this.add(this.contentFrom, Math.max(this.contentFrom, this.from + at - brk))
    this.drop(next)
    this.searched = 0
    this.state = isLast ? 'done' : 'head'
    if (this.parts.length < MAX_PARTS) return
    this.state = 'done'
    this.note = `Only the first ${MAX_PARTS.toLocaleString('en-US')} parts are listed.`
  }

  /** The lines up to the empty one. */
  private readHead(): boolean {
    const first = lineEnd(this.held, 0)
    const end = first?.end === 0 ? { at: 0, next: first.next } : emptyLine(this.held)
    if (end === null && this.held.length <= MAX_HEAD_BYTES) return false
    this.readHeaders(this.held.subarray(0, end?.at ?? 0))
    this.drop(end?.next ?? 0)
    this.contentFrom = this.from
    this.state = 'content'
    return true
  }

  private readHeaders(head: Buffer): void {
    this.headers = []
    for (const line of head
      .toString('latin1')
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/)) {
      const colon = line.indexOf(':')
      if (colon > 0) this.headers.push([headerText(line.slice(0, colon).trim()), headerText(line.slice(colon + 1).trim())])
    }
  }

  private add(offset: number, end: number): void {
    this.parts.push({ headers: this.headers, offset, length: end - offset })
  }

  private drop(count: number): void {
    this.held = this.held.subarray(count)
    this.from += count
  }
}

/** Where the line at `from` ends and the next begins; null where its end is not here. */
function lineEnd(bytes: Buffer, from: number): { readonly end: number; readonly next: number } | null {
  const at = bytes.indexOf(LF, from)
  if (at < 0) return null
  return { end: at > from && bytes[at - 1] === CR ? at - 1 : at, next: at + 1 }
}

/** Where the first empty line begins, and what follows it. */
function emptyLine(bytes: Buffer): { readonly at: number; readonly next: number } | null {
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return { at, next: at + 2 }
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return { at, next: at + 3 }
  }
  return null
}
