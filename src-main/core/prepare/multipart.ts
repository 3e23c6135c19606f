/**
 * multipart/form-data (RFC 7578), written by us: the parts in the rows' order, each with its own file name, type and
 * headers, exact length, any size. Names are raw UTF-8 with `"`, CR and LF escaped as browsers and requests do
 * (WHATWG HTML, multipart/form-data encoding algorithm).
 */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { lookup } from 'mime-types'
import type { FilePart, Part } from '#contract/model/request.ts'
import { fileSegment, segmentsBody, type Segment } from './body-segments.ts'
import { isHeaderName, valueFault } from './headers.ts'
import type { BodySource } from './prepared-request.ts'
import type { Problems } from './problems.ts'

/** A boundary of 32 hex digits. The same seed makes the same one, so that what was previewed is what is sent. */
export function boundaryFrom(seed: string): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, 32)
}

/** The boundary that a typed `Content-Type: multipart/…; boundary=…` names; null where it names none. */
export function typedBoundary(contentType: string): string | null {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)
  return match?.[1] ?? match?.[2] ?? null
}

/**
 * The body of the enabled parts; null where there are none.
 * Missing files and forbidden part headers become problems beside their row.
 */
export async function multipartBody(
  parts: readonly Part[],
  boundary: string,
  baseDir: string | null,
  problems: Problems,
): Promise<BodySource | null> {
  const segments: Segment[] = []
  const text = (value: string): void => {
    segments.push({ kind: 'bytes', bytes: Buffer.from(value, 'utf8') })
  }
  for (const [row, part] of parts.entries()) {
    if (!part.enabled || isBlank(part)) continue
    const extra = partHeaders(part, row, problems)
    if (part.kind === 'text') {
      text(`--${boundary}\r\n${partHead(part.name, null, part.contentType, extra)}${part.value}\r\n`)
      continue
    }
    if (part.files.length === 0)
      problems.add('FileNotFound', { section: 'body', row, field: 'files' }, `No file is chosen for "${part.name}".`)
    for (const path of part.files) {
      try {
        const segment = await fileSegment(path, baseDir)
        const filename = sentName(part, path)
        text(`--${boundary}\r\n${partHead(part.name, filename, part.contentType || lookup(filename) || 'application/octet-stream', extra)}`)
        segments.push(segment)
        text('\r\n')
      } catch (error) {
        problems.catch(error, { section: 'body', row, field: 'files' })
      }
    }
  }
  if (segments.length === 0) return null
  text(`--${boundary}--\r\n`)
  return segmentsBody(merged(segments))
}

/** The name sent for a file: the row's own where it has one file, else the file's. */
function sentName(part: FilePart, path: string): string {
  return part.filename !== '' && part.files.length === 1 ? part.filename : basename(path.replaceAll('\\', '/'))
}

function partHead(name: string, filename: string | null, contentType: string, extra: readonly string[]): string {
  const disposition = `Content-Disposition: form-data; name="${escaped(name)}"${filename === null ? '' : filenameParameters(filename)}`
  return [disposition, ...(contentType === '' ? [] : [`Content-Type: ${contentType}`]), ...extra, '', ''].join('\r\n')
}

/** `filename*` (RFC 5987) stands beside the raw UTF-8 name where the name is not ASCII: servers read the one or the other. */
function filenameParameters(filename: string): string {
  const plain = `; filename="${escaped(filename)}"`
  if (/^[\x20-\x7e]*$/.test(filename)) return plain
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${plain}; filename*=UTF-8''${encoded}`
}

function escaped(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function partHeaders(part: Part, row: number, problems: Problems): string[] {
  const where = { section: 'body', row, field: 'headers' } as const
  const lines: string[] = []
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
    else lines.push(`${header.name}: ${header.value.trim()}`)
  }
  return lines
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
