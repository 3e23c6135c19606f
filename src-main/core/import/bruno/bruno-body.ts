/** Bodies as Bruno's JSON has them: a `mode`, and the content of each kind under its name. */
import type { Body, Part } from '#contract/model/request.ts'
import { encodePair } from '#contract/model/url-query.ts'
import { SOCKET_MESSAGE_KINDS, type SocketMessage } from '#contract/model/websocket.ts'
import { at, flagOf, listOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { jsonBody, row } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

/** @param type of the request: `http`, `graphql`, `ws` */
export function readBrunoBody(value: unknown, type: string, notes: NotesHere): Body {
  const mode = textOf(at(value, 'mode'))
  const text = textOf(at(value, mode))
  if (type === 'ws') return { kind: 'websocket', messages: messagesOf(value) }
  switch (mode) {
    case '':
    case 'none':
      return { kind: 'none' }
    case 'json':
      return text === '' ? { kind: 'none' } : jsonBody(text)
    case 'xml':
      return text === '' ? { kind: 'none' } : { kind: 'xml', text }
    case 'sparql':
      notes.changed('Its SPARQL is a text here: give the header Content-Type: application/sparql-query.')
      return { kind: 'text', text }
    case 'text':
      return text === '' ? { kind: 'none' } : { kind: 'text', text }
    case 'formUrlEncoded':
    case 'form-urlencoded':
      return {
        kind: 'form',
        rows: recordsOf(at(value, 'formUrlEncoded')).map((entry) =>
          row(
            textOf(at(entry, 'name')),
            textOf(at(entry, 'value')),
            flagOf(at(entry, 'enabled')) !== false,
            textOf(at(entry, 'description')),
          ),
        ),
      }
    case 'multipartForm':
    case 'multipart-form':
      return { kind: 'multipart', parts: recordsOf(at(value, 'multipartForm')).map((entry) => partOf(entry, notes)) }
    case 'graphql':
      return { kind: 'graphql', query: textOf(at(at(value, 'graphql'), 'query')), variables: textOf(at(at(value, 'graphql'), 'variables')) }
    case 'file':
      return fileOf(recordsOf(at(value, 'file')), notes)
    default:
      notes.lost(`There is no body of the kind ${mode} here.`)
      return { kind: 'none' }
  }
}

function messagesOf(value: unknown): SocketMessage[] {
  return recordsOf(at(value, 'ws')).map((message) => ({
    title: textOf(at(message, 'name')),
    type: SOCKET_MESSAGE_KINDS.find((kind) => kind === textOf(at(message, 'type'))) ?? 'text',
    data: textOf(at(message, 'content')),
  }))
}

function partOf(entry: Loose, notes: NotesHere): Part {
  const description = textOf(at(entry, 'description'))
  const base = {
    name: textOf(at(entry, 'name')),
    enabled: flagOf(at(entry, 'enabled')) !== false,
    ...(description !== '' && { description }),
    contentType: textOf(at(entry, 'contentType')),
    headers: [],
  }
  const value = at(entry, 'value')
  if (textOf(at(entry, 'type')) !== 'file') return { ...base, kind: 'text', value: textOf(value) }
  const files = (Array.isArray(value) ? listOf(value).map(textOf) : [textOf(value)]).filter((path) => path !== '')
  files.forEach((path) => noteRelative(path, notes))
  return { ...base, kind: 'file', files, filename: '' }
}

function fileOf(files: readonly Loose[], notes: NotesHere): Body {
  const chosen = files.find((file) => flagOf(at(file, 'selected')) === true) ?? files[0]
  if (files.length > 1) notes.lost(`Of ${files.length} files for its body, only the chosen one was kept.`)
  const path = textOf(at(chosen, 'filePath'))
  noteRelative(path, notes)
  return { kind: 'file', path, contentType: textOf(at(chosen, 'contentType')) }
}

/** Relative paths are below the collection there and here, but the files stay where they are. */
function noteRelative(path: string, notes: NotesHere): void {
  if (path !== '' && !/^(?:[/\\]|[A-Za-z]:[/\\]|\{\{)/.test(path))
    notes.changed(`The file ${path} is looked for in this collection's folder: copy it there.`)
}

/** The body of an example's request as a text, where it is one. */
export function bodyText(value: unknown): string | null {
  for (const key of ['json', 'text', 'xml', 'sparql']) {
    const text = textOf(at(value, key))
    if (text !== '') return text
  }
  const rows = recordsOf(at(value, 'formUrlEncoded')).filter((entry) => flagOf(at(entry, 'enabled')) !== false)
  if (rows.length > 0)
    return rows.map((entry) => encodePair({ name: textOf(at(entry, 'name')), value: textOf(at(entry, 'value')) })).join('&')
  const query = textOf(at(at(value, 'graphql'), 'query'))
  return query === '' ? null : JSON.stringify({ query })
}
