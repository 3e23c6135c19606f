/**
 * A body as rows, one for each event or value of a stream, while they come and after: with the time of each, a filter, a
 * pause that stops the view and not the stream, and Stop, which ends the stream and keeps what came.
 */
import ArrowDownToLine from 'lucide-react/icons/arrow-down-to-line'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import Square from 'lucide-react/icons/square'
import { useEffect, useState } from 'react'
import type { StreamKind } from '#contract/model/record.ts'
import { cancel } from '../../actions/send.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useArriving } from './arriving.ts'
import { RecordDetail } from './record-detail.tsx'
import type { RecordFeed } from './record-feed.ts'
import { RecordRows } from './record-rows.tsx'
import { countText, limitText, oneOf, titleOf } from './record-words.ts'
import styles from './records-view.module.css'
import type { RecordFeedState } from './use-record-feed.ts'
import { rich, t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

/** A stream that lasts longer is one to be followed, in milliseconds. */
const LASTING_MS = 800

export interface RecordsViewProps {
  readonly kind: StreamKind
  readonly records: RecordFeedState
}

export function RecordsView({ kind, records: { feed } }: RecordsViewProps) {
  const arriving = useArriving()
  const [filter, setFilter] = useState('')
  const [pausedAt, setPausedAt] = useState<number | null>(null)
  const [follows, setFollows] = useFollowing(kind, arriving !== null)
  const [selected, setSelected] = useState<number | null>(null)
  const { status, error } = feed
  const total = status?.total ?? 0
  const changeFilter = (text: string): void => {
    setFilter(text)
    feed.filter(text.trim())
  }
  // A stream that is over has nothing to hold back.
  const heldAt = arriving ? pausedAt : null
  useEffect(() => feed.until(heldAt), [feed, heldAt])
  const title = titleOf(kind)
  return (
    <div className={styles.view}>
      <div className={styles.bar} role="toolbar" aria-label={t`${title} of the stream`}>
        <SearchField
          label={t`Filter ${title.toLowerCase()}`}
          placeholder={t`Filter ${title.toLowerCase()}`}
          value={filter}
          onChange={changeFilter}
          clearLabel={t`Clear the filter`}
          maxLength={1000}
        />
        <span className={styles.count} role="status" aria-label={title}>
          {countText(kind, total, filter.trim() === '' ? null : (status?.matched ?? 0))}
          {heldAt !== null && total > heldAt && t` · ${formatNumber(total - heldAt)} new`}
        </span>
        <IconButton label={t`Follow the newest`} icon={<ArrowDownToLine />} pressed={follows} onClick={() => setFollows(!follows)} />
        {arriving && <Live kind={kind} draftId={arriving.draftId} total={total} pausedAt={pausedAt} onPause={setPausedAt} />}
      </div>
      {error && (
        <div className={styles.note}>
          <ProblemNote kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />
        </div>
      )}
      <RecordRows
        feed={feed}
        kind={kind}
        label={title}
        follows={follows}
        onFollow={setFollows}
        selected={selected}
        onSelect={setSelected}
      />
      <Nothing feed={feed} kind={kind} isFiltered={filter.trim() !== ''} />
      {selected !== null && <RecordDetail key={selected} feed={feed} kind={kind} number={selected} onClose={() => setSelected(null)} />}
    </div>
  )
}

/**
 * Whether the newest is kept in sight. What was whole when it is opened, or within a moment, is read from its first row on,
 * as any body is; events and messages are followed from the start.
 */
function useFollowing(kind: StreamKind, isArriving: boolean): readonly [boolean, (follows: boolean) => void] {
  const [chosen, choose] = useState<boolean | null>(isArriving && kind !== 'ndjson' ? true : null)
  const isAsked = isArriving && chosen === null
  useEffect(() => {
    if (!isAsked) return
    const timer = setTimeout(() => choose(true), LASTING_MS)
    return () => clearTimeout(timer)
  }, [isAsked])
  return [chosen ?? false, choose]
}

interface LiveProps {
  readonly kind: StreamKind
  readonly draftId: Parameters<typeof cancel>[0]
  readonly total: number
  readonly pausedAt: number | null
  readonly onPause: (at: number | null) => void
}

/** What can be done with a stream while it comes. */
function Live({ kind, draftId, total, pausedAt, onPause }: LiveProps) {
  return (
    <>
      {pausedAt === null ? (
        <Button icon={<Pause />} tooltip={t`Holds the list still; the stream goes on`} onClick={() => onPause(total)}>{t`Pause`}</Button>
      ) : (
        <Button icon={<Play />} tooltip={t`Shows what has come meanwhile`} onClick={() => onPause(null)}>{t`Resume`}</Button>
      )}
      {/* A WebSocket is closed where it was opened. */}
      {kind !== 'socket' && (
        <Button icon={<Square />} tooltip={t`Ends the stream and keeps what came`} onClick={() => cancel(draftId)}>{t`Stop`}</Button>
      )}
    </>
  )
}

/** Why there are no rows. */
function Nothing({ feed, kind, isFiltered }: { readonly feed: RecordFeed; readonly kind: StreamKind; readonly isFiltered: boolean }) {
  const arriving = useArriving()
  const { status } = feed
  if (status === null || status.matched > 0) return null
  const title = titleOf(kind).toLowerCase()
  const limits = arriving && limitText(arriving.limits)
  if (isFiltered && status.total > 0) return <p className={styles.nothing}>{rich`No ${title} have this text.`}</p>
  if (status.isOver) return <p className={styles.nothing}>{rich`The stream had no ${title}.`}</p>
  return (
    <p className={styles.nothing}>
      {rich`Waiting for the first ${oneOf(kind)}…`}
      {limits !== null && <span className={styles.limits}> {limits}</span>}
    </p>
  )
}
