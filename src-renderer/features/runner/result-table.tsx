/** The rows of a run's results, of which only those in sight exist. Up and Down choose one; its number is its identity. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import type { RunId, RunRow } from '#contract/model/run.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { MethodWord } from '../../ui/method-word.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { count } from './run-words.ts'
import styles from './results.module.css'
import { useRunRows, type RowsFilter } from './use-run-rows.ts'
import { told } from '../../lib/told.ts'
import { t } from '../../lib/t.ts'

const ROW_PX = 28
const COLUMNS = [t`No.`, t`Outcome`, t`Request`, t`Status`, t`Time`, t`Size`, t`Checks`, t`Problem`] as const

/** Why there is no row. */
function noneWords({ outcome, text }: RowsFilter): string {
  if (text !== '') return t`No result fits.`
  return outcome === 'failed' ? t`Nothing has failed.` : t`There is no result yet.`
}

interface ResultTableProps {
  readonly runId: RunId
  readonly filter: RowsFilter
  readonly chosen: RunRow | null
  readonly onChoose: (row: RunRow) => void
}

export function ResultTable({ runId, filter, chosen, onChoose }: ResultTableProps) {
  const rows = useRunRows(runId, filter)
  const scroller = useRef<HTMLDivElement>(null)
  const at = useRef(0)
  const id = useId()
  const total = rows.total ?? 0
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer changes itself in place, so the compiler must leave this component alone; we do not use the compiler
  const virtual = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 10 })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => rows.want(first, last), [rows, first, last])

  const choose = (index: number): void => {
    const row = rows.at(index)
    at.current = index
    virtual.scrollToIndex(index)
    if (row) onChoose(row)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2)
    const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -total, End: total }
    const step = steps[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || total === 0) return
    event.preventDefault()
    choose(Math.min(total - 1, Math.max(0, (chosen === null ? -1 : at.current) + step)))
  }
  return (
    <div className={styles.table} role="table" aria-label={t`Results`} aria-rowcount={total + 1}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.headings}`}>
          {COLUMNS.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
      </div>
      {rows.total === 0 && <p className={styles.none}>{noneWords(filter)}</p>}
      <div
        ref={scroller}
        role="rowgroup"
        className={styles.scroll}
        tabIndex={0}
        aria-label={t`Results, Up and Down choose one`}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => (
            <ResultRow
              key={item.index}
              id={`${id}${item.index}`}
              index={item.index}
              top={item.start}
              row={rows.at(item.index)}
              isChosen={chosen !== null && rows.at(item.index)?.index === chosen.index}
              onChoose={() => choose(item.index)}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

interface ResultRowProps {
  readonly id: string
  readonly index: number
  readonly top: number
  /** Undefined: it is on its way. */
  readonly row: RunRow | undefined
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function ResultRow({ id, index, top, row, isChosen, onChoose }: ResultRowProps) {
  const checks = row ? row.checksPassed + row.checksFailed : 0
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-current={isChosen || undefined}
      className={styles.row}
      style={{ position: 'absolute', top: 0, left: 0, right: 0, height: ROW_PX, transform: `translateY(${top}px)` }}
      data-chosen={isChosen}
      onClick={onChoose}
    >
      {row === undefined ? (
        <span role="cell">…</span>
      ) : (
        <>
          <span role="cell" className={styles.number}>
            {count(row.index + 1)}
          </span>
          <span role="cell">
            <Verdict outcome={row.outcome} />
          </span>
          <span role="cell" className={styles.request} title={row.url}>
            <MethodWord method={row.method} />
            <span className={styles.cut}>{row.name}</span>
          </span>
          <span role="cell" className={styles.number}>
            {row.status ?? '–'}
          </span>
          <span role="cell" className={styles.number}>
            {row.outcome === 'skipped' ? '–' : formatDuration(row.durationMs)}
          </span>
          <span role="cell" className={styles.number}>
            {row.status === null ? '–' : formatBytes(row.bytes)}
          </span>
          <span role="cell" className={styles.number}>
            {checks === 0 ? '–' : `${row.checksPassed}/${checks}`}
          </span>
          <span role="cell" className={styles.cut} title={row.problem === null ? undefined : told(row.problem)}>
            {row.problem !== null && told(row.problem)}
          </span>
        </>
      )}
    </div>
  )
}
