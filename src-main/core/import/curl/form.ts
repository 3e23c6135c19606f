/**
 * Fields of `-F`, read as curl reads them: `name=content;type=…`, `name=@file,file;filename=…`, `name=<file`, with
 * quoted words.
 *
 * @see https://curl.se/docs/manpage.html#-F
 */
import { lookup } from 'mime-types'
import type { Part, Row } from '#contract/model/request.ts'
import { curlType } from '../../prepare/curl-types.ts'
import { shown } from '../notes.ts'
import type { Stdin } from '../shell-words/shell-text.ts'
import type { FormField } from './settings.ts'

type Say = (severity: 'lost' | 'changed', message: string) => void

/** One content of a field, with what stands behind its semicolons. */
interface Content {
  readonly data: string
  readonly type: string
  readonly filename: string | null
  readonly headers: readonly string[]
  /** Where the next content of a list begins; null: there is none. */
  readonly next: number | null
}

export function formParts({ text, isLiteral }: FormField, stdin: Stdin | null, say: Say): Part[] {
  const equals = text.indexOf('=')
  if (equals < 0) {
    say('lost', `A field that begins with "${shown(text.slice(0, 3))}" has no content: it has no =.`)
    return []
  }
  const name = text.slice(0, equals)
  const value = text.slice(equals + 1)
  const base = { name, enabled: true, contentType: '', headers: [] }
  if (isLiteral) return [{ ...base, kind: 'text', value }]
  if (value.startsWith('(') || (name === '' && value.startsWith(')'))) {
    say('lost', 'Parts within a part are not carried over.')
    return []
  }
  if (value.startsWith('@')) return fileParts(name, value, stdin, say)
  if (value.startsWith('<')) return contentOfFile(name, value, stdin, say)
  const content = contentAt(value, 0, '', say)
  if (content.filename !== null) say('lost', `The file name of the field ${name} is not carried over: its content is a text.`)
  return [{ ...base, kind: 'text', value: content.data, contentType: content.type, headers: headerRows(content.headers) }]
}

function fileParts(name: string, value: string, stdin: Stdin | null, say: Say): Part[] {
  const contents: Content[] = []
  for (let at: number | null = 1; at !== null; at = contents.at(-1)?.next ?? null) contents.push(contentAt(value, at, ',', say))
  if (contents.length > 1) say('changed', `The files of ${name} are parts of their own; curl puts them into one part of parts.`)
  return contents.map(({ data, type, filename, headers }): Part => {
    if (data === '-' && stdin?.kind === 'text') {
      say('changed', `The part ${name} has its content from the command’s input, and no file name.`)
      return { kind: 'text', name, value: stdin.text, enabled: true, contentType: type, headers: headerRows(headers) }
    }
    const path = data === '-' ? (stdin?.kind === 'file' ? stdin.path : '') : data
    return {
      kind: 'file',
      name,
      files: path === '' ? [] : [path],
      filename: filename ?? '',
      enabled: true,
      contentType: type || typeOf(filename ?? path, path),
      headers: headerRows(headers),
    }
  })
}

/** Typed where curl finds another than is found here. */
function typeOf(filename: string, path: string): string {
  const found = curlType(filename) ?? curlType(path) ?? 'application/octet-stream'
  return found === (lookup(filename) || 'application/octet-stream') ? '' : found
}

function contentOfFile(name: string, value: string, stdin: Stdin | null, say: Say): Part[] {
  const { data, type, headers } = contentAt(value, 1, '', say)
  const rest = { name, enabled: true, contentType: type, headers: headerRows(headers) }
  if (data === '-' && stdin?.kind === 'text') return [{ kind: 'text', value: stdin.text, ...rest }]
  say('changed', `The part ${name} is sent as a file with its name; curl sends the content of ${shown(data)} as a text.`)
  return [{ kind: 'file', files: [data], filename: '', ...rest }]
}

function headerRows(headers: readonly string[]): Row[] {
  return headers.flatMap((line) => {
    const colon = line.indexOf(':')
    return colon > 0 ? [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim(), enabled: true }] : []
  })
}

/** @param ends what ends a content besides the end of the text */
function contentAt(text: string, start: number, ends: ',' | '', say: Say): Content {
  const isSeparator = (char: string): boolean => char === ';' || (ends !== '' && char === ends)
  let word = wordAt(text, skipSpaces(text, start), isSeparator)
  const data = word.text
  let type: string | null = null
  let filename: string | null = null
  const headers: string[] = []
  while (text[word.end] === ';') {
    const at = skipSpaces(text, word.end + 1)
    const [, key = ''] = /^(type|filename|headers|encoder)=/i.exec(text.slice(at, at + 10)) ?? []
    if (key === '' || (key.toLowerCase() === 'type' && type !== null)) {
      // What a type goes on with, such as `; charset=utf-8`.
      word = { ...plainWord(text, at, isSeparator) }
      if (type !== null && filename === null) type += `; ${word.text}`
      else say('lost', `"${shown(word.text)}" in a field of -F says nothing to curl.`)
      continue
    }
    const from = skipSpaces(text, at + key.length + 1)
    const isType = key.toLowerCase() === 'type'
    word = isType ? plainWord(text, from, isSeparator) : wordAt(text, from, isSeparator)
    if (isType) type = word.text
    else if (key.toLowerCase() === 'filename') filename = word.text
    else if (key.toLowerCase() === 'encoder') say('lost', `A part is sent as it is, not encoded as ${shown(word.text)}.`)
    else if (/^[@<]/.test(word.text)) say('lost', 'Headers of a part that stand in a file are not read.')
    else headers.push(word.text)
  }
  return { data, type: type ?? '', filename, headers, next: ends !== '' && text[word.end] === ends ? word.end + 1 : null }
}

function skipSpaces(text: string, start: number): number {
  let at = start
  while (/\s/.test(text[at] ?? '')) at += 1
  return at
}

interface FormWord {
  readonly text: string
  readonly end: number
}

/** A word in quotes, where it begins with one and that is closed; else what stands up to a separator. */
function wordAt(text: string, start: number, isSeparator: (char: string) => boolean): FormWord {
  if (text[start] !== '"') return plainWord(text, start, isSeparator)
  const parts: string[] = []
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === '"') return { text: parts.join(''), end: separatorFrom(text, at + 1, isSeparator) }
    const isEscape = char === '\\' && /["\\]/.test(text[at + 1] ?? '')
    if (isEscape) at += 1
    parts.push(text[at] ?? '')
  }
  return plainWord(text, start, isSeparator)
}

function plainWord(text: string, start: number, isSeparator: (char: string) => boolean): FormWord {
  const end = separatorFrom(text, start, isSeparator)
  return { text: text.slice(start, end).trimEnd(), end }
}

function separatorFrom(text: string, start: number, isSeparator: (char: string) => boolean): number {
  let at = start
  while (at < text.length && !isSeparator(text[at] ?? '')) at += 1
  return at
}
