/**
 * Mends the head of a reply before a parser reads it, in what every other client takes and this one's parsers refuse
 * although nothing about it is uncertain: a 100 that nobody asked for, header lines that are folded or have a space
 * before the colon, the same length said twice, a length beside chunks. What is uncertain, such as two different lengths, is left for the parser to
 * refuse. How it came is kept, to be shown.
 *
 * @see RFC 9112 §5.2 (folded lines are read with a space), §6.3 (chunks override a length); RFC 9110 §8.6, §15.2
 */
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
  /** The status line of the reply; empty where it has not come, or is none. */
  readonly statusLine: () => string
  /** Whether the end of the body could be understood differently by others, so that nothing should follow it. */
  readonly isDoubtful: () => boolean
}

const NOTHING = Buffer.alloc(0)
/** A head that is larger is the parser's to refuse. */
const MAX_HEAD_BYTES = 1024 * 1024
const START = 'HTTP/1.'

interface Found {
  readonly faults: string[]
  statusLine: string
  headers: WireHead['headers'] | null
  isDoubtful: boolean
}

function nothingFound(): Found {
  return { faults: [], statusLine: '', headers: null, isDoubtful: false }
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
    if (!isHead) return chunk
    const from = Math.max(0, held.length - 3)
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const end = held.indexOf('\r\n\r\n', from)
    const head = end < 0 ? held : held.subarray(0, end + 4)
    if (!mayBeHead(head, from) || (end < 0 && held.length > MAX_HEAD_BYTES)) return release()
    if (end < 0) return null
    const status = Number(head.toString('latin1', 9, 12))
    const rest = held.subarray(head.length)
    if (status === 100) {
      onContinue(fieldsOf(linesOf(head)))
      held = NOTHING
      return rest.length === 0 ? null : take(rest)
    }
    // Other interim replies are understood; the head that counts is still to come.
    isHead = status > 101 && status < 200
    const mended = isHead ? head : mend(head, found)
    held = NOTHING
    const further = isHead && rest.length > 0 ? take(rest) : rest
    return further === null || further.length === 0 ? mended : Buffer.concat([mended, further])
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
    isDoubtful: () => found.isDoubtful,
  }
}

/**
 * Whether it begins as a reply does, and no line of it ends in LF alone: that is not mended here.
 *
 * @param from where the part that is not looked through yet begins
 */
function mayBeHead(head: Buffer, from: number): boolean {
  const start = head.toString('latin1', 0, START.length)
  if (!START.startsWith(start)) return false
  for (let at = head.indexOf(10, from); at >= 0; at = head.indexOf(10, at + 1)) if (head[at - 1] !== 13) return false
  return true
}

/** The lines of a whole head, the status line first. */
function linesOf(head: Buffer): string[] {
  return head.toString('latin1', 0, head.length - 4).split('\r\n')
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
const LENGTH_LINE = /\r\ncontent-length[ \t]*:/gi
const CODING_LINE = /\r\ntransfer-encoding[ \t]*:/i

/** Most heads have no fault, which is seen sooner in the whole of them than line by line. */
function isPlain(text: string): boolean {
  if (ODD_LINE.test(text)) return false
  const lengths = text.match(LENGTH_LINE)?.length ?? 0
  return lengths === 0 || (lengths === 1 && !CODING_LINE.test(text))
}

function mend(head: Buffer, found: Found): Buffer {
  const text = head.toString('latin1')
  found.statusLine = text.slice(0, text.indexOf('\r\n'))
  if (isPlain(text)) return head
  const lines = linesOf(head)
  const unfolded = closeUp(unfold(lines, found), found)
  const mended = withOneLength(unfolded, found)
  if (found.faults.length === 0) return head
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

function withOneLength(lines: readonly string[], found: Found): readonly string[] {
  const lengths = lines
    .filter((line) => nameOf(line).toLowerCase() === 'content-length')
    .map((line) => line.slice(line.indexOf(':') + 1).trim())
  if (lengths.length === 0) return lines
  const isChunked = lines.some((line) => /^transfer-encoding\s*:.*\bchunked\s*$/i.test(line))
  const isSame = lengths.every((length) => length === lengths[0] && /^\d+$/.test(length))
  if (isChunked) {
    found.faults.push('The reply has both a Content-Length and chunks; the chunks were read, and the connection is not used again.')
    found.isDoubtful = true
  } else if (lengths.length > 1 && isSame) found.faults.push('The reply says its Content-Length more than once.')
  else return lines
  let isKept = isChunked
  return lines.filter((line) => {
    if (nameOf(line).toLowerCase() !== 'content-length') return true
    const isFirst = !isKept
    isKept = true
    return isFirst
  })
}
