/** A request or an answer as one text, to be compared line by line: its head with secrets masked, and its body laid out. */
import type { HeaderList, ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyId, ViewId } from '#contract/model/ids.ts'
import { closeView, openBody, readLines } from '../../actions/bodies.ts'
import { withMaskedParams } from '#contract/model/secret-params.ts'
import type { ComparedSide } from '../../lib/compared-side.ts'
import { MASK, maskedValue } from '../../lib/mask-header.ts'
import { maskTexts } from '../../lib/mask-texts.ts'
import { told } from '../../lib/told.ts'
import { t } from '../../lib/t.ts'

/** More would take too long to be compared; in UTF-16 units, and in lines of what is longer. */
const COMPARED_LENGTH = 512 * 1024
const COMPARED_LINES = 4000
const LINES_AT_ONCE = 2000

export type ComparedPart = 'request' | 'response'

/** A request has its secrets masked all through; an answer is shown as it came. */
export async function messageText({ exchange, secrets }: ComparedSide, part: ComparedPart, signal: AbortSignal): Promise<string> {
  const { request, response } = exchange
  if (part === 'request') {
    if (request === null)
      return t`Nothing was sent.
`
    const first = request.httpVersion === '2' ? [] : [request.head.split('\r\n', 1)[0] ?? '']
    // Of HTTP/2 the path is among the headers.
    const isLine = (line: string, index: number): boolean => index < first.length || line.startsWith(':path:')
    const head = [...first, ...headerLines(request.headers)].map((line, index) =>
      isLine(line, index) ? withMaskedParams(line, request.secretParams ?? [], MASK) : line,
    )
    const body = await bodyOf(request.bodyId, request.headers, null, signal)
    return maskTexts(withBody(head, body), secrets)
  }
  if (response === null) return t`No answer: ${exchange.error ? told(exchange.error.message) : t`none came`}\n`
  const first = `HTTP/${response.httpVersion} ${response.status} ${response.reason}`.trim()
  const lines = [first, ...headerLines(response.headers)]
  const trailers = response.trailers.length === 0 ? [] : ['', t`Trailers:`, ...headerLines(response.trailers)]
  return withBody(lines, await bodyOf(response.bodyId, response.headers, response.encoding, signal)) + trailers.join('\n')
}

/** The body of an answer as text, laid out. */
export function bodyText({ bodyId, headers, encoding }: ReceivedResponse, signal: AbortSignal): Promise<string> {
  return bodyOf(bodyId, headers, encoding, signal)
}

function headerLines(headers: HeaderList): string[] {
  return headers.map(([name, value]) => `${name}: ${maskedValue(name, value)}`)
}

async function bodyOf(id: BodyId | null, headers: HeaderList, encoding: string | null, signal: AbortSignal): Promise<string> {
  if (id === null) return ''
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const opened = await openBody(id, contentType, 'pretty', encoding, signal)
  if (!opened.ok) return `(${told(opened.error.message)})`
  const { viewId, text, lines } = opened.value
  const start = text !== null && text.length <= COMPARED_LENGTH ? text : await firstLines(viewId, lines, signal)
  closeView(viewId)
  return start
}

/** The lines that are compared of a long body, and how many are left out. */
async function firstLines(viewId: ViewId, lines: number, signal: AbortSignal): Promise<string> {
  const wanted = Math.min(lines, COMPARED_LINES)
  const found: string[] = []
  while (found.length < wanted) {
    const read = await readLines(viewId, found.length, Math.min(LINES_AT_ONCE, wanted - found.length), signal)
    if (!read.ok || read.value.length === 0) break
    found.push(...read.value)
  }
  const text = found.join('\n')
  const isCut = found.length < lines || text.length > COMPARED_LENGTH
  return isCut ? t`${text.slice(0, COMPARED_LENGTH)}\n(The rest of the body is not compared.)` : text
}

function withBody(lines: readonly string[], body: string): string {
  return `${lines.join('\n')}\n${body === '' ? '' : `\n${body.replace(/\n?$/, '\n')}`}`
}
