/** What a record of a stream says: the fields of an event, the text of a line. */
import type { RecordKind } from '#contract/model/record.ts'
import { SocketEventSchema, type SocketEvent } from '#contract/model/websocket.ts'

export interface RecordText {
  /** Empty where there is none. */
  readonly event: string
  readonly id: string
  /** Data of the event, or the text itself. */
  readonly text: string
  /** Lines of an event stream that make no event: comments, or only `retry`. */
  readonly isComment: boolean
  /** Of a message: its own length, without what the log says of it. */
  readonly bytes?: number
}

/**
 * Reads one record.
 *
 * @param decoded its bytes as text, with the line break it ends with
 */
export function readRecord(kind: RecordKind, decoded: string): RecordText {
  if (kind === 'sse') return readEvent(decoded)
  if (kind === 'socket') return readSocketEvent(decoded)
  const text = kind === 'lines' ? decoded.replace(/\r?\n$/, '') : decoded.replace(/^\u001e/, '').trim()
  return { event: '', id: '', text, isComment: false }
}

/** @see WHATWG HTML §9.2.6 */
function readEvent(decoded: string): RecordText {
  let event = ''
  let id = ''
  let data: string | null = null
  const others: string[] = []
  for (const line of decoded.split(/\r\n|\n|\r/)) {
    if (line === '') continue
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(line.startsWith(' ', colon + 1) ? colon + 2 : colon + 1)
    if (name === 'data') data = data === null ? value : `${data}\n${value}`
    else if (name === 'event') event = value
    else if (name === 'id') id = value.includes('\u0000') ? id : value
    else others.push(line)
  }
  return { event, id, text: data ?? others.join('\n'), isComment: data === null }
}

/** A line of a log may be cut where it is long: what can be made of it is shown as text. */
function readSocketEvent(line: string): RecordText {
  const event = socketEventIn(line)
  if (event === null) return { event: '', id: '', text: line, isComment: false }
  const { from, type, data, bytes, code } = event
  const said = from === 'client' ? 'sent' : 'received'
  // 1006 is never sent or received: it stands for a connection that broke (RFC 6455 §7.1.5).
  if (type === 'close' && code === 1006)
    return { event: 'broken', id: '', text: 'The connection broke without a close.', isComment: true, bytes }
  const text = type === 'close' ? [code, data].filter(Boolean).join(' ') : data
  return { event: type === 'text' ? said : `${said} ${type}`, id: '', text, isComment: type !== 'text' && type !== 'binary', bytes }
}

function socketEventIn(line: string): SocketEvent | null {
  try {
    return SocketEventSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}
