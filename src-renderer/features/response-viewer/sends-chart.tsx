/**
 * The last sends of the same request as a picture of their times, with the usual and the slow ones marked. A point opens
 * its entry in the history; arrow keys go from one to the next. The same figures stand in a table for whoever reads it.
 */
import { useRef, useState, type KeyboardEvent } from 'react'
import type { Exchange } from '#contract/model/exchange.ts'
import type { DraftId, ExchangeId } from '#contract/model/ids.ts'
import { openEntry } from '../../actions/history.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { exactTime } from '../../lib/time-words.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import { Fold } from '../../ui/fold.tsx'
import styles from './sends-chart.module.css'
import { scaleOf, statsOf, type Send, type SendsStats } from './sends-stats.ts'
import { classOfStatus, statusText } from './status-meanings.ts'
import { useSends } from './use-sends.ts'
import { listed } from '../../lib/listed.ts'
import { rich, t } from '../../lib/t.ts'

export interface SendsChartProps {
  readonly draftId: DraftId
  readonly exchange: Exchange
}

/** Fewer are no picture. */
const LEAST_SENDS = 2

export function SendsChart({ draftId, exchange }: SendsChartProps) {
  const sends = useSends(draftId, exchange)
  const stats = statsOf(sends)
  if (sends.length < LEAST_SENDS) return null
  return (
    <section aria-label={t`Earlier sends`} className={styles.sends}>
      <h2 className={styles.title}>{rich`Last ${sends.length} sends`}</h2>
      {stats && <Figures stats={stats} />}
      <Picture sends={sends} stats={stats} current={exchange.id} />
      <Table sends={sends} />
    </section>
  )
}

function Figures({ stats: { medianMs, p95Ms, slowestMs, answered, failed } }: { readonly stats: SendsStats }) {
  return (
    <p className={styles.figures}>
      <span>{rich`Median ${(<b>{formatDuration(medianMs)}</b>)}`}</span>
      <span>{rich`95th percentile ${(<b>{formatDuration(p95Ms)}</b>)}`}</span>
      <span>{rich`Slowest ${(<b>{formatDuration(slowestMs)}</b>)}`}</span>
      {failed > 0 && <span>{t`${failed} of ${answered + failed} without an answer`}</span>}
    </p>
  )
}

interface PictureProps {
  readonly sends: readonly Send[]
  readonly stats: SendsStats | null
  readonly current: ExchangeId
}

function Picture({ sends, stats, current }: PictureProps) {
  const points = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(sends.length - 1)
  const scale = scaleOf(sends, stats)
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -sends.length, End: sends.length }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.min(sends.length - 1, Math.max(0, focused + step))
    setFocused(next)
    points.current?.querySelectorAll('button')[next]?.focus()
  }
  const stop = Math.min(focused, sends.length - 1)
  return (
    <div className={styles.picture}>
      <span className={styles.top} aria-hidden="true">
        {formatDuration(scale)}
      </span>
      <span className={styles.bottom} aria-hidden="true">
        0
      </span>
      <div ref={points} className={styles.points} role="group" aria-label={t`Times of sends, oldest first`} onKeyDown={onKeyDown}>
        {stats && <Line at={stats.medianMs / scale} kind="median" />}
        {stats && stats.p95Ms > stats.medianMs && <Line at={stats.p95Ms / scale} kind="p95" />}
        {sends.map((send, index) => (
          <Point
            key={send.id}
            send={send}
            scale={scale}
            left={sends.length === 1 ? 0.5 : index / (sends.length - 1)}
            isOutlier={stats !== null && send.status !== null && send.totalMs > stats.outlierAboveMs}
            isCurrent={send.id === current}
            tabIndex={index === stop ? 0 : -1}
            onFocus={() => setFocused(index)}
          />
        ))}
      </div>
    </div>
  )
}

function Line({ at, kind }: { readonly at: number; readonly kind: 'median' | 'p95' }) {
  return <span className={styles.line} data-kind={kind} style={{ bottom: `${Math.min(1, at) * 100}%` }} aria-hidden="true" />
}

interface PointProps {
  readonly send: Send
  readonly scale: number
  /** From 0 to 1. */
  readonly left: number
  readonly isOutlier: boolean
  readonly isCurrent: boolean
  readonly tabIndex: number
  readonly onFocus: () => void
}

function Point({ send, scale, left, isOutlier, isCurrent, tabIndex, onFocus }: PointProps) {
  const words = inWords(send, isOutlier, isCurrent)
  return (
    <Tooltip text={words}>
      <button
        type="button"
        className={styles.point}
        data-picture
        aria-label={words}
        aria-current={isCurrent || undefined}
        data-class={send.status === null ? 'failed' : classOfStatus(send.status)}
        data-outlier={isOutlier}
        data-cut={send.totalMs > scale}
        tabIndex={tabIndex}
        style={{ left: `${left * 100}%`, bottom: `${Math.min(1, send.totalMs / scale) * 100}%` }}
        onFocus={onFocus}
        onClick={() => void openEntry(send.id)}
      />
    </Tooltip>
  )
}

function Table({ sends }: { readonly sends: readonly Send[] }) {
  return (
    <Fold label={t`All figures`} className={styles.details}>
      <table className={styles.table} aria-label={t`Times of earlier sends`}>
        <thead>
          <tr>
            <th scope="col">{t`Sent`}</th>
            <th scope="col">{t`Answer`}</th>
            <th scope="col">{t`Time`}</th>
          </tr>
        </thead>
        <tbody>
          {sends.toReversed().map((send) => (
            <tr key={send.id}>
              <td>{exactTime(new Date(send.startedAt))}</td>
              <td>{answerOf(send)}</td>
              <td className={styles.number}>{formatDuration(send.totalMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Fold>
  )
}

function inWords(send: Send, isOutlier: boolean, isCurrent: boolean): string {
  const facts = [formatDuration(send.totalMs), answerOf(send), exactTime(new Date(send.startedAt))]
  return listed([...facts, ...(isOutlier ? [t`out of the ordinary`] : []), ...(isCurrent ? [t`this one`] : [])])
}

function answerOf({ status }: Send): string {
  return status === null ? t`no answer` : statusText({ status, reason: '' })
}
