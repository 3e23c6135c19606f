/** `data=`, `json=` and `files=` of a call: the body, by requests' rules of which of them wins. */
import type { Body, Part, Row } from '#contract/model/request.ts'
import { fieldRows } from './call-rows.ts'
import { partsOf } from './call-files.ts'
import { bytesText, type FormWriter } from './form-writer.ts'
import { unknown } from './machine.ts'
import { pairsOf } from './operators.ts'
import { dumped, FORM_DUMP } from './python-text.ts'
import { plain, type Text } from './text.ts'
import { dict, list, plainText, truth, type Value } from './values.ts'
import { isJsonStructure } from '../../lib/is-json.ts'

const NO_BODY: Body = { kind: 'none' }

interface BodyArguments {
  readonly data: Value | undefined
  readonly json: Value | undefined
  readonly files: Value | undefined
  /** Rows that are sent with it, to tell the kind of a text by. */
  readonly headers: readonly Row[]
}

/** @see requests 2.34 `PreparedRequest.prepare_body`: files before data before json */
export function bodyOf({ data, json, files, headers }: BodyArguments, writer: FormWriter): Body {
  const hasFiles = files !== undefined && truth(files) !== false
  const hasData = data !== undefined && truth(data) !== false
  const hasJson = json !== undefined && json.kind !== 'none'
  if (hasJson && (hasFiles || hasData)) {
    writer.note('changed', `json= is left out: requests sends no JSON beside ${hasFiles ? 'files=' : 'data='}.`)
  }
  if (hasFiles) return multipart(files, hasData ? data : undefined, headers, writer)
  if (hasData) return dataBody(data, headers, writer)
  return hasJson ? jsonBody(json, writer) : NO_BODY
}

function multipart(files: Value, data: Value | undefined, headers: readonly Row[], writer: FormWriter): Body {
  const parts: Part[] = []
  if (data) {
    const fields = pairsOf(data)
    if (!fields) writer.note('lost', 'data= beside files= has to be fields; it is left out.')
    parts.push(...(fields ?? []).flatMap(([key, value]) => partsOf(key, value, writer, 'data')))
  }
  const entries = pairsOf(files)
  if (!entries) writer.note('lost', 'files= is not known before the script runs, and is left out.')
  parts.push(...(entries ?? []).flatMap(([key, value]) => partsOf(key, value, writer, 'files')))
  if (!areFieldsFirst(parts))
    writer.note('changed', 'Fields without a file name and a type are sent before the other parts, not in the order of files=.')
  if (headers.some((row) => /^content-type$/i.test(row.name) && !row.value.includes('boundary'))) {
    writer.note('kept', 'The Content-Type that is typed beside files= has no boundary, so servers cannot read the body: take it out.')
  }
  return { kind: 'multipart', parts }
}

/** Whether plain fields stand before all other parts, as they are sent. */
function areFieldsFirst(parts: readonly Part[]): boolean {
  const isPlain = (part: Part): boolean => part.kind === 'text' && part.contentType === '' && part.headers.length === 0
  const others = parts.findIndex((part) => !isPlain(part))
  return others < 0 || !parts.slice(others).some(isPlain)
}

function dataBody(data: Value, headers: readonly Row[], writer: FormWriter): Body {
  switch (data.kind) {
    case 'file':
    case 'content':
      return { kind: 'file', path: writer.text(data.path), contentType: '' }
    case 'encoder':
      return { kind: 'multipart', parts: [...data.parts] }
    case 'str':
      return textBody(data.text, headers, writer)
    case 'bytes': {
      const text = bytesText(data.text)
      if (text === null) writer.note('lost', 'The body is bytes that are no text: put them in a file and choose it as the body.')
      return text === null ? NO_BODY : textBody(text, headers, writer)
    }
    case 'unknown':
      writer.note('changed', `The body is not known before the script runs: it is the variable {{${data.name}}}.`)
      return textBody([{ kind: 'variable', name: data.name }], headers, writer)
    default: {
      const rows = fieldRows(data, writer, 'data')
      return pairsOf(data) === null ? NO_BODY : { kind: 'form', rows }
    }
  }
}

/** A text is sent as it is; what it is, is told by its header or its look. */
function textBody(text: Text, headers: readonly Row[], writer: FormWriter): Body {
  const type = headers.findLast((row) => /^content-type$/i.test(row.name))?.value ?? ''
  const written = writer.text(text)
  const known = text.map((part) => (typeof part === 'string' ? part : '0')).join('')
  if (/\bxml\b/i.test(type) || /^\s*<\?xml/.test(known)) return { kind: 'xml', text: written }
  if ((type === '' || /\bjson\b/i.test(type)) && isJsonStructure(known)) return { kind: 'json', text: written, asTyped: true }
  return { kind: 'text', text: written }
}

function jsonBody(json: Value, writer: FormWriter): Body {
  if (json.kind === 'unknown') {
    writer.note('changed', `The JSON is not known before the script runs: it is the variable {{${json.name}}}.`)
    return { kind: 'json', text: writer.text([{ kind: 'variable', name: json.name }]), asTyped: false }
  }
  if (json.kind === 'str' && isJsonStructure(plain(json.text) ?? '')) {
    writer.note(
      'kept',
      'json= was given a text that is JSON already, so that it is sent as one string: give it the dictionary, or use data=.',
    )
  }
  const text = dumped(json, FORM_DUMP) ?? dumped(withVariables(json, writer), FORM_DUMP)
  if (text === null) writer.note('lost', 'json= is no JSON; the body is left out.')
  if (text === null) return NO_BODY
  const written = writer.text(text)
  if (/(?:^|[\s:[,])(?:NaN|-?Infinity)(?:$|[\s,\]}])/.test(written) && !isJsonStructure(written)) {
    writer.note('kept', 'NaN and Infinity are no JSON: requests refuses to send them.')
  }
  return { kind: 'json', text: written, asTyped: false }
}

/** The same with a variable in place of whatever has no JSON. */
function withVariables(value: Value, writer: FormWriter, hint = 'value', depth = 0): Value {
  if (depth > 50 || dumped(value, FORM_DUMP) !== null) return value
  if (value.kind === 'list' || value.kind === 'tuple') {
    return list(
      value.items.map((item) => withVariables(item, writer, hint, depth + 1)),
      value.kind,
    )
  }
  if (value.kind === 'dict') {
    const pairs = [...value.entries.values()].filter(([key]) => dumped(key, FORM_DUMP) !== null)
    return dict(pairs.map(([key, item]) => [key, withVariables(item, writer, plainText(key) ?? hint, depth + 1)] as const))
  }
  const made = unknown(writer.machine, hint, writer.at, 'computed')
  writer.note('changed', `A value of json= is not known before the script runs, or is no JSON: it is the variable {{${made.name}}}.`)
  return made
}
