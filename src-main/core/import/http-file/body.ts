/** Bodies of .http files: texts, files behind `<`, forms over several lines, GraphQL, messages of a WebSocket, parts. */
import type { Body, Part, Row } from '#contract/model/request.ts'
import type { SocketMessage } from '#contract/model/websocket.ts'
import { encodePair, parseQuery } from '#contract/model/url-query.ts'
import type { Notes } from '../notes.ts'
import { boundaryOf } from '../request-parts/multipart-of-text.ts'

const FILE = /^<(?:@(\S+)?)?\s+(\S.*)$/
const MAX_PARTS = 1000

export interface HttpFileBody {
  readonly body: Body
  /** A text whose kind its Content-Type says. */
  readonly text: string | null
}

/** @param lines of the body, without what follows it */
export function bodyOf(lines: readonly string[], contentType: string | null, say: Notes['add']): HttpFileBody {
  const kept = trimmed(lines)
  const [first = ''] = kept
  const file = kept.length === 1 ? FILE.exec(first) : null
  if (kept.length === 0) return { body: { kind: 'none' }, text: null }
  if (file) return made({ kind: 'file', path: pathOf(file, say), contentType: '' })
  const boundary = /^\s*multipart\//i.test(contentType ?? '') ? boundaryOf(contentType ?? '') : null
  if (boundary !== null) return made({ kind: 'multipart', parts: partsOf(kept, boundary, say) })
  if (/^\s*application\/x-www-form-urlencoded/i.test(contentType ?? '')) return made(formOf(kept, say))
  const texts = kept.filter((line) => {
    const isFile = FILE.test(line)
    if (isFile) say('lost', 'The content of a file within the body is not carried over.')
    return !isFile
  })
  return { body: { kind: 'none' }, text: texts.join('\n') }
}

function made(body: Body): HttpFileBody {
  return { body, text: null }
}

function pathOf([whole = '', , path = '']: RegExpExecArray, say: Notes['add']): string {
  if (whole.startsWith('<@')) say('changed', 'The file of the body is sent as it is, without variables filled in.')
  return path.trim()
}

/** Without empty lines at its ends. */
function trimmed(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return first < 0 ? [] : lines.slice(first, last + 1)
}

/** Fields may stand in lines of their own, with spaces around `=` and `&`. */
function formOf(lines: readonly string[], say: Notes['add']): Body {
  const text = lines.map((line) => line.trim()).join('')
  const pairs = parseQuery(text)
  const rows = pairs.map(({ name, value }): Row => ({ name: name.trim(), value: value.trim(), enabled: true }))
  if (rows.map(encodePair).join('&') !== text) say('changed', 'The fields of the form are encoded when they are sent.')
  return { kind: 'form', rows }
}

/** Query, an empty line, and the variables as JSON. */
export function graphqlOf(lines: readonly string[]): Body {
  const kept = trimmed(lines)
  const gap = kept.findLastIndex((line, index) => line.trim() === '' && /^\s*\{/.test(kept[index + 1] ?? ''))
  const [query, variables] = gap < 0 ? [kept, []] : [kept.slice(0, gap), kept.slice(gap + 1)]
  return { kind: 'graphql', query: query.join('\n').trimEnd(), variables: variables.join('\n') }
}

/** Messages are parted by lines of `===`. */
export function messagesOf(lines: readonly string[], say: Notes['add']): Body {
  const messages: SocketMessage[] = []
  let current: string[] = []
  const end = (): void => {
    const data = trimmed(current).join('\n')
    if (data !== '') messages.push({ title: '', type: /^\s*[[{]/.test(data) ? 'json' : 'text', data })
    current = []
  }
  for (const line of lines) {
    if (!/^===/.test(line)) current.push(line)
    else {
      if (/wait-for-server/.test(line)) say('lost', 'Messages do not wait for those of the server.')
      end()
    }
  }
  end()
  return { kind: 'websocket', messages }
}

function partsOf(lines: readonly string[], boundary: string, say: Notes['add']): Part[] {
  const parts: Part[] = []
  let current: string[] | null = null
  for (const line of lines) {
    const isMark = line.trimEnd() === `--${boundary}` || line.trimEnd() === `--${boundary}--`
    if (!isMark) current?.push(line)
    else {
      if (current && parts.length < MAX_PARTS) parts.push(partOf(current, say))
      current = line.trimEnd().endsWith(`${boundary}--`) ? null : []
    }
  }
  if (current && current.length > 0) parts.push(partOf(current, say))
  return parts
}

function partOf(lines: readonly string[], say: Notes['add']): Part {
  const gap = lines.findIndex((line) => line.trim() === '')
  const head = lines.slice(0, gap < 0 ? lines.length : gap)
  const content = gap < 0 ? [] : lines.slice(gap + 1)
  const header = (name: string): string => head.find((line) => line.toLowerCase().startsWith(`${name}:`))?.replace(/^[^:]*:\s*/, '') ?? ''
  const disposition = header('content-disposition')
  const parameter = (name: string): string =>
    new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(disposition)?.slice(1).find(Boolean) ?? ''
  const others = head.flatMap((line): Row[] => {
    const [, name = '', value = ''] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
    return name === '' || /^content-(?:disposition|type|length)$/i.test(name) ? [] : [{ name, value, enabled: true }]
  })
  const base = { name: parameter('name'), enabled: true, contentType: header('content-type'), headers: others }
  const kept = trimmed(content)
  const file = kept.length === 1 ? FILE.exec(kept[0] ?? '') : null
  if (file) {
    const path = pathOf(file, say)
    const filename = parameter('filename')
    return { ...base, kind: 'file', files: [path], filename: filename === path.replace(/^.*[\\/]/s, '') ? '' : filename }
  }
  if (parameter('filename') !== '') say('lost', `The file name of the part ${base.name} is not carried over: its content is a text.`)
  return { ...base, kind: 'text', value: content.join('\n').replace(/\n$/, '') }
}
