/**
 * Reads a multipart/form-data body as it arrives, in memory that does not grow with it: each part's head is given when
 * it is complete, its content piece by piece. What becomes of the content is the caller's.
 *
 * @see RFC 7578; RFC 2046 §5.1.1; WHATWG HTML §4.10.22.8 for the escapes in names
 */

export interface PartHead {
  /** Empty where the part has none. */
  readonly name: string
  /** Null where it is a field, not a file. */
  readonly filename: string | null
  readonly contentType: string | null
}

export interface PartSink {
  readonly write: (bytes: Buffer) => void
  readonly end: () => void
}

/** The body is not what its Content-Type says. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError'
}

const MAX_HEAD_BYTES = 65_536
/** Blanks that may stand between a boundary and its line break. */
const MAX_PADDING = 256

type State = 'content' | 'head' | 'done'

/** The boundary of a multipart Content-Type; null where there is none. */
export function boundaryOf(contentType: string): string | null {
  if (!/^\s*multipart\//i.test(contentType)) return null
  const boundary = parameters(contentType).get('boundary') ?? ''
  return boundary === '' || boundary.length > 200 ? null : boundary
}

/** Push the body's bytes, cut anywhere, then `end`. Both throw {@link MultipartError}. */
export class MultipartReader {
  private readonly delimiter: Buffer
  private readonly onPart: (head: PartHead) => PartSink
  /** As if a line break stood before the body, so that its first boundary is like the others. */
  private held: Buffer = Buffer.from('\r\n')
  private state: State = 'content'
  /** Null before the first boundary: what stands there is nobody's. */
  private part: PartSink | null = null

  constructor(boundary: string, onPart: (head: PartHead) => PartSink) {
    this.delimiter = Buffer.from(`\r\n--${boundary}`, 'utf8')
    this.onPart = onPart
  }

  write(bytes: Buffer): void {
    this.held = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes])
    let more = true
    while (more && this.state !== 'done') more = this.state === 'content' ? this.readContent() : this.readHead()
    if (this.state === 'done') this.held = Buffer.alloc(0)
  }

  end(): void {
    if (this.state !== 'done') throw new MultipartError('The body ends before its last boundary.')
  }

  /** Whether more can be read from what is held. */
  private readContent(): boolean {
    const { held, delimiter } = this
    const at = held.indexOf(delimiter)
    if (at < 0) {
      this.pass(Math.max(0, held.length - delimiter.length + 1))
      return false
    }
    const behind = this.behindBoundary(at + delimiter.length)
    if (behind === null) {
      this.pass(at)
      return false
    }
    if (behind.kind === 'text') {
      this.pass(at + delimiter.length)
      return true
    }
    this.pass(at)
    this.part?.end()
    this.part = null
    this.held = held.subarray(behind.next)
    // The break that ends a boundary's line may be the one that ends an empty head too, so it is left in place.
    this.state = behind.kind === 'last' ? 'done' : 'head'
    return this.state === 'head'
  }

  /** What a boundary turns out to be by what follows it; null where that has not come yet. */
  private behindBoundary(from: number): { readonly kind: 'next' | 'last' | 'text'; readonly next: number } | null {
    const { held } = this
    let at = from
    if (held.toString('latin1', at, at + 2) === '--') return { kind: 'last', next: at + 2 }
    while (held[at] === 0x20 || held[at] === 0x09) at += 1
    if (at - from > MAX_PADDING) return { kind: 'text', next: at }
    if (held.length < at + 2) return null
    return { kind: held[at] === 0x0d && held[at + 1] === 0x0a ? 'next' : 'text', next: at }
  }

  private readHead(): boolean {
    const end = this.held.indexOf('\r\n\r\n')
    if (end < 0 || end > MAX_HEAD_BYTES) {
      if (this.held.length > MAX_HEAD_BYTES) throw new MultipartError('The headers of a part are too long.')
      return false
    }
    this.part = this.onPart(headOf(this.held.toString('utf8', 0, end)))
    this.held = this.held.subarray(end + 4)
    this.state = 'content'
    return true
  }

  private pass(length: number): void {
    if (length > 0) this.part?.write(this.held.subarray(0, length))
    this.held = this.held.subarray(length)
  }
}

function headOf(text: string): PartHead {
  const headers = new Map<string, string>()
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  const disposition = parameters(headers.get('content-disposition') ?? '')
  const extended = /^utf-8'[^']*'(.*)$/i.exec(disposition.get('filename*') ?? '')?.[1]
  return {
    name: disposition.get('name') ?? '',
    filename: extended === undefined ? (disposition.get('filename') ?? null) : decoded(extended),
    contentType: headers.get('content-type') ?? null,
  }
}

/** Parameters of a header value, names in lower case. Browsers write a quote in a name as `%22`, others as `\"`. */
function parameters(value: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', raw = ''] of value.matchAll(/;\s*([^=;\s]+)\s*=\s*("(?:\\.|[^"\\])*"|[^;]*)/g)) {
    const text = raw.startsWith('"') ? raw.slice(1, -1).replaceAll('\\"', '"') : raw.trim()
    found.set(
      name.toLowerCase(),
      text.replaceAll(/%22|%0D|%0A/gi, (escape) => decodeURIComponent(escape)),
    )
  }
  return found
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // not percent-encoded after all
  }
}
