/**
 * What the tree shows of a request file. A whole parse takes a fraction of a millisecond, which is long for ten
 * thousand files; so there is a quick look at the first lines, too, that answers only where it is sure.
 */
import { methodShown, SOCKET_METHOD } from '#contract/model/method-shown.ts'
import { CoreError } from '../../lib/core-error.ts'
import { readRequest, type ReadRequest } from './request-format.ts'

export interface RequestSummary {
  readonly kind: 'request' | 'broken'
  readonly name: string
  readonly method: string
  readonly seq: number | undefined
  /** Why it is broken. */
  readonly error: string | null
}

/** The summary of a file, all of it read. */
export function summarise(text: string, fileName: string, fallbackName: string): RequestSummary {
  return readSummarised(text, fileName, fallbackName).summary
}

/** A file read whole. One that does not parse has nothing to give, and keeps the name and the place that it tells. */
export function readSummarised(
  text: string,
  fileName: string,
  fallbackName: string,
): { readonly summary: RequestSummary; readonly read: ReadRequest | null } {
  try {
    const read = readRequest(text, fileName, fallbackName)
    const { document, seq } = read
    return { summary: { kind: 'request', name: document.name, method: methodShown(document), seq, error: null }, read }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    return { summary: { kind: 'broken', ...toldBy(text, fallbackName), method: '', error: error.message }, read: null }
  }
}

/**
 * The summary by the first lines alone; null where they are not in the usual shape. A mistake further down in the file
 * goes unnoticed.
 */
export function quickSummary(text: string, fallbackName: string): RequestSummary | null {
  const found = headOf(text)
  return found && summaryOf(found, fallbackName)
}

/** Name and number that the first lines tell, of whatever the file is. */
export function toldBy(text: string, fallbackName: string): { readonly name: string; readonly seq: number | undefined } {
  const found = headOf(text)
  return { name: found?.get('info.name') || fallbackName, seq: numberIn(found?.get('info.seq')) }
}

/** Plain values of the wanted keys; null where the shape is not the usual one. */
function headOf(text: string): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>()
  let section = ''
  let column = -1
  let last = ''
  for (const line of linesOf(text)) {
    if (/^\s*(?:#|$)/.test(line)) continue
    if (line.includes('\t')) return null
    const indent = line.length - line.trimStart().length
    const goesOn = column >= 0 && indent > column && WANTED.has(last)
    if (goesOn) return null
    if (isComplete(found)) break
    if (indent === 0) {
      const top = TOP_LEVEL.exec(line)
      if (!top?.[1]) return null
      section = top[1]
      column = -1
      last = ''
      continue
    }
    if (!SECTIONS.has(section)) continue
    if (column < 0) column = indent
    if (indent < column) return null
    if (indent > column) continue
    const pair = PAIR.exec(line)
    if (!pair?.[1]) return null
    const key = `${section}.${pair[1]}`
    last = key
    if (!WANTED.has(key)) continue
    const value = simpleValue(pair[2] ?? '')
    if (value === null || found.has(key)) return null
    found.set(key, value)
  }
  return found
}

const SECTIONS: ReadonlySet<string> = new Set(['info', 'http', 'graphql'])
const WANTED: ReadonlySet<string> = new Set(['info.name', 'info.type', 'info.seq', 'http.method', 'graphql.method'])
const TOP_LEVEL = /^([A-Za-z]\w*):(?:[ \t].*)?$/
const PAIR = /^ *([A-Za-z]\w*):(?: +(.*)|)$/
/** Beyond this a file that has not told its name is read whole. */
const MAX_HEAD = 16 * 1024

function* linesOf(text: string): Generator<string> {
  let start = text.startsWith('\uFEFF') ? 1 : 0
  while (start < Math.min(text.length, MAX_HEAD)) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    yield text.slice(start, text[end - 1] === '\r' ? end - 1 : end)
    start = end + 1
  }
}

function isComplete(found: ReadonlyMap<string, string>): boolean {
  const type = found.get('info.type')
  const hasMethod = type === 'websocket' || found.has(`${type ?? ''}.method`)
  return found.has('info.name') && type !== undefined && found.has('info.seq') && hasMethod
}

function summaryOf(found: ReadonlyMap<string, string>, fallbackName: string): RequestSummary | null {
  const type = found.get('info.type')
  const isSocket = type === 'websocket'
  const method = isSocket ? SOCKET_METHOD : found.get(`${type ?? ''}.method`)
  if ((type !== 'http' && type !== 'graphql' && !isSocket) || method === undefined || method === '') return null
  const seq = numberIn(found.get('info.seq'))
  if (seq === undefined && found.has('info.seq')) return null
  return { kind: 'request', name: found.get('info.name') || fallbackName, method, seq, error: null }
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** A value that needs no knowledge of YAML to read; null for any other. */
function simpleValue(text: string): string | null {
  const value = text.trimEnd()
  const quoted = /^"([^"\\]*)"$/.exec(value) ?? /^'([^']*)'$/.exec(value)
  if (quoted) return quoted[1] ?? ''
  if (!/^[\p{L}\p{N}/]/u.test(value) || /: |:$| #/.test(value) || /^(?:null|~)$/i.test(value)) return null
  return value
}
