/** `files=` of a call, and the fields of a multipart encoder: parts of a multipart body. */
import type { Part, Row } from '#contract/model/request.ts'
import { baseName, bytesText, type FormWriter } from './form-writer.ts'
import { iterated, pairsOf } from './operators.ts'
import { fieldText } from './python-text.ts'
import type { Text } from './text.ts'
import type { Value } from './values.ts'

interface PartFields {
  readonly name: string
  readonly contentType: string
  readonly headers: Row[]
  /** Null: the part has none. */
  readonly filename: string | null
  readonly isNamed: boolean
}

/**
 * The parts of one entry: content, or (filename, content[, type[, headers]]).
 *
 * @param kind in `files=` a plain text is a file named as its field; for an encoder it is a field
 * @see requests 2.34 `RequestEncodingMixin._encode_files`
 */
export function partsOf(key: Value, value: Value, writer: FormWriter, kind: 'files' | 'encoder' | 'data'): Part[] {
  const name = writer.field(key, 'The name of a part')
  if (name === null || value.kind === 'none') return []
  if (kind === 'data') return valuesOf(value).flatMap((one) => textPart(name, one, writer))
  const tuple = value.kind === 'tuple' || value.kind === 'list' ? value.items : null
  const [filename, content, type, headers] = tuple ?? [undefined, value]
  if (!content) {
    writer.note('lost', `The part ${name} has no content.`)
    return []
  }
  const isText = tuple === null ? kind === 'encoder' : filename?.kind === 'none'
  const given = filename && filename.kind !== 'none' ? writer.field(filename, 'A file name') : null
  return partOf(content, writer, {
    name,
    contentType: type && type.kind !== 'none' ? (writer.field(type, 'The type of a part') ?? '') : '',
    headers: headers && headers.kind !== 'none' ? headerRows(headers, writer) : [],
    filename: isText ? null : (given ?? name),
    isNamed: given !== null,
  })
}

function partOf(content: Value, writer: FormWriter, fields: PartFields): Part[] {
  const { name, contentType, headers } = fields
  const base = { name, enabled: true, contentType, headers }
  if (content.kind === 'file' || content.kind === 'content') {
    const isOwn = fields.isNamed && fields.filename === baseName(content.path)
    const isUnnamed = !fields.isNamed && content.kind === 'file'
    if (fields.filename === null) writer.note('changed', `The part ${name} is sent with the name of its file, which the script leaves out.`)
    const filename = isOwn || isUnnamed ? '' : (fields.filename ?? '')
    return [{ kind: 'file', ...base, files: [writer.text(content.path)], filename }]
  }
  const text = contentText(content, name, writer)
  if (text === null) return []
  if (fields.filename !== null) {
    writer.note(
      'changed',
      `The part ${name} is a field with the text in it: the script sends it as a file named "${fields.filename}", for which a file is needed.`,
    )
  }
  return [{ kind: 'text', ...base, value: text }]
}

function contentText(content: Value, name: string, writer: FormWriter): string | null {
  const text: Text | null = content.kind === 'bytes' ? bytesText(content.text) : fieldText(content)
  if (text === null)
    writer.note('lost', `The content of the part ${name} is not known before the script runs, or is no text, and is left out.`)
  return text === null ? null : writer.text(text)
}

function textPart(name: string, value: Value, writer: FormWriter): Part[] {
  if (value.kind === 'none') return []
  const text = contentText(value, name, writer)
  return text === null ? [] : [{ kind: 'text', name, enabled: true, contentType: '', headers: [], value: text }]
}

/** A list is a value for each of its items; a dictionary, its keys. */
export function valuesOf(value: Value): Value[] {
  return (value.kind === 'str' ? null : iterated(value)) ?? [value]
}

function headerRows(headers: Value, writer: FormWriter): Row[] {
  const pairs = pairsOf(headers)
  if (!pairs) writer.note('lost', 'The headers of a part are not known before the script runs, and are left out.')
  return (pairs ?? []).flatMap(([key, value]) => {
    const name = writer.field(key, 'The name of a header')
    const text = writer.field(value, 'A header')
    return name === null || text === null ? [] : [{ name, value: text, enabled: true }]
  })
}
