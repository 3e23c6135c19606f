/** The user's header rows, checked: what may be typed, and how it is sent. Their order on the wire is `head.ts`. */
import type { FieldRef } from '#contract/errors.ts'
import type { InheritedRow, PreparedHeader } from '#contract/model/prepared.ts'
import type { Row } from '#contract/model/request.ts'
import type { BehaviourRules } from './behaviour-rules.ts'
import type { Problems } from './problems.ts'

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** Headers of the connection, which are never the user's, and what to do instead. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['transfer-encoding', 'The body is sent with its exact length; remove this header.'],
  ['upgrade', 'A protocol upgrade cannot be asked for by a header; remove it.'],
])
/** Those that are refused unless the rules let them through. */
const CONNECTION_HEADERS: ReadonlyMap<string, string> = new Map([
  ['keep-alive', 'Connections are kept by the engine; remove this header.'],
  ['expect', 'Waiting for 100 Continue is not supported; remove this header.'],
])

/** A header that was typed, checked: in a row of the request, or somewhere around it. */
export type TypedHeader = PreparedHeader

/** The enabled rows as header lines; what may not be sent is a problem beside its cell. Rows without any text are skipped. */
export function typedHeaders(rows: readonly Row[], rules: BehaviourRules, problems: Problems, warnings: string[]): TypedHeader[] {
  const sent = rows.flatMap((row, index) => {
    if (!row.enabled || row.omit === true || (row.name === '' && row.value === '')) return []
    const started = row.value.replace(/^[ \t]+/, '')
    const value = rules.head.trailingSpace === 'kept' ? started : started.replace(/[ \t]+$/, '')
    if (!checkName(row.name, index, rules, problems) || !checkValue(row.name, value, index, rules, problems)) return []
    return [{ name: row.name, value, source: 'user' as const, row: index }]
  })
  return rules.head.duplicates === 'all' ? sent : lastOfEach(sent, warnings)
}

/** The rows of the layers around the request as header lines; what may not be sent is a problem of Headers. */
export function inheritedHeaders(rows: readonly InheritedRow[], rules: BehaviourRules, problems: Problems): TypedHeader[] {
  return rows.flatMap(({ row, origin }) => {
    const value = row.value.replace(/^[ \t]+|[ \t]+$/g, '')
    if (!checkName(row.name, undefined, rules, problems) || !checkValue(row.name, value, undefined, rules, problems)) return []
    return [{ name: row.name, value, source: 'inherited' as const, origin }]
  })
}

/** As requests merges: a request's own header stands in the place of the inherited one of its name, and is spelt its way. */
export function mergeHeaders(inherited: readonly TypedHeader[], own: readonly TypedHeader[]): TypedHeader[] {
  if (inherited.length === 0) return [...own]
  const key = (header: TypedHeader): string => header.name.toLowerCase()
  const names = new Set(inherited.map(key))
  const placed = new Set<string>()
  const merged = inherited.flatMap((header) => {
    const instead = own.filter((one) => key(one) === key(header))
    if (instead.length === 0) return [header]
    if (placed.has(key(header))) return []
    placed.add(key(header))
    return instead
  })
  return [...merged, ...own.filter((one) => !names.has(key(one)))]
}

/** Of a name typed more than once the last, in the place of the first: requests keeps headers in a dictionary. */
function lastOfEach(headers: readonly TypedHeader[], warnings: string[]): TypedHeader[] {
  const byName = new Map<string, TypedHeader>()
  for (const header of headers) {
    const key = header.name.toLowerCase()
    if (byName.has(key)) warnings.push(`${header.name} is typed more than once: only the last is sent, as by requests.`)
    byName.set(key, header)
  }
  return [...byName.values()]
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

/** A row of the request; what comes from elsewhere has none. */
function placeOf(row: number | undefined, field: 'name' | 'value'): FieldRef {
  return row === undefined ? { section: 'headers' } : { section: 'headers', row, field }
}

function checkName(name: string, row: number | undefined, { head }: BehaviourRules, problems: Problems): boolean {
  const where = placeOf(row, 'name')
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
  const key = name.toLowerCase()
  const refusal = REFUSED.get(key) ?? (head.connectionHeaders === 'refused' ? CONNECTION_HEADERS.get(key) : undefined)
  if (refusal !== undefined) {
    problems.add('InvalidHeader', where, `${name} is a matter of the connection and cannot be typed.`, refusal)
    return false
  }
  return true
}

function checkValue(name: string, value: string, row: number | undefined, { head }: BehaviourRules, problems: Problems): boolean {
  const where = placeOf(row, 'value')
  const fault = valueFault(value)
  if (fault !== null) {
    problems.add('InvalidHeader', where, `The value of ${name} ${fault}.`, 'Remove it, or encode it as the receiver expects.')
    return false
  }
  if (head.connectionHeaders === 'refused' && name.toLowerCase() === 'connection' && !/^(?:close|keep-alive)$/i.test(value)) {
    problems.add('InvalidHeader', where, `Connection: ${value} cannot be sent.`, 'Use close or keep-alive.')
    return false
  }
  return true
}

function printable(text: string): string {
  return text.replace(/[\0-\x1f\x7f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`).slice(0, 100)
}
