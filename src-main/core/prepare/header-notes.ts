/**
 * What becomes of a typed header that is not simply sent: in words, for beside its row. It is read off the head that was
 * put together, so that it holds for every behaviour; what may not be typed at all is a problem, of `headers.ts`.
 */
import type { HeaderNote, PreparedHeader } from '#contract/model/prepared.ts'
import type { Row } from '#contract/model/request.ts'
import type { Problems } from './problems.ts'

export interface NotedHead {
  /** The request's own rows, filled in. */
  readonly rows: readonly Row[]
  /** The head as it is sent, before a signature has its say. */
  readonly lines: readonly PreparedHeader[]
  /** What Host says where none is typed; null: the URL is not understood. */
  readonly authority: string | null
}

/**
 * The notes of the rows that are left out or stand for something else, in the order of the rows. Rows with a problem have
 * none: they say it themselves.
 *
 * @see RFC 9112 §6.2 and §6.3: a length that is not the body's is never sent; §3.2.2: Host beside the target
 */
export function headerNotes({ rows, lines, authority }: NotedHead, problems: Problems): HeaderNote[] {
  if (rows.length === 0) return []
  const sent = new Set(lines.map((line) => line.row))
  const faulty = new Set(problems.found.map(({ where }) => (where?.section === 'headers' ? where.row : undefined)))
  return rows.flatMap((row, index) => {
    if (!row.enabled || row.omit === true || row.name === '' || faulty.has(index)) return []
    const message = sent.has(index) ? sentNote(row, authority) : leftOutNote(row, lines)
    return message === null ? [] : [{ row: index, message }]
  })
}

function sentNote({ name, value }: Row, authority: string | null): string | null {
  if (name.toLowerCase() !== 'host' || authority === null || value.trim().toLowerCase() === authority.toLowerCase()) return null
  return `Sent in place of ${authority}. What is connected to, and whose certificate is asked for, still goes by the URL.`
}

function leftOutNote({ name, value }: Row, lines: readonly PreparedHeader[]): string | null {
  const key = name.toLowerCase()
  const instead = lines.findLast((line) => line.name.toLowerCase() === key)
  if (key === 'content-length') return lengthNote(value.trim(), instead, lines)
  if (!instead) return null
  if (instead.source === 'user') return `Not sent: of several ${instead.name} only the last is.`
  return instead.source === 'auth' || instead.source === 'url' || instead.source === 'netrc'
    ? `Not sent: the one from ${PLACES[instead.source]} is.`
    : null
}

const PLACES = { auth: 'Auth', url: 'the URL', netrc: 'netrc' } as const

function lengthNote(typed: string, instead: PreparedHeader | undefined, lines: readonly PreparedHeader[]): string | null {
  if (instead) {
    return instead.value === typed ? null : `Not sent as typed: ${instead.name}: ${instead.value} is, the true length of the body.`
  }
  return lines.some((line) => line.name.toLowerCase() === 'transfer-encoding')
    ? 'Not sent: the body goes in chunks, which need no length.'
    : 'Not sent: this request has no body, so it says no length.'
}
