/**
 * Which views of a body are offered, which of them opens first, and why there may be no body at all. The view a person
 * picked is kept for the answers that follow, as long as they are of the same class.
 */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import { essenceOf, headerValue, type ContentClass } from './media-type.ts'

export type BodyViewName = 'pretty' | 'raw' | 'preview' | 'hex'

export interface PickedView {
  readonly view: BodyViewName
  readonly content: ContentClass
}

/** Views offered for a class of content, in the order of their tabs. An SVG is an image and also text. */
export function viewsOf(content: ContentClass, contentType: string): readonly BodyViewName[] {
  if (content === 'text') return ['pretty', 'raw', 'hex']
  if (content === 'binary') return ['raw', 'hex']
  return essenceOf(contentType) === 'image/svg+xml' ? ['pretty', 'raw', 'preview', 'hex'] : ['raw', 'preview', 'hex']
}

/** The view to show: the one that was picked for this class of content, else the one that suits it. */
export function viewToShow(content: ContentClass, contentType: string, picked: PickedView | null): BodyViewName {
  if (picked?.content === content && viewsOf(content, contentType).includes(picked.view)) return picked.view
  if (content === 'image') return 'preview'
  return content === 'binary' ? 'hex' : 'pretty'
}

/** Why an answer has no body, in a sentence; null where it has one. */
export function whyNoBody(method: string, response: ReceivedResponse): string | null {
  if (response.bodyId !== null && response.bodyBytes > 0) return null
  if (method.toUpperCase() === 'HEAD') return 'The answer to HEAD is headers only.'
  if (response.status === 204) return '204 No Content never has a body.'
  if (response.status === 205) return '205 Reset Content never has a body.'
  if (response.status === 304) return '304 Not Modified: the copy you already have is still good.'
  if (response.status >= 100 && response.status < 200) return 'An interim answer has no body.'
  if (method.toUpperCase() === 'CONNECT') return 'The answer to CONNECT opens a tunnel and has no body.'
  if (headerValue(response.headers, 'content-length') === '0') return 'The server announced an empty body: Content-Length is 0.'
  if (response.status >= 300 && response.status < 400 && headerValue(response.headers, 'location') !== null) {
    return 'The answer only leads on to another address: see Location under Headers.'
  }
  return 'The server sent the headers and then nothing.'
}
