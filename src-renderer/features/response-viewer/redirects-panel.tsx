/** The way to the answer: every hop with its status and why another followed. A hop opens like the last answer does. */
import ArrowLeft from 'lucide-react/icons/arrow-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import CornerDownRight from 'lucide-react/icons/corner-down-right'
import { useState, type ReactNode } from 'react'
import type { Hop } from '#contract/model/exchange.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { MethodWord } from '../../ui/method-word.tsx'
import type { ExchangePart } from './exchange-part.ts'
import styles from './redirects-panel.module.css'
import { classOfStatus, statusText } from './status-meanings.ts'
import { ownTime } from './waterfall.ts'

export interface RedirectsPanelProps {
  readonly history: readonly Hop[]
  readonly last: ExchangePart
  /** Draws a hop's sections. */
  readonly children: (hop: Hop, index: number) => ReactNode
}

export function RedirectsPanel({ history, last, children }: RedirectsPanelProps) {
  const [open, setOpen] = useState<number | null>(null)
  const hop = open === null ? undefined : history[open]
  if (history.length === 0) {
    return (
      <EmptyState icon={<CornerDownRight />} title="No redirects">
        The first answer was the last.
      </EmptyState>
    )
  }
  if (hop && open !== null) {
    return (
      <div className={styles.detail} role="group" aria-label={`Hop ${open + 1}`}>
        <div className={styles.bar}>
          <Button variant="ghost" icon={<ArrowLeft />} onClick={() => setOpen(null)}>
            All hops
          </Button>
          <HopLine part={hop} number={open + 1} />
        </div>
        {children(hop, open)}
      </div>
    )
  }
  return (
    <ol className={styles.list} aria-label="Hops">
      {history.map((item, index) => (
        <li key={index}>
          <button type="button" className={styles.hop} onClick={() => setOpen(index)}>
            <HopLine part={item} number={index + 1} />
            <ChevronRight className={styles.chevron} aria-hidden="true" />
            <span className={styles.because}>
              <CornerDownRight aria-hidden="true" />
              {item.because}
            </span>
            {item.dropped.map(({ name, why }) => (
              <span key={name} className={styles.dropped}>
                <b>{name}</b> not sent on: {why}.
              </span>
            ))}
          </button>
        </li>
      ))}
      <li className={styles.last}>
        <HopLine part={last} number={history.length + 1} />
        <span className={styles.because}>{last.response === null ? 'No answer came.' : 'The answer shown in the other tabs.'}</span>
      </li>
    </ol>
  )
}

function HopLine({ part, number }: { readonly part: ExchangePart; readonly number: number }) {
  return (
    <span className={styles.line}>
      <span className={styles.number}>{number}</span>
      {part.request && <MethodWord method={part.request.method} />}
      <span className={styles.url} title={part.request?.url}>
        {part.request?.url}
      </span>
      {part.response && (
        <span className={styles.status} data-class={classOfStatus(part.response.status)}>
          {statusText(part.response)}
        </span>
      )}
      <span className={styles.time}>{formatDuration(ownTime(part.timings))}</span>
    </span>
  )
}
