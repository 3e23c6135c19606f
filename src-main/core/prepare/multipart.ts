/**
 * multipart/form-data (RFC 7578), written by us: the parts in the rows' order, each with its own file name, type and
 * headers, exact length, any size. Names are raw UTF-8 with `"`, CR and LF escaped as browsers and requests do
 * (WHATWG HTML, multipart/form-data encoding algorithm).
 */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { FilePart, Part, Row, TextPart } from '#contract/model/request.ts'
import { fileSegment, segmentsBody, type FileSegment, type Segment } from './body-segments.ts'
import { curlType } from './curl-types.ts'
import { isHeaderName, valueFault } from './headers.ts'
import type { MultipartRules } from './behaviour-rules.ts'
import type { BodySource } from './prepared-request.ts'
import type { Problems } from './problems.ts'

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A boundary. The same seed makes the same one, so that what was previewed is what is sent. */
export function boundaryFrom(seed: string, { prefix, length, alphabet }: MultipartRules['boundary']): string {
  const hash = createHash('sha256').update(seed)
  if (alphabet === 'hex') return prefix + hash.digest('hex').slice(0, length)
  return prefix + [...hash.digest().subarray(0, length)].map((byte) => ALPHANUMERIC[byte % ALPHANUMERIC.length]).join('')
}

