/**
 * Which views of a body are offered, which of them opens first, and why there may be no body at all. The view a person
 * picked is kept for the answers that follow, as long as they are of the same class.
 */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { StreamKind } from '#contract/model/record.ts'
import { assertNever } from '#contract/result.ts'
import type { BodyKind } from './body-kind.ts'
import { headerValue, type ContentClass } from './media-type.ts'
import { t } from '../../lib/t.ts'

export type BodyViewName = 'events' | 'rows' | 'messages' | 'pretty' | 'table' | 'raw' | 'tree' | 'text' | 'preview' | 'hex'

export interface PickedView {
  readonly view: BodyViewName
  readonly content: ContentClass
}

/** Views offered for a kind of body, in the order of their tabs. An SVG is an image and also text. */
export function viewsOf(kind: BodyKind): readonly BodyViewName[] {
  switch (kind) {
    case 'json':
      return ['pretty', 'raw', 'tree', 'hex']
    case 'text':
      return ['pretty', 'raw', 'hex']
    case 'table':
      return ['table', 'raw', 'hex']
    case 'xml':
      return ['pretty', 'raw', 'tree', 'text', 'hex']
    case 'svg':
      return ['pretty', 'raw', 'tree', 'text', 'preview', 'hex']
    case 'html':
      return ['pretty', 'raw', 'tree', 'text', 'preview', 'hex']
    case 'image':
    case 'pdf':
    case 'audio':
    case 'video':
    case 'font':
    case 'multipart':
      return ['raw', 'preview', 'hex']
    case 'binary':
      return ['raw', 'hex']
    default:
      return assertNever(kind)
  }
}

/** Views of a text, of which a stream has its rows first. */
export function viewsOfStream(stream: StreamKind, kind: BodyKind): readonly BodyViewName[] {
  return [STREAM_VIEWS[stream], ...viewsOf(kind)]
}

const STREAM_VIEWS: Readonly<Record<StreamKind, BodyViewName>> = { sse: 'events', ndjson: 'rows', seq: 'rows', socket: 'messages' }

/** Whether a view shows a body as it comes. */
export function isStreamView(view: BodyViewName): boolean {
  return Object.values(STREAM_VIEWS).includes(view)
}

/** The view of a stream to show: its rows, where no other was picked for a stream. */
export function streamViewToShow(views: readonly BodyViewName[], picked: PickedView | null): BodyViewName {
  return picked?.content === 'stream' && views.includes(picked.view) ? picked.view : (views[0] ?? 'raw')
}

/** The view to show: the one that was picked for this class of content, else the one that suits it. */
export function viewToShow(content: ContentClass, kind: BodyKind, picked: PickedView | null): BodyViewName {
  if (picked?.content === content && viewsOf(kind).includes(picked.view)) return picked.view
  if (content === 'image' || content === 'media') return 'preview'
  if (kind === 'table') return 'table'
  return content === 'binary' ? 'hex' : 'pretty'
}

/** Why an answer has no body, in a sentence; null where it has one. */
export function whyNoBody(method: string, response: ReceivedResponse): string | null {
  if (response.bodyId !== null && response.bodyBytes > 0) return null
  if (method.toUpperCase() === 'HEAD') return t`The answer to HEAD is headers only.`
  if (response.status === 204) return t`204 No Content never has a body.`
  if (response.status === 205) return t`205 Reset Content never has a body.`
  if (response.status === 304) return t`304 Not Modified: the copy you already have is still good.`
  if (response.status >= 100 && response.status < 200) return t`An interim answer has no body.`
  if (method.toUpperCase() === 'CONNECT') return t`The answer to CONNECT opens a tunnel and has no body.`
  if (headerValue(response.headers, 'content-length') === '0') return t`The server announced an empty body: Content-Length is 0.`
  if (response.status >= 300 && response.status < 400 && headerValue(response.headers, 'location') !== null) {
    return t`The answer only leads on to another address: see Location under Headers.`
  }
  if (response.wireBytes > 0) return t`A body came, but nothing was in it, or nothing of it could be kept or decoded.`
  return t`The server sent the headers and then nothing.`
}
