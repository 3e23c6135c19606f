/** The rows of a stream, of which only those on the screen exist; it stays at the newest while it is followed. */
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { StreamKind, StreamRecord } from '#contract/model/record.ts'
import type { RecordFeed } from './record-feed.ts'
import { arrivalText, directionText } from './record-words.ts'
import styles from './records-view.module.css'
import { useFollowing } from './use-following.ts'
import { VirtualRows, type RowWindow, type VirtualRowsHandle } from './virtual-rows.tsx'
import { t } from '../../lib/t.ts'

/** Below the upper edge of the list, within its first row. */
const TOP_EDGE = 10

export interface RecordRowsProps {
  readonly feed: RecordFeed
  readonly kind: StreamKind
  readonly label: string
  /** Whether it stays at the newest row. */
  readonly follows: boolean
  readonly onFollow: (follows: boolean) => void
  /** Number of the record that is opened; null: none. */
  readonly selected: number | null
  readonly onSelect: (number: number | null) => void
}

export function RecordRows({ feed, kind, label, follows, onFollow, selected, onSelect }: RecordRowsProps) {
  const rows = useRef<VirtualRowsHandle>(null)
  /** Place of the row that the keys go on from. */
  const place = useRef<number>(-1)
  const count = feed.status?.matched ?? 0
  useFollowing(rows, (next) => {
    if (next !== follows) onFollow(next)
  })
  const select = (next: number): void => {
    const record = feed.row(next)
    if (!record) return
    place.current = next
    onSelect(record.number)
    rows.current?.reveal(next)
    // The row itself goes away as soon as it is scrolled out of sight.
    rows.current?.scroller?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const scroller = rows.current?.scroller
    if (event.key === 'Escape' && selected !== null) onSelect(null)
    else if (event.key === 'Enter' && selected === null && rows.current && scroller) {
      select(rows.current.rowAt(scroller.getBoundingClientRect().top + TOP_EDGE))
    } else if (step !== 0 && selected !== null && !event.ctrlKey && !event.metaKey) select(place.current + step)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <VirtualRows
      label={label}
      rowCount={count}
      width={0}
      handle={rows}
      className={styles.rows ?? ''}
      staysAtEnd={follows}
      onKeyDown={onKeyDown}
    >
      {(view) => (
        <VisibleRows
          feed={feed}
          kind={kind}
          count={count}
          view={view}
          selected={selected}
          onSelect={(next, number) => (number === selected ? onSelect(null) : select(next))}
        />
      )}
    </VirtualRows>
  )
}

interface VisibleRowsProps {
  readonly feed: RecordFeed
  readonly kind: StreamKind
  readonly count: number
  readonly view: RowWindow
  readonly selected: number | null
  readonly onSelect: (place: number, number: number) => void
}

function VisibleRows({ feed, kind, count, view: { first, last }, selected, onSelect }: VisibleRowsProps) {
  useEffect(() => feed.want(first, last), [feed, first, last])
  const places = Array.from({ length: Math.max(0, Math.min(last, count - 1) - first + 1) }, (_, index) => first + index)
  // One that has none leaves its place empty, so that what was said stands below each other.
  const hasIds = places.some((place) => (feed.row(place)?.id ?? '') !== '')
  return (
    <div role="list">
      {places.map((place) => {
        const record = feed.row(place)
        return (
          <div key={place} role="listitem" aria-setsize={count} aria-posinset={place + 1} className={styles.item}>
            {record && (
              <button
                type="button"
                tabIndex={-1}
                className={styles.row}
                data-kind={record.kind}
                aria-expanded={record.number === selected}
                onClick={() => onSelect(place, record.number)}
              >
                <Cells record={record} kind={kind} hasIds={hasIds} />
              </button>
            )}
          </div>
        )
      })}
    </div>
  )
}

function Cells({ record, kind, hasIds }: { readonly record: StreamRecord; readonly kind: StreamKind; readonly hasIds: boolean }) {
  const { number, at, event, id, text } = record
  return (
    <>
      <span className={styles.number}>{number + 1}</span>
      {at !== null && <span className={styles.at}>{arrivalText(at)}</span>}
      {kind === 'sse' && <span className={styles.event}>{record.kind === 'comment' ? t`comment` : event || 'message'}</span>}
      {kind === 'socket' && <Direction event={event} />}
      {hasIds && <span className={styles.id}>{id}</span>}
      <span className={styles.data}>{text.replaceAll(/\r\n|\r|\n/g, ' ⏎ ')}</span>
      {record.kind === 'cut' && <span className={styles.cut}>{t`cut off`}</span>}
    </>
  )
}

/** Which way a message of a WebSocket went, and what it was if it was no text. */
function Direction({ event }: { readonly event: string }) {
  const isSent = event.startsWith('sent')
  return (
    <span className={styles.event} data-sent={isSent}>
      <span aria-hidden="true">{isSent ? '↑ ' : '↓ '}</span>
      {directionText(event)}
    </span>
  )
}
