/** A body of any kind while it comes: text by its lines, anything else by the bytes that are there. */
import { useState } from 'react'
import { HexView } from './hex-view.tsx'
import { headerCharset, isByteWise } from './arriving-text.ts'
import { RecordRows } from './record-rows.tsx'
import styles from './records-view.module.css'
import type { BodyChoice } from './use-body-choice.ts'
import { useRecordFeed } from './use-record-feed.ts'
import { t } from '../../lib/t.ts'

/** Of bytes that are no text the first are enough to see what is coming. */
const FIRST_BYTES = 64 * 1024

export interface ArrivingBodyProps {
  readonly choice: BodyChoice
  readonly streamKey: string
  readonly isText: boolean
}

export function ArrivingBody({ choice, streamKey, isText }: ArrivingBodyProps) {
  const encoding = headerCharset(choice.contentType)
  const records = useRecordFeed({ streamKey, bodyId: choice.bodyId, kind: 'lines', encoding, arrivalsId: null })
  const [follows, setFollows] = useState(false)
  const { feed } = records
  if (!isText || !isByteWise(encoding)) {
    const bytes = Math.min(feed.status?.bytes ?? 0, FIRST_BYTES)
    return <HexView key={bytes} bodyId={choice.bodyId} bytes={bytes} />
  }
  return (
    <div className={styles.view}>
      <RecordRows
        feed={feed}
        kind="lines"
        label={t`Response body`}
        follows={follows}
        onFollow={setFollows}
        selected={null}
        onSelect={() => undefined}
      />
    </div>
  )
}
