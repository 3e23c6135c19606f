/** The body of a stream by its records: the same rows while it comes and after. */
import { streamKindOf } from '#contract/model/record.ts'
import type { BodyViewProps } from './body-view-props.tsx'
import { RecordsView } from './records-view.tsx'
import { useRecordFeed } from './use-record-feed.ts'

export function RecordsBody({ choice, response, streamKey }: BodyViewProps) {
  const kind = streamKindOf(choice.contentType) ?? 'ndjson'
  const arrivalsId = response.arrivalsId ?? null
  const records = useRecordFeed({ streamKey, bodyId: choice.bodyId, kind, encoding: null, arrivalsId })
  return <RecordsView key={streamKey} kind={kind} records={records} />
}
