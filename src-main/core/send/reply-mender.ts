/**
 * Mends the head of a reply before a parser reads it, in what every other client takes and this one's parsers refuse
 * although nothing about it is uncertain: a 100 that nobody asked for, header lines that are folded or have a space
 * before the colon, the same length said twice, a length beside chunks, a coding that codes nothing. What is uncertain, such as two different lengths, is left for the parser to
 * refuse. How it came is kept, to be shown.
 *
 * @see RFC 9112 §5.2 (folded lines are read with a space), §6.3 (chunks override a length); RFC 9110 §8.6 (equal lengths, also in one line), §15.2
 */
import { createChunkFraming, type ChunkFraming } from './chunk-framing.ts'
import { headerPairs, type WireHead } from './wire.ts'

export interface ReplyMender {
  /** A reply is awaited. @param onContinue told of each 100 that is taken out */
  readonly begin: (onContinue: (headers: WireHead['headers']) => void) => void
  /** Takes bytes as they come. @returns those to be parsed; null while the head is not whole */
  readonly take: (chunk: Buffer) => Buffer | null
  /** No more bytes come. @returns what was held back */
  readonly end: () => Buffer | null
  /** What was wrong with the reply and was mended, for each fault a sentence. */
  readonly faults: () => readonly string[]
  /** The header lines as they came, where they were mended; null where they were not. */
  readonly asReceived: () => WireHead['headers'] | null
  /** How many bytes have come behind the head of the reply; null where it could not be made out. */
  readonly afterHead: () => number | null
  /** How many bytes have come behind a body in chunks; null where it is none, has not ended, or could not be followed. */
  readonly afterChunks: () => number | null
  /** The status line of the reply; empty where it has not come, or is none. */
  readonly statusLine: () => string
  /** Whether the end of the body could be understood differently by others, so that nothing should follow it. */
  readonly isDoubtful: () => boolean
}

const NOTHING = Buffer.alloc(0)
/** So much is looked through for the head first: most are shorter, and what follows need not be read as text. */
const USUAL_HEAD_BYTES = 4096
/** A head that is larger is the parser's to refuse. */
const MAX_HEAD_BYTES = 1024 * 1024
const START = 'HTTP/1.'
const END_OF_HEAD = '\r\n\r\n'

interface Found {
  readonly faults: string[]
  statusLine: string
  headers: WireHead['headers'] | null
  afterHead: number | null
  /** Whether a line may say that the body comes in chunks. */
  mayBeChunked: boolean
  chunks: ChunkFraming | null
  isDoubtful: boolean
}

function nothingFound(): Found {
  return { faults: [], statusLine: '', headers: null, afterHead: null, mayBeChunked: false, chunks: null, isDoubtful: false }
}

export function createReplyMender(): ReplyMender {
  let held: Buffer = NOTHING
  let isHead = false
  let found = nothingFound()
  let onContinue: (headers: WireHead['headers']) => void = () => undefined

  const release = (): Buffer | null => {
    const bytes = held
    held = NOTHING
    isHead = false
    return bytes.length === 0 ? null : bytes
  }
  const take = (chunk: Buffer): Buffer | null => {
    if (!isHead) {
      if (found.afterHead !== null) found.afterHead += chunk.length
      found.chunks?.take(chunk)
      return chunk
    }
    const from = Math.max(0, held.length - 3)
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const { text, isWhole } = headIn(held, from)
    if (!mayBeHead(text, from) || (!isWhole && held.length > MAX_HEAD_BYTES)) return release()
    if (!isWhole) return null
    const status = Number(text.slice(9, 12))
    const whole = held
    held = NOTHING
    const rest = whole.subarray(text.length)
    if (status === 100) {
      onContinue(fieldsOf(linesOf(text)))
      return rest.length === 0 ? null : take(rest)
    }
    // Other interim replies are understood; the head that counts is still to come.
    isHead = status > 101 && status < 200
    const mended = isHead ? null : mend(text, found)
    if (!isHead) {
      found.afterHead = rest.length
      if (found.mayBeChunked && IN_CHUNKS.test(text)) (found.chunks = createChunkFraming()).take(rest)
    }
    const further = isHead && rest.length > 0 ? take(rest) : rest
    if (mended === null && further === rest) return whole
    return Buffer.concat([mended ?? whole.subarray(0, text.length), further ?? NOTHING])
  }
  return {
    begin: (listener) => {
      held = NOTHING
      isHead = true
      found = nothingFound()
      onContinue = listener
    },
    take,
    end: release,
    faults: () => found.faults,
    statusLine: () => found.statusLine,
    asReceived: () => found.headers,
    afterHead: () => found.afterHead,
    afterChunks: () => found.chunks?.surplus() ?? null,
    isDoubtful: () => found.isDoubtful,
  }
}

/** The text of a head, with the empty line where that has come. */
function headIn(bytes: Buffer, from: number): { readonly text: string; readonly isWhole: boolean } {
  let text = bytes.toString('latin1', 0, USUAL_HEAD_BYTES)
  let end = text.indexOf(END_OF_HEAD, from)
  if (end < 0 && bytes.length > USUAL_HEAD_BYTES) {
    text = bytes.toString('latin1')
    end = text.indexOf(END_OF_HEAD, from)
  }
  return end < 0 ? { text, isWhole: false } : { text: text.slice(0, end + END_OF_HEAD.length), isWhole: true }
}

/** A line that ends in LF alone. */
const BARE_LF = /(?:^|[^\r])\n/g

