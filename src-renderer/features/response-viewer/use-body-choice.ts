/** What a body is and how it is looked at: shared by the body itself and by the buttons that copy and save it. */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { streamKindOf } from '#contract/model/record.ts'
import { SOCKET_LOG_TYPE } from '#contract/model/websocket.ts'
import { useArriving } from './arriving.ts'
import { streamViewToShow, viewToShow, viewsOf, viewsOfStream, type BodyViewName, type PickedView } from './body-choice.ts'
import { natureOf, type BodyKind } from './body-kind.ts'
import { bodyType, essenceOf, isImage, isSurelyText, type ContentClass } from './media-type.ts'
import { useBodyHead } from './use-body-view.ts'

/** Enough to recognise a signature and to see whether text is text. */
const HEAD_BYTES = 2048

export interface BodyChoice {
  readonly bodyId: BodyId
  readonly contentType: string
  readonly content: ContentClass
  readonly kind: BodyKind
  readonly views: readonly BodyViewName[]
  readonly view: BodyViewName
  /** The type to show it under: the header's, or the one that its bytes say. */
  readonly type: string
  /** Where header and bytes disagree, a sentence on it. */
  readonly note: string | null
}

/**
 * Null where there is no body, and for the moment until its first bytes are known, where the type alone says too little.
 * Where it says enough it is believed for that moment, so that one view stays while bodies follow each other.
 *
 * @param streamKey names the answer, which is the same while its body arrives and after
 */
export function useBodyChoice(response: ReceivedResponse | null, picked: PickedView | null, streamKey?: string): BodyChoice | null {
  const contentType = response === null ? '' : bodyType(response)
  // A stream that has begun is one before its first byte.
  const isBegun = useArriving() !== null && streamKindOf(contentType) !== null
  const bodyId = response !== null && (response.bodyBytes > 0 || isBegun) ? response.bodyId : null
  const head = useBodyHead(bodyId, HEAD_BYTES, streamKey)
  if (response === null || bodyId === null || (head === null && !saysEnough(contentType))) return null
  return choiceOf(bodyId, contentType, head, response.url, picked)
}

/** @param name the body's file name or address */
export function choiceOf(
  bodyId: BodyId,
  contentType: string,
  head: Uint8Array | null,
  name: string,
  picked: PickedView | null,
): BodyChoice {
  const nature = natureOf(contentType, head, name)
  const { kind, type, note } = nature
  const stream = nature.content === 'text' || contentType === SOCKET_LOG_TYPE ? streamKindOf(contentType) : null
  const shared = { bodyId, contentType, kind, type, note }
  if (stream !== null) {
    const views = viewsOfStream(stream, kind)
    return { ...shared, content: 'stream', views, view: streamViewToShow(views, picked) }
  }
  const { content } = nature
  return { ...shared, content, views: viewsOf(kind), view: viewToShow(content, kind, picked) }
}

function saysEnough(contentType: string): boolean {
  const essence = essenceOf(contentType)
  return isSurelyText(essence) || isImage(essence)
}
