/** What a body is and how it is looked at: shared by the body itself and by the buttons that copy and save it. */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { viewToShow, viewsOf, type BodyViewName, type PickedView } from './body-choice.ts'
import { natureOf, type BodyKind } from './body-kind.ts'
import { essenceOf, headerValue, isImage, isSurelyText, type ContentClass } from './media-type.ts'
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
 */
export function useBodyChoice(response: ReceivedResponse | null, picked: PickedView | null): BodyChoice | null {
  const bodyId = response !== null && response.bodyBytes > 0 ? response.bodyId : null
  const head = useBodyHead(bodyId, HEAD_BYTES)
  const contentType = response === null ? '' : headerValue(response.headers, 'content-type')
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
  const { kind, content, type, note } = natureOf(contentType, head, name)
  return { bodyId, contentType, content, kind, views: viewsOf(kind), view: viewToShow(content, kind, picked), type, note }
}

function saysEnough(contentType: string): boolean {
  const essence = essenceOf(contentType)
  return isSurelyText(essence) || isImage(essence)
}
