/** The way to the answer: every redirect and challenge with its status and why another hop followed. */
import ChevronRight from 'lucide-react/icons/chevron-right'
import CornerDownRight from 'lucide-react/icons/corner-down-right'
import { useState, type ReactNode } from 'react'
import type { Hop } from '#contract/model/exchange.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { CourseDetail } from './course-detail.tsx'
import type { ExchangePart } from './exchange-part.ts'
import { HopLine } from './hop-line.tsx'
import styles from './redirects-panel.module.css'

export interface RedirectsPanelProps {
  /** Redirects and challenges. */
  readonly hops: readonly Hop[]
  readonly last: ExchangePart
  /** Draws a hop's sections. */
  readonly children: (part: ExchangePart, index: number) => ReactNode
}

export function RedirectsPanel({ hops, last, children }: RedirectsPanelProps) {
  const [open, setOpen] = useState<number | null>(null)
  const hop = open === null ? undefined : hops[open]
  if (hops.length === 0) {
    return (
      <EmptyState icon={<CornerDownRight />} title="No redirects">
        The first answer was the last.
      </EmptyState>
    )
  }
  if (hop && open !== null) {
    const entry = { kind: hop.kind, part: hop, error: null, because: hop.because, waited: 0 }
    return (
      <CourseDetail entry={entry} number={open + 1} back="All hops" onBack={() => setOpen(null)}>
        {children(hop, open)}
      </CourseDetail>
    )
  }
  return (
    <ol className={styles.list} aria-label="Hops">
      {hops.map((item, index) => (
        <li key={index}>
          <button type="button" className={styles.hop} onClick={() => setOpen(index)}>
            <HopLine part={item} number={index + 1} kind={item.kind} />
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
        <HopLine part={last} number={hops.length + 1} kind="last" />
        <span className={styles.because}>{last.response === null ? 'No answer came.' : 'The answer shown in the other tabs.'}</span>
      </li>
    </ol>
  )
}
