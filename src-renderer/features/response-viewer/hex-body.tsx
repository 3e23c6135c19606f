/** The bytes of a body: all of them, or as many as have come while it arrives. */
import { useArriving } from './arriving.ts'
import type { BodyViewProps } from './body-view-props.tsx'
import { HexView } from './hex-view.tsx'
import { useArrivingLines } from './use-arriving-lines.ts'

export function HexBody({ choice: { bodyId }, response, streamKey }: BodyViewProps) {
  const isArriving = useArriving() !== null
  // What comes over the wire may be compressed: core counts what there is to be shown.
  const arriving = useArrivingLines({ textKey: streamKey, bodyId, encoding: null, isArriving, isOpened: !isArriving })
  const bytes = arriving === null ? response.bodyBytes : (arriving.feed.status?.bytes ?? 0)
  return <HexView bodyId={bodyId} bytes={bytes} streamKey={streamKey} />
}
