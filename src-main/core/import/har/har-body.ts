/** The body of a request in a HAR, in as far as the archive has it. */
import { isUtf8 } from 'node:buffer'
import type { Body, Part, Row } from '#contract/model/request.ts'
import { encodePair } from '#contract/model/url-query.ts'
import { bodyOfText } from '../request-parts/body-of-text.ts'
import { at, numberOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { bareType, headerValue, withContentType } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

interface ReadBody {
  readonly body: Body
  readonly headers: readonly Row[]
}

/** @param headers those that are kept, of which the body may say its type itself */
export function readBody(request: Loose, headers: readonly Row[], notes: NotesHere): ReadBody {
  const data = recordOf(at(request, 'postData'))
  const typed = headerValue(headers, 'content-type')
  const mimeType = typed || textOf(at(data, 'mimeType'))
  const text = sentText(data)
  const params = recordsOf(at(data, 'params'))
  const comment = textOf(at(data, 'comment'))
  const type = bareType(mimeType)
  const file = /^The body is the file (.*)\.$/s.exec(comment)?.[1]
  if (file !== undefined) return { body: { kind: 'file', path: file, contentType: '' }, headers: withContentType(headers, mimeType) }
  if (text === null || comment === 'base64' || /^The body of \d+ bytes was left out\.$/.test(comment)) {
    notes.lost('Its body is not text, or was too long to be in the file: choose the file to send.')
    return { body: { kind: 'file', path: '', contentType: '' }, headers: withContentType(headers, mimeType) }
  }
  if (type === 'multipart/form-data' && text === '' && params.length > 0) {
    return { body: { kind: 'multipart', parts: params.map((param) => partOf(param, notes)) }, headers: withoutType(headers) }
  }
  if (text === '' && params.length === 0 && (type === 'multipart/form-data' || sentBytes(request) > 0)) {
    notes.lost('Its body is not in the archive: fill it in.')
    return type === 'multipart/form-data'
      ? { body: { kind: 'multipart', parts: [] }, headers: withoutType(headers) }
      : { body: { kind: 'none' }, headers }
  }
  const content = text === '' && params.length > 0 ? params.map(pairOf).join('&') : text
  const body = bodyOfText(content, mimeType)
  if (content.includes('\uFFFD'))
    notes.lost('Bytes of its body that are no text are not in the archive: what is here is not what was sent.')
  if (body.kind === 'multipart') {
    for (const part of body.parts)
      if (part.kind === 'file') notes.lost(`What the file ${part.name} holds is not in the archive: choose the file.`)
    return { body, headers: withoutType(headers) }
  }
  return { body, headers: body.kind === 'none' ? headers : withContentType(headers, mimeType) }
}

/** Null where it is not text. Some programs write bytes as base64. */
function sentText(data: Loose): string | null {
  const text = textOf(at(data, 'text'))
  if (textOf(at(data, 'encoding')) !== 'base64') return text
  const bytes = Buffer.from(text, 'base64')
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : null
}

/** How long the body was, as far as that is said. */
function sentBytes(request: Loose): number {
  const declared = recordsOf(at(request, 'headers')).find((entry) => textOf(at(entry, 'name')).toLowerCase() === 'content-length')
  return Math.max(numberOf(at(request, 'bodySize')) ?? 0, Number(textOf(at(declared, 'value'))) || 0)
}

function withoutType(headers: readonly Row[]): Row[] {
  return headers.filter(({ name }) => name.toLowerCase() !== 'content-type')
}

function pairOf(param: Loose): string {
  return encodePair({ name: textOf(at(param, 'name')), value: textOf(at(param, 'value')) })
}

function partOf(param: Loose, notes: NotesHere): Part {
  const base = { name: textOf(at(param, 'name')), enabled: true, contentType: textOf(at(param, 'contentType')), headers: [] }
  const file = textOf(at(param, 'fileName'))
  if (file === '') return { ...base, kind: 'text', value: textOf(at(param, 'value')) }
  const isPath = /[/\\]/.test(file)
  if (!isPath) notes.lost(`What the file ${file} holds is not in the archive: choose the file.`)
  return { ...base, kind: 'file', files: isPath ? [file] : [], filename: isPath ? '' : file }
}