/** The boundary that a typed `Content-Type: multipart/…; boundary=…` names; null where it names none that a body can have. */
export function typedBoundary(contentType: string): string | null {
  const match = /;\s*boundary=(?:"([ !#-~]+)"|([!#-:<-~]+))\s*(?:;|$)/i.exec(contentType)
  return match?.[1] ?? match?.[2] ?? null
}

/** A typed Content-Type that names no boundary, or one that no body can have, with one. */
export function withBoundary(contentType: string, boundary: string): string {
  return `${contentType.replace(/;\s*boundary=(?:"[^"]*"|[^;]*)/i, '').replace(/;?\s*$/, '')}; boundary=${boundary}`
}

export interface MultipartContext {
  readonly baseDir: string | null
  readonly rules: MultipartRules
}

/** One part, as it is sent. A row with several files makes several. */
export interface PreparedPart {
  readonly name: string
  /** Its boundary, its head and, where it is no file, all the rest. */
  readonly start: string
  /** Null for a text. */
  readonly file: FileSegment | null
}

/** The enabled parts. Missing files and forbidden part headers become problems beside their row. */
export async function preparedParts(
  parts: readonly Part[],
  boundary: string,
  context: MultipartContext,
  problems: Problems,
): Promise<PreparedPart[]> {
  const prepared: PreparedPart[] = []
  for (const [row, part] of inOrder([...parts.entries()], context.rules)) {
    if (!part.enabled || isBlank(part)) continue
    const extra = partHeaders(part, row, context.rules, problems)
    if (part.kind === 'text') prepared.push({ name: part.name, start: textPart(part, boundary, extra, context.rules), file: null })
    else prepared.push(...(await fileParts(part, row, boundary, extra, context, problems)))
  }
  return prepared
}

/** A part, with what the rules make of its name, type and headers: for whoever has others write the body. */
export interface SentPart {
  readonly name: string
  readonly content:
    { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly path: string; readonly filename: string }
  /** Empty: none. */
  readonly contentType: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** The enabled parts in the order of the wire; what is wrong with them is said by `preparedParts`. */
export function sentParts(parts: readonly Part[], rules: MultipartRules, lookUp: TypesByName): SentPart[] {
  const withBreaks = (value: string): string => (rules.lineBreaks === 'crlf' ? withCrlf(value) : value)
  return inOrder([...parts.entries()], rules).flatMap(([, part]): SentPart[] => {
    if (!part.enabled || isBlank(part)) return []
    const given = part.headers.filter((header) => header.enabled && isHeaderName(header.name))
    const headers = sentHeaders(given, rules)
    const base = { name: withBreaks(part.name), headers }
    if (part.kind === 'text') return [{ ...base, contentType: part.contentType, content: { kind: 'text', text: withBreaks(part.value) } }]
    return part.files.map((path): SentPart => {
      const filename = sentName(part, path)
      return {
        ...base,
        contentType: part.contentType || fileType(filename, path, rules, lookUp),
        content: { kind: 'file', path, filename },
      }
    })
  })
}

/** A text part without anything but a name and a value. */
export function plainPart(name: string, value: string, boundary: string, rules: MultipartRules): PreparedPart {
  return { name, start: `--${boundary}\r\n${partHead(name, null, '', [], rules)}${value}\r\n`, file: null }
}

/** What stands on the wire for the parts, without the end of the body. */
export function partSegments(parts: readonly PreparedPart[]): Segment[] {
  return merged(parts.flatMap(({ start, file }) => [text(start), ...(file === null ? [] : [file, text('\r\n')])]))
}

/** The end of a body. */
export function closingSegment(boundary: string): Segment {
  return text(`--${boundary}--\r\n`)
}

/** The body of the parts; null where there are none. */
export function multipartBody(parts: readonly PreparedPart[], boundary: string): BodySource | null {
  return parts.length === 0 ? null : segmentsBody(merged([...partSegments(parts), closingSegment(boundary)]))
}

function text(value: string): Segment {
  return { kind: 'bytes', bytes: Buffer.from(value, 'utf8') }
}

/** requests writes the fields of `data`, which are plain texts, before those of `files`. */
function inOrder(parts: readonly (readonly [row: number, part: Part])[], rules: MultipartRules): readonly (readonly [number, Part])[] {
  if (!rules.textsFirst) return parts
  const isPlain = ([, part]: readonly [number, Part]): boolean =>
    part.kind === 'text' && part.contentType === '' && !part.headers.some((header) => header.enabled && header.name !== '')
  return [...parts.filter(isPlain), ...parts.filter((entry) => !isPlain(entry))]
}

function textPart(part: TextPart, boundary: string, extra: readonly string[], rules: MultipartRules): string {
  const value = rules.lineBreaks === 'crlf' ? withCrlf(part.value) : part.value
  return `--${boundary}\r\n${partHead(part.name, null, part.contentType, extra, rules)}${value}\r\n`
}

async function fileParts(
  part: FilePart,
  row: number,
  boundary: string,
  extra: readonly string[],
  { baseDir, rules }: MultipartContext,
  problems: Problems,
): Promise<PreparedPart[]> {
  const where = { section: 'body', row, field: 'files' } as const
  if (part.files.length === 0) problems.add('FileNotFound', where, `No file is chosen for "${part.name}".`)
  const prepared: PreparedPart[] = []
  for (const path of part.files) {
    try {
      const filename = sentName(part, path)
      const file = { ...(await fileSegment(path, baseDir)), name: filename }
      const { lookup } = await import('mime-types')
      const found = fileType(filename, path, rules, lookup)
      const head = partHead(part.name, filename, part.contentType || found, extra, rules)
      prepared.push({ name: part.name, start: `--${boundary}\r\n${head}`, file })
    } catch (error) {
      problems.catch(error, where)
    }
  }
  return prepared
}

/** `lookup` of the package `mime-types`, whose table is slow to load and needed by few requests. */
type TypesByName = (name: string) => string | false

/** The type of a file that has none typed; empty: none is sent. Where the sent name tells curl nothing, it asks the file's. */
export function fileType(
  filename: string,
  path: string,
  { fileType: rule }: Pick<MultipartRules, 'fileType'>,
  lookUp: TypesByName,
): string {
  switch (rule) {
    case 'by-name':
      return lookUp(filename) || 'application/octet-stream'
    case 'as-curl':
      return curlType(filename) ?? curlType(path) ?? 'application/octet-stream'
    case 'none':
      return ''
  }
}

/** The name sent for a file: the row's own where it has one file, else the file's. */
export function sentName(part: FilePart, path: string): string {
  return part.filename !== '' && part.files.length === 1 ? part.filename : basename(path.replaceAll('\\', '/'))
}

function partHead(name: string, filename: string | null, contentType: string, extra: readonly string[], rules: MultipartRules): string {
  const shown = filename === null ? '' : filenameParameters(filename, rules)
  const disposition = `Content-Disposition: form-data; name="${escaped(rules.lineBreaks === 'crlf' ? withCrlf(name) : name)}"${shown}`
  return [disposition, ...(contentType === '' ? [] : [`Content-Type: ${contentType}`]), ...extra, '', ''].join('\r\n')
}

/** `filename*` (RFC 5987) stands beside the raw UTF-8 name where the name is not ASCII: servers read the one or the other. */
function filenameParameters(filename: string, rules: MultipartRules): string {
  const plain = `; filename="${escaped(filename)}"`
  if (!rules.extendedFilename || /^[\x20-\x7e]*$/.test(filename)) return plain
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${plain}; filename*=UTF-8''${encoded}`
}

/** A file's name keeps its line breaks as they are, in browsers too. */
function escaped(value: string): string {
  return value.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** Line breaks as browsers send them (WHATWG HTML, "constructing the entry list"). */
function withCrlf(value: string): string {
  return value.replace(/\r\n|\r|\n/g, '\r\n')
}

function partHeaders(part: Part, row: number, rules: MultipartRules, problems: Problems): string[] {
  const where = { section: 'body', row, field: 'headers' } as const
  const sent: Row[] = []
  const typeFault = valueFault(part.contentType)
  if (typeFault !== null)
    problems.add('InvalidHeader', { ...where, field: 'contentType' }, `The content type of "${part.name}" ${typeFault}.`)
  for (const header of part.headers) {
    if (!header.enabled || (header.name === '' && header.value === '')) continue
    const fault = /[\r\n\0]/.test(header.value) ? 'holds a line break' : null
    if (!isHeaderName(header.name)) problems.add('InvalidHeader', where, `"${header.name}" cannot be the name of a part's header.`)
    else if (/^content-(?:disposition|type)$/i.test(header.name))
      problems.add('InvalidHeader', where, `${header.name} of a part has its own field.`, 'Remove this header.')
    else if (fault !== null) problems.add('InvalidHeader', where, `The part header ${header.name} ${fault}.`)
    else sent.push(header)
  }
  return sentHeaders(sent, rules).map(([name, value]) => `${name}: ${value}`)
}

/** To urllib3 they are a dictionary: of a name that comes twice the last value, in the place of the first. */
function sentHeaders(rows: readonly Row[], { partHeaders: rule }: MultipartRules): (readonly [name: string, value: string])[] {
  if (rule === 'all') return rows.map(({ name, value }) => [name, value.trim()])
  const byName = new Map(rows.map(({ name, value }) => [name, value]))
  return [...byName].filter(([name, value]) => value !== '' && name !== 'Content-Location')
}

function isBlank(part: Part): boolean {
  return part.name === '' && (part.kind === 'text' ? part.value === '' : part.files.length === 0)
}

/** Neighbouring texts in one segment, so that a body without files is one write. */
function merged(segments: readonly Segment[]): Segment[] {
  const result: Segment[] = []
  for (const segment of segments) {
    const last = result.at(-1)
    if (segment.kind === 'bytes' && last?.kind === 'bytes')
      result[result.length - 1] = { kind: 'bytes', bytes: Buffer.concat([last.bytes, segment.bytes]) }
    else result.push(segment)
  }
  return result
}
