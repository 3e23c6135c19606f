/** What a body is and how it is looked at: shared by the body itself and by the buttons that copy and save it. */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { viewToShow, viewsOf, type BodyViewName, type PickedView } from './body-choice.ts'
import { classOfContent, headerValue, imageType, isDeclared, type ContentClass } from './media-type.ts'
import { useBodyHead } from './use-body-view.ts'

/** Enough to recognise a signature and to see whether text is text. */
const HEAD_BYTES = 2048
const NO_BYTES = new Uint8Array()

export interface BodyChoice {
  readonly bodyId: BodyId
  readonly contentType: string
  readonly content: ContentClass
  readonly views: readonly BodyViewName[]
  readonly view: BodyViewName
  /** The type to show it as an image under. */
  readonly imageType: string
}

/** Null where there is no body, and for the moment until its first bytes are known, where they decide. */
export function useBodyChoice(response: ReceivedResponse | null, picked: PickedView | null): BodyChoice | null {
  const bodyId = response !== null && response.bodyBytes > 0 ? response.bodyId : null
  const contentType = response === null ? '' : headerValue(response.headers, 'content-type')
  const declared = isDeclared(contentType)
  const sniffed = useBodyHead(declared ? null : bodyId, HEAD_BYTES)
  const head = declared ? NO_BYTES : sniffed
  if (bodyId === null || head === null) return null
  const content = classOfContent(contentType, head)
  return {
    bodyId,
    contentType,
    content,
    views: viewsOf(content, contentType),
    view: viewToShow(content, contentType, picked),
    imageType: imageType(contentType, head),
  }
}
