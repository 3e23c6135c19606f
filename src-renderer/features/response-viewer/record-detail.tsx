/** One record of a stream, opened below the rows: laid out where it is JSON, else as it came. */
import Copy from 'lucide-react/icons/copy'
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { StreamKind } from '#contract/model/record.ts'
import { copyToClipboard } from '../../actions/bodies.ts'
import { readRecord, type WholeRecord } from '../../actions/records.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { IconButton } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import type { RecordFeed } from './record-feed.ts'
import { nameOf } from './record-words.ts'
import styles from './records-view.module.css'
import { t } from '../../lib/t.ts'

export interface RecordDetailProps {
  readonly feed: RecordFeed
  readonly kind: StreamKind
  readonly number: number
  readonly onClose: () => void
}

export function RecordDetail({ feed, kind, number, onClose }: RecordDetailProps) {
  const [read, setRead] = useState<{ readonly whole: WholeRecord | null; readonly error: WireError | null }>({ whole: null, error: null })
  const { viewId } = feed
  useEffect(() => {
    if (viewId === null) return
    let isWanted = true
    void readRecord(viewId, number).then((answer) => {
      if (isWanted) setRead(answer.ok ? { whole: answer.value, error: null } : { whole: null, error: answer.error })
    })
    return () => {
      isWanted = false
    }
  }, [viewId, number])
  const { whole, error } = read
  const name = nameOf(kind, number)
  const text = whole && (whole.pretty ?? whole.text)
  return (
    <section className={styles.detail} aria-label={name}>
      <div className={styles.head}>
        <span className={styles.title}>{name}</span>
        {whole && (
          <span className={styles.facts}>
            {formatBytes(whole.bytes)}
            {whole.pretty !== null && ' · JSON'}
          </span>
        )}
        <span className={styles.gap} />
        {text !== null && <IconButton label={t`Copy this one`} icon={<Copy />} onClick={() => void copyToClipboard(text)} />}
        <IconButton label={t`Close it`} icon={<X />} onClick={onClose} />
      </div>
      {whole?.isCut === true && (
        <div className={styles.note}>
          <ProblemNote tone="warning" message={t`Only its first MiB is shown; Raw has all of it.`} />
        </div>
      )}
      {error && <ProblemNote kind={error.kind} message={error.message} />}
      {text !== null && (
        <pre className={styles.text} tabIndex={0} aria-label={t`${name}, all of it`}>
          {text}
        </pre>
      )}
    </section>
  )
}
