/**
 * The header lines of a request: the user's rows checked, the engine's defaults put in, all in the order of the wire.
 *
 * The order is the transport's: `host`, `connection`, then everything else, `content-length` last. A typed header takes
 * the place of the default of its name and keeps its own case (as in requests); duplicates are kept.
 */
import type { PreparedHeader } from '#contract/model/prepared.ts'
import type { Row } from '#contract/model/request.ts'
import type { Problems } from './problems.ts'

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** Headers of the connection, which the transport must write itself, and what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  'transfer-encoding': 'The body is sent with its exact length; remove this header.',
  'keep-alive': 'Connections are kept by the engine; remove this header.',
  upgrade: 'A protocol upgrade cannot be asked for by a header; remove it.',
  expect: 'Waiting for 100 Continue is not supported; remove this header.',
}
const METHODS_WITH_LENGTH = new Set(['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH'])

/** One of the user's headers, checked. */
export type TypedHeader = PreparedHeader & { readonly row: number }

/** The enabled rows as header lines; what may not be sent is a problem beside its cell. Rows without any text are skipped. */
export function typedHeaders(rows: readonly Row[], problems: Problems, warnings: string[]): TypedHeader[] {
  return rows.flatMap((row, index) => {
    if (!row.enabled || (row.name === '' && row.value === '')) return []
    const trimmed = row.value.replace(/^[ \t]+|[ \t]+$/g, '')
    if (!checkName(row.name, index, problems) || !checkValue(row.name, trimmed, index, problems)) return []
    if (row.name.toLowerCase() === 'content-length') {
      warnings.push('The typed Content-Length is left out: the true length is always sent.')
      return []
    }
    return [{ name: row.name, value: trimmed, source: 'user' as const, row: index }]
  })
}

/** Check a header that is not from a row, such as one made by auth; a problem is reported at `where`. */
export function isHeaderName(name: string): boolean {
  return TOKEN.test(name)
}

/** Why a text cannot be a header's value, in words; null where it can. */
export function valueFault(value: string): string | null {
  if (/[\r\n]/.test(value)) return 'holds a line break, which would start another header'
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(value)) return 'holds a control character'
  const wide = [...value].find((char) => (char.codePointAt(0) ?? 0) > 0xff)
  return wide === undefined ? null : `holds "${wide}", which no header can carry (headers are Latin-1)`
}

export interface HeaderParts {
  readonly method: string
  readonly authority: string
  readonly typed: readonly TypedHeader[]
  readonly userAgent: string
  /** Content-Type of the body, where it has one and the user typed none. */
  readonly contentType: string | null
  readonly cookie: string | null
  readonly auth: readonly PreparedHeader[]
  /** Null: no body at all. */
  readonly bodyBytes: number | null
}

/** Put the lines of the head together. */
export function assembleHeaders(parts: HeaderParts): PreparedHeader[] {
  const typed = new Map<string, TypedHeader[]>()
  for (const header of parts.typed) {
    const key = header.name.toLowerCase()
    typed.set(key, [...(typed.get(key) ?? []), header])
  }
  const lines: PreparedHeader[] = []
  const put = (name: string, value: string | null, source: PreparedHeader['source']): void => {
    const own = typed.get(name.toLowerCase())
    typed.delete(name.toLowerCase())
    if (own) lines.push(...own)
    else if (value !== null) lines.push({ name, value, source })
  }
  const fixed = (name: string, value: string): void => {
    const own = typed.get(name)?.at(-1)
    typed.delete(name)
    // The transport writes these two itself: their names, and the value of `connection`, in lower case.
    lines.push(
      own ? { ...own, name, value: name === 'connection' ? own.value.toLowerCase() : own.value } : { name, value, source: 'engine' },
    )
  }
  fixed('host', parts.authority)
  fixed('connection', 'keep-alive')
  put('User-Agent', parts.userAgent, 'engine')
  put('Accept', '*/*', 'engine')
  put('Accept-Encoding', 'gzip, deflate, br, zstd', 'engine')
  const late = new Set(['content-type', 'cookie', ...parts.auth.map((header) => header.name.toLowerCase())])
  for (const header of parts.typed) if (typed.has(header.name.toLowerCase()) && !late.has(header.name.toLowerCase())) lines.push(header)
  put('Content-Type', parts.contentType, 'body')
  put('Cookie', parts.cookie, 'cookies')
  for (const header of parts.auth) put(header.name, header.value, header.source)
  const length = contentLength(parts.method, parts.bodyBytes)
  if (length !== null) lines.push({ name: 'content-length', value: String(length), source: 'body' })
  return lines
}

/** Length to announce: of any body, and 0 for the methods that expect one (RFC 9110 §8.6). */
function contentLength(method: string, bodyBytes: number | null): number | null {
  if (bodyBytes !== null && bodyBytes > 0) return bodyBytes
  return METHODS_WITH_LENGTH.has(method) ? 0 : null
}

function checkName(name: string, row: number, problems: Problems): boolean {
  const where = { section: 'headers', row, field: 'name' } as const
  if (name === '') {
    problems.add('InvalidHeader', where, 'This header has a value but no name.')
    return false
  }
  if (!TOKEN.test(name)) {
    const why = /\s/.test(name) ? 'holds a space' : `holds "${[...name].find((char) => !TOKEN.test(char)) ?? ''}"`
    problems.add(
      'InvalidHeader',
      where,
      `The header name "${printable(name)}" ${why}.`,
      'A name is letters, digits and -, such as X-Request-Id.',
    )
    return false
  }
  const refusal = REFUSED[name.toLowerCase()]
  if (refusal !== undefined) {
    problems.add('InvalidHeader', where, `${name} is a matter of the connection and cannot be typed.`, refusal)
    return false
  }
  return true
}

function checkValue(name: string, value: string, row: number, problems: Problems): boolean {
  const where = { section: 'headers', row, field: 'value' } as const
  const fault = valueFault(value)
  if (fault !== null) {
    problems.add('InvalidHeader', where, `The value of ${name} ${fault}.`, 'Remove it, or encode it as the receiver expects.')
    return false
  }
  if (name.toLowerCase() === 'connection' && !/^(?:close|keep-alive)$/i.test(value)) {
    problems.add('InvalidHeader', where, `Connection: ${value} cannot be sent.`, 'Use close or keep-alive.')
    return false
  }
  return true
}

function printable(text: string): string {
  return text.replace(/[\0-\x1f\x7f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`).slice(0, 100)
}