/**
 * Whether it begins as a reply does, and no line of it ends in LF alone: that is not mended here.
 *
 * @param from where the part that is not looked through yet begins
 */
function mayBeHead(text: string, from: number): boolean {
  if (!text.startsWith(START) && !START.startsWith(text)) return false
  BARE_LF.lastIndex = Math.max(0, from - 1)
  return !BARE_LF.test(text)
}

/** The lines of a whole head, the status line first. */
function linesOf(text: string): string[] {
  return text.slice(0, -4).split('\r\n')
}

function fieldsOf([, ...lines]: readonly string[]): WireHead['headers'] {
  return headerPairs(lines.flatMap((line) => [nameOf(line), line.slice(line.indexOf(':') + 1).trim()]))
}

function nameOf(line: string): string {
  const colon = line.indexOf(':')
  return colon < 0 ? line : line.slice(0, colon)
}

/** A line that is folded, or may have a space before its colon. */
const ODD_LINE = /\r\n(?:[ \t]|[^:\r\n]*[ \t]:)/
/** A line that says where the body ends: a reply that has more than one of them, or one with a list, may be at fault. */
const FRAMING_LINE = /\r\n(?:content-length|transfer-encoding)[ \t]*:/gi
const IS_LIST = /[^\r\n]*,/y
const IN_CHUNKS = /\r\ntransfer-encoding[ \t]*:[^\r\n]*\bchunked[ \t]*\r\n/i

/** Most heads have no fault, which is seen sooner in the whole of them than line by line. */
function isPlain(text: string, found: Found): boolean {
  found.mayBeChunked = true
  if (ODD_LINE.test(text)) return false
  FRAMING_LINE.lastIndex = 0
  const isFramed = FRAMING_LINE.test(text)
  // Most have a length alone, whose name ends otherwise.
  found.mayBeChunked = isFramed && (text.charCodeAt(FRAMING_LINE.lastIndex - 2) | 0x20) !== 0x68
  if (!isFramed) return true
  IS_LIST.lastIndex = FRAMING_LINE.lastIndex
  return !IS_LIST.test(text) && !FRAMING_LINE.test(text)
}

/** @returns the head as it is to be parsed; null where that is as it came */
function mend(text: string, found: Found): Buffer | null {
  found.statusLine = text.slice(0, text.indexOf('\r\n'))
  if (isPlain(text, found)) return null
  found.mayBeChunked = true
  const lines = linesOf(text)
  const unfolded = closeUp(unfold(lines, found), found)
  const mended = withOneLength(withoutIdentity(unfolded, found), found)
  if (found.faults.length === 0) return null
  found.headers = fieldsOf(unfolded)
  return Buffer.from(`${mended.join('\r\n')}\r\n\r\n`, 'latin1')
}

function unfold(lines: readonly string[], found: Found): readonly string[] {
  if (!lines.slice(2).some(isFolded)) return lines
  found.faults.push('A header line of the reply is folded, which HTTP no longer allows; it was read as one line.')
  const unfolded: string[] = []
  for (const line of lines) {
    const last = unfolded.at(-1)
    if (isFolded(line) && unfolded.length > 1 && last !== undefined) unfolded[unfolded.length - 1] = `${last.trimEnd()} ${line.trim()}`
    else unfolded.push(line)
  }
  return unfolded
}

/** RFC 9112 §5.1 has a proxy remove the space. Of fields that frame the message it is left for the parser to refuse. */
function closeUp(lines: readonly string[], found: Found): readonly string[] {
  const spaced = /^(?!content-length|transfer-encoding)([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]+:/i
  if (!lines.slice(1).some((line) => spaced.test(line))) return lines
  found.faults.push('A header line of the reply has a space before its colon, which was passed over.')
  return lines.map((line, index) => (index === 0 ? line : line.replace(spaced, '$1:')))
}

function isFolded(line: string): boolean {
  return line.startsWith(' ') || line.startsWith('\t')
}

/** It never changed anything, and HTTP has done away with it (RFC 7230 §A.2); others take it for a body without a length. */
function withoutIdentity(lines: readonly string[], found: Found): readonly string[] {
  const others = lines.filter((line) => !/^transfer-encoding\s*:\s*identity\s*$/i.test(line))
  if (others.length === lines.length) return lines
  found.faults.push('The reply has the Transfer-Encoding identity, which HTTP no longer has; it was passed over.')
  found.isDoubtful = true
  return others
}

function withOneLength(lines: readonly string[], found: Found): readonly string[] {
  const lengths = lines
    .filter(isLength)
    .flatMap((line) => line.slice(line.indexOf(':') + 1).split(','))
    .map((length) => length.trim())
  const [length] = lengths
  if (length === undefined) return lines
  const isChunked = lines.some((line) => /^transfer-encoding\s*:.*\bchunked\s*$/i.test(line))
  const isSame = lengths.every((other) => other === length && /^\d+$/.test(other))
  if (isChunked) {
    found.faults.push('The reply has both a Content-Length and chunks; the chunks were read, and the connection is not used again.')
    found.isDoubtful = true
    return lines.filter((line) => !isLength(line))
  }
  if (lengths.length === 1 || !isSame) return lines
  found.faults.push('The reply says its Content-Length more than once.')
  const first = lines.findIndex(isLength)
  return lines.flatMap((line, index) => (isLength(line) ? (index === first ? [`${nameOf(line)}: ${length}`] : []) : [line]))
}

function isLength(line: string): boolean {
  return nameOf(line).toLowerCase() === 'content-length'
}
