/** A body while it comes that is no text, or one whose lines cannot be told from its bytes: the bytes that are there. */
import type { BodyId } from '#contract/model/ids.ts'
import { HexView } from './hex-view.tsx'
import { useRecordFeed } from './use-record-feed.ts'

/** The first are enough to see what is coming. */
const FIRST_BYTES = 64 * 1024

export function ArrivingBytes({ bodyId, streamKey }: { readonly bodyId: BodyId; readonly streamKey: string }) {
  const { feed } = useRecordFeed({ streamKey, bodyId, kind: 'lines', encoding: null, arrivalsId: null })
  const bytes = Math.min(feed.status?.bytes ?? 0, FIRST_BYTES)
  return <HexView key={bytes} bodyId={bodyId} bytes={bytes} />
}
