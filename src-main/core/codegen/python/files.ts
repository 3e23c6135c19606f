/**
 * A multipart body: `data=` for the plain fields that stand first, `files=` for what has a file name, a type or headers,
 * and a MultipartEncoder where requests, which builds the body in memory, would be asked too much.
 */
import { lookup } from 'mime-types'
import { basename } from 'node:path'
import type { Body } from '#contract/model/request.ts'
import { sentParts, typedBoundary, type SentPart } from '../../prepare/multipart.ts'
import { NO_BODY, wantedType, type BodyContext, type PythonBody } from './body-parts.ts'
import { argument, call, dict, list, pairs, tuple, type Item, type Python } from './python-layout.ts'
import type { Script } from './script.ts'
import { hasRepeated } from './url.ts'

/** From this size on a body is streamed by MultipartEncoder: requests holds it in memory twice. */
export const STREAMED_FROM_BYTES = 64 * 1024 * 1024

/** What there is to send, each with the variable of its file. */
interface Field {
  readonly part: SentPart
  readonly file: string | null
}

/** `data=` and `files=` of a multipart body. */
export function multipartBody({ parts }: Extract<Body, { kind: 'multipart' }>, context: BodyContext): PythonBody {
  const { source, rules, script } = context
  const sent = sentParts(parts, rules.body.multipart, lookup)
  const count = sent.filter(({ content }) => content.kind === 'file').length
  let number = 0
  const fields = sent.map((part): Field => {
    if (part.content.kind === 'text') return { part, file: null }
    number += 1
    return { part, file: count === 1 ? 'file' : `file${number}` }
  })
  const files = fields.flatMap(({ part: { content }, file }) =>
    content.kind === 'file' && file !== null ? [{ name: file, path: script.path(content.path) }] : [],
  )
  saysWhatDiffers(sent, context)
  const typed = source.request.headers.find(({ name }) => name.toLowerCase() === 'content-type')
  const isHeeded = rules.body.multipart.typedBoundary === 'heeded' && typed !== undefined && /^\s*multipart\//i.test(typed.value)
  const isForm = /^\s*multipart\/form-data\s*(?:;|$)/i.test(typed?.value ?? '')
  const boundary = isHeeded && !isForm ? typedBoundary(typed.value) : null
  if (boundary !== null || (count > 0 && (source.request.body?.bytes ?? 0) >= STREAMED_FROM_BYTES)) {
    return streamed(fields, files, boundary, context)
  }
  if (wantedType(context) === null) script.lose('The Content-Type of a multipart body cannot be left out.')
  return { ...NO_BODY, items: itemsOf(fields, script), files, withoutTypedType: isHeeded && isForm }
}

function isPlain({ content, contentType, headers }: SentPart): boolean {
  return content.kind === 'text' && contentType === '' && headers.length === 0
}

/** requests writes the fields of `data` before those of `files`, and needs one of these to write multipart at all. */
function itemsOf(fields: readonly Field[], script: Script): Item[] {
  const first = fields.findIndex(({ part }) => !isPlain(part))
  const data = first < 0 ? [] : fields.slice(0, first)
  const files = first < 0 ? fields : fields.slice(first)
  const dataPairs = data.map(({ part }) => [part.name, partValue({ part, file: null }, script)] as const)
  const filePairs = files.map(
    (field) => [field.part.name, field.file === null && isPlain(field.part) ? textTuple(field, script) : partValue(field, script)] as const,
  )
  return [...(data.length > 0 ? [argument('data', named(dataPairs, script))] : []), argument('files', named(filePairs, script))]
}

function named(rows: readonly (readonly [string, Python])[], script: Script): Python {
  return pairs(
    rows.map(([name, value]) => [script.text(name), value]),
    hasRepeated(rows),
  )
}

/** A text without a file name: a bare one in `files` would get its field's name for one. */
function textTuple({ part }: Field, script: Script): Python {
  return tuple(['None', script.text(part.content.kind === 'text' ? part.content.text : '')])
}

/** `(filename, content, type, headers)`, as short as it goes: a file that is sent under its own name stands alone. */
function partValue({ part, file }: Field, script: Script): Python {
  const { content, contentType, headers } = part
  const value = content.kind === 'text' ? script.text(content.text) : (file ?? '')
  if (content.kind === 'text' && isPlain(part)) return value
  const isBare = content.kind === 'file' && contentType === '' && headers.length === 0
  if (isBare && content.filename === basename(content.path) && !/^<|>$/.test(content.filename)) return value
  const filename = content.kind === 'file' ? script.text(content.filename) : 'None'
  const type = contentType === '' ? 'None' : script.text(contentType)
  if (headers.length > 0) return tuple([filename, value, type, partHeaders(headers, script)])
  return contentType === '' ? tuple([filename, value]) : tuple([filename, value, type])
}

function partHeaders(headers: SentPart['headers'], script: Script): Python {
  const unique = new Map<string, readonly [string, string]>()
  for (const [name, value] of headers) {
    const key = name === 'Content-Location' ? 'content-location' : name
    if (unique.has(key)) script.note('lost', `A part’s header is sent once: of ${name} only the last.`)
    if (value === '') script.note('lost', `requests leaves out the part header ${name}, which has no value.`)
    // urllib3 throws a Content-Location away, unless it is written otherwise.
    unique.set(key, [key, value])
  }
  return dict([...unique.values()].map(([name, value]) => [script.text(name), script.text(value)]))
}

function saysWhatDiffers(sent: readonly SentPart[], { source, rules, script }: BodyContext): void {
  const isWide = sent.some(({ content }) => content.kind === 'file' && !/^[\x20-\x7e]*$/.test(content.filename))
  if (rules.body.multipart.extendedFilename && isWide) {
    script.note('changed', 'A file name that is not ASCII is sent as filename= in UTF-8, without filename* beside it.')
  }
  if (source.form.options.chunkedUpload) script.lose('The file is sent whole, not in parts.')
}

function streamed(fields: readonly Field[], files: PythonBody['files'], boundary: string | null, context: BodyContext): PythonBody {
  const { script } = context
  const encoder = script.from('requests_toolbelt', 'MultipartEncoder')
  const rows = fields.map((field): Python => tuple([script.text(field.part.name), partValue(asTuple(field), script)]))
  const why = boundary === null ? 'streams the files; requests itself would hold all of them in memory' : 'takes the boundary that is typed'
  script.comment(`MultipartEncoder (pip install requests-toolbelt) ${why}.`)
  script.note('changed', 'The code needs requests-toolbelt for its multipart body.')
  const items: Item[] = [argument('fields', list(rows)), ...(boundary === null ? [] : [argument('boundary', script.text(boundary))])]
  const isTyped = wantedType(context)?.kind === 'typed'
  return {
    ...NO_BODY,
    items: [argument('data', 'encoder')],
    files,
    type: isTyped && boundary !== null ? null : 'encoder.content_type',
    withoutTypedType: boundary === null,
    prepared: { name: 'encoder', value: call(encoder, items) },
  }
}

/** The encoder knows no file by itself: it always needs the name that is sent. */
function asTuple(field: Field): Field {
  const { part } = field
  return part.content.kind === 'file' && part.contentType === '' && part.headers.length === 0
    ? { ...field, part: { ...part, content: { ...part.content, path: '' } } }
    : field
}
