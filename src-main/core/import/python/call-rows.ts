/** Headers, cookies and queries of a call: rows of the form. */
import type { Row } from '#contract/model/request.ts'
import { encodeFormText, joinUrl, splitUrl } from '#contract/model/url-query.ts'
import { valuesOf } from './call-files.ts'
import { bytesText, type FormWriter } from './form-writer.ts'
import { pairsOf } from './operators.ts'
import { fieldText } from './python-text.ts'
import { concat, mapText, plain, type Text } from './text.ts'
import type { Value } from './values.ts'

/** Headers; `None` takes a name away from what is inherited or added. The type of an encoder's body is left to the body. */
export function headerRows(value: Value | undefined, writer: FormWriter): Row[] {
  return rowsOf(value, writer, 'headers').flatMap(([key, item]): Row[] => {
    const name = writer.field(key, 'The name of a header')
    if (name === null || isMultipartType(item)) return []
    if (item.kind === 'none' || isSkipped(item)) return [{ name, value: '', enabled: true, omit: true }]
    if (item.kind === 'int' || item.kind === 'float' || item.kind === 'bool') {
      writer.note('changed', `The header ${name} is a text here; requests refuses one that is a number.`)
    }
    const text = item.kind === 'bytes' ? (bytesText(item.text) ?? item.text) : fieldText(item)
    if (text === null) writer.note('lost', `The header ${name} is not known before the script runs, and is left out.`)
    return text === null ? [] : [{ name, value: writer.text(text), enabled: true }]
  })
}

/** urllib3's mark for a header that nobody is to add. */
function isSkipped(value: Value): boolean {
  return value.kind === 'name' && value.path.endsWith('.SKIP_HEADER')
}

function isMultipartType(value: Value): boolean {
  return value.kind === 'str' && value.text.some((part) => typeof part === 'object' && part.kind === 'multipart-type')
}

export function cookieRows(value: Value | undefined, writer: FormWriter): Row[] {
  return rowsOf(value, writer, 'cookies').flatMap(([key, item]): Row[] => {
    const name = writer.field(key, 'The name of a cookie')
    const text = name === null || item.kind === 'none' ? null : writer.field(item, `The cookie ${name}`)
    return name === null || text === null ? [] : [{ name, value: text, enabled: true }]
  })
}

/** Rows of a form or a session's query: `None` is no row, and a list is a row for each of its items. */
export function fieldRows(value: Value | undefined, writer: FormWriter, what: string): Row[] {
  return rowsOf(value, writer, what).flatMap(([key, item]): Row[] => {
    const name = writer.field(key, `A name in ${what}`)
    if (name === null || item.kind === 'none') return []
    return valuesOf(item).flatMap((one): Row[] => {
      const text = one.kind === 'none' ? null : writer.field(one, `${name} in ${what}`)
      return text === null ? [] : [{ name, value: text, enabled: true }]
    })
  })
}

function rowsOf(value: Value | undefined, writer: FormWriter, what: string): (readonly [Value, Value])[] {
  if (!value || value.kind === 'none') return []
  const pairs = pairsOf(value)
  if (pairs === null) writer.note('lost', `${what}= is not known before the script runs, and is left out.`)
  return pairs ?? []
}

/** The URL with its query: `params` is put behind the query that the URL has, encoded as requests does; a text goes in as it is. */
export function urlWith(url: Text, params: Value | undefined, writer: FormWriter): string {
  const query = params ? queryOf(params, writer) : ''
  const text = writer.text(url)
  if (query === '') return text
  const parts = splitUrl(text)
  return joinUrl({ ...parts, query: parts.query === null || parts.query === '' ? query : `${parts.query}&${query}` })
}

function queryOf(params: Value, writer: FormWriter): string {
  if (params.kind === 'str' || params.kind === 'bytes') return writer.text(params.text)
  const pairs = rowsOf(params, writer, 'params')
  return pairs
    .flatMap(([key, item]) => (item.kind === 'none' ? [] : valuesOf(item).map((one) => [key, one] as const)))
    .flatMap(([key, item]) => {
      if (item.kind === 'none') return []
      const [name, value] = [fieldText(key), fieldText(item)]
      if (!name || !value) writer.note('lost', 'A value of params= is not known before the script runs, and is left out.')
      return name && value ? [writer.text(concat([mapText(name, encodeFormText), ['='], mapText(value, encodeFormText)]) ?? [])] : []
    })
    .join('&')
}

/** The address: that of a session's base is put in front of a relative one. */
export function addressOf(value: Value | undefined, base: Text | null, writer: FormWriter): Text {
  const text = value ? fieldText(value) : null
  if (text === null) writer.note('lost', 'The URL is not known before the script runs.')
  const own = text ?? []
  const first = own[0]
  const isWhole = base === null || (typeof first === 'string' && /^[a-z][a-z\d+.-]*:\/\//i.test(first))
  if (isWhole) return own
  const [known, relative] = [plain(base), plain(own)]
  if (known !== null && relative !== null && URL.canParse(relative, known)) return [new URL(relative, known).href]
  return concat([base, own]) ?? own
}
