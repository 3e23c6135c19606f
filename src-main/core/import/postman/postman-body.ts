/** Bodies and headers of Postman requests, by their `mode`. */
import type { Body, Part, Row } from '#contract/model/request.ts'
import { at, describedBy, firstText, flagOf, isRecord, listOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { bodyOfType, headerValue, jsonBody, row, withContentType } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

/** Headers: a list of rows, or in version 2.0 a text of lines, where `//` switches one off. */
export function readPostmanHeaders(value: unknown): Row[] {
  if (typeof value === 'string') return headerLines(value)
  return listOf(value).flatMap((entry) => {
    if (typeof entry === 'string') return headerLines(entry)
    if (!isRecord(entry)) return []
    return row(
      textOf(at(entry, 'key')),
      textOf(at(entry, 'value')),
      flagOf(at(entry, 'disabled')) !== true,
      describedBy(at(entry, 'description')),
    )
  })
}

function headerLines(text: string): Row[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const isOff = line.trimStart().startsWith('//')
    const plain = isOff ? line.trimStart().slice(2) : line
    const colon = plain.indexOf(':')
    return colon <= 0 ? [] : row(plain.slice(0, colon).trim(), plain.slice(colon + 1).trim(), !isOff)
  })
}

/** Media types that Postman sends for what its editor calls a language. */
const LANGUAGES: Readonly<Record<string, string>> = { html: 'text/html', javascript: 'application/javascript' }

interface ReadBody {
  readonly body: Body
  readonly headers: readonly Row[]
}

/** The body, and the headers with the Content-Type that Postman adds for it where ours would be another. */
export function readPostmanBody(value: unknown, headers: readonly Row[], notes: NotesHere): ReadBody {
  const nothing: ReadBody = { body: { kind: 'none' }, headers }
  if (!isRecord(value)) return nothing
  const mode = textOf(at(value, 'mode'))
  const read = readMode(value, mode, headers, notes)
  if (flagOf(at(value, 'disabled')) !== true || read.body.kind === 'none') return read
  notes.lost('Its body was switched off, and was left out.')
  return nothing
}

function readMode(value: Loose, mode: string, headers: readonly Row[], notes: NotesHere): ReadBody {
  switch (mode) {
    case '':
    case 'none':
      return { body: { kind: 'none' }, headers }
    case 'raw':
      return rawBody(value, headers)
    case 'urlencoded':
      return { body: formBody(at(value, 'urlencoded')), headers }
    case 'formdata':
      return { body: { kind: 'multipart', parts: recordsOf(at(value, 'formdata')).map(partOf) }, headers }
    case 'file':
      return { body: fileBody(recordOf(at(value, 'file')), at(value, 'file'), notes), headers }
    case 'graphql':
      return { body: graphqlBody(at(value, 'graphql'), notes), headers }
    default:
      notes.lost(`There is no body of the kind ${mode} here.`)
      return { body: { kind: 'none' }, headers }
  }
}

function rawBody(value: Loose, headers: readonly Row[]): ReadBody {
  const text = textOf(at(value, 'raw'))
  const language = textOf(at(at(at(value, 'options'), 'raw'), 'language'))
  if (text === '') return { body: { kind: 'none' }, headers }
  if (language === 'json') return { body: jsonBody(text), headers }
  if (language === 'xml') return { body: { kind: 'xml', text }, headers }
  const type = Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined
  if (type !== undefined) return { body: { kind: 'text', text }, headers: withContentType(headers, type) }
  return { body: bodyOfType(text, headerValue(headers, 'content-type')), headers }
}

/** In version 2.0 a form may be a text as it is sent. */
function formBody(value: unknown): Body {
  if (typeof value === 'string') {
    const rows = [...new URLSearchParams(value)].map(([name, text]) => row(name, text))
    return { kind: 'form', rows }
  }
  return {
    kind: 'form',
    rows: recordsOf(value).map((entry) =>
      row(
        textOf(at(entry, 'key')),
        textOf(at(entry, 'value')),
        flagOf(at(entry, 'disabled')) !== true,
        describedBy(at(entry, 'description')),
      ),
    ),
  }
}

function partOf(entry: Loose): Part {
  const description = describedBy(at(entry, 'description'))
  const base = {
    name: textOf(at(entry, 'key')),
    enabled: flagOf(at(entry, 'disabled')) !== true,
    ...(description !== '' && { description }),
    contentType: textOf(at(entry, 'contentType')),
    headers: [],
  }
  if (textOf(at(entry, 'type')) !== 'file') return { ...base, kind: 'text', value: textOf(at(entry, 'value')) }
  const src = at(entry, 'src')
  const files = (Array.isArray(src) ? listOf(src).map(textOf) : [textOf(src)]).filter((path) => path !== '')
  return { ...base, kind: 'file', files, filename: textOf(at(entry, 'fileName')) }
}

function fileBody(file: Loose, value: unknown, notes: NotesHere): Body {
  const path = typeof value === 'string' ? value : firstText(file, 'src')
  const content = textOf(at(file, 'content'))
  if (path === '' && content !== '') return { kind: 'text', text: content }
  if (path === '') notes.lost('The file of its body is not named.')
  return { kind: 'file', path, contentType: '' }
}

function graphqlBody(value: unknown, notes: NotesHere): Body {
  const operation = textOf(at(value, 'operationName'))
  if (operation !== '') notes.lost(`The operation ${operation} is not named in what is sent: leave one operation in the query.`)
  return { kind: 'graphql', query: textOf(at(value, 'query')), variables: textOf(at(value, 'variables')) }
}
