/**
 * The way to the answer: every redirect and challenge with its status and why another hop followed; before them, and not
 * counted among them, what was asked of an authorization server to get the access token.
 */
import ChevronRight from 'lucide-react/icons/chevron-right'
import CornerDownRight from 'lucide-react/icons/corner-down-right'
import { useState, type ReactNode } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { Hop } from '#contract/model/exchange.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { CourseDetail } from './course-detail.tsx'
import type { ExchangePart } from './exchange-part.ts'
import { HopLine } from './hop-line.tsx'
import styles from './redirects-panel.module.css'
import { becauseWords, targetOf } from '../../lib/because-words.ts'
import { told } from '../../lib/told.ts'
import { rich, t } from '../../lib/t.ts'

export interface RedirectsPanelProps {
  readonly tokens: readonly Hop[]
  /** And challenges. */
  readonly redirects: readonly Hop[]
  readonly last: ExchangePart
  /** What the last one failed with; null: it did not. */
  readonly error: WireError | null
  /** Draws a hop's sections. */
  readonly children: (part: ExchangePart, index: number) => ReactNode
}

export function RedirectsPanel({ tokens, redirects, last, error, children }: RedirectsPanelProps) {
  const [open, setOpen] = useState<number | null>(null)
  const hops = [...tokens, ...redirects]
  const hop = open === null ? undefined : hops[open]
  const to = targetOf(redirects.at(-1))
  if (hops.length === 0) {
    return <EmptyState icon={<CornerDownRight />} title={t`No redirects`}>{t`The first answer was the last.`}</EmptyState>
  }
  if (hop && open !== null) {
    const entry = { kind: hop.kind, part: hop, error: null, because: hop.because, waited: 0 }
    return (
      <CourseDetail entry={entry} number={numberOf(open, tokens)} back={t`All hops`} onBack={() => setOpen(null)}>
        {children(hop, open)}
      </CourseDetail>
    )
  }
  return (
    <>
      {tokens.length > 0 && (
        <ol className={`${styles.list} ${styles.tokens}`} aria-label={t`Access token`}>
          {tokens.map((hop, index) => (
            <HopItem key={index} hop={hop} number={index + 1} onOpen={() => setOpen(index)} />
          ))}
        </ol>
      )}
      <ol className={styles.list} aria-label={t`Hops`}>
        {redirects.map((hop, index) => (
          <HopItem key={index} hop={hop} number={index + 1} onOpen={() => setOpen(tokens.length + index)} />
        ))}
        <li className={styles.last}>
          {(last.request !== null || to !== undefined) && (
            <HopLine part={last} number={redirects.length + 1} kind="last" to={to} failedBy={error?.kind} />
          )}
          <span className={styles.because}>{lastWords(last, to)}</span>
        </li>
      </ol>
    </>
  )
}

/** Among those of its kind: to get a token is no hop of the request itself. */
function numberOf(index: number, tokens: readonly Hop[]): number {
  return (index < tokens.length ? index : index - tokens.length) + 1
}

/** What became of the last request. @param to where it was to go, by a redirect */
function lastWords({ request, response }: ExchangePart, to: string | undefined): string {
  if (response !== null) return t`The answer shown in the other tabs.`
  if (request !== null) return t`No answer came.`
  return to === undefined ? t`Nothing was sent after that.` : t`Nothing was sent: the connection did not come about.`
}

function HopItem({ hop, number, onOpen }: { readonly hop: Hop; readonly number: number; readonly onOpen: () => void }) {
  return (
    <li>
      <button type="button" className={styles.hop} onClick={onOpen}>
        <HopLine part={hop} number={number} kind={hop.kind} />
        <ChevronRight className={styles.chevron} aria-hidden="true" />
        <span className={styles.because}>
          <CornerDownRight aria-hidden="true" />
          {becauseWords(hop.because)}
        </span>
        {hop.dropped.map(({ name, why }) => (
          <span key={name} className={styles.dropped}>
            {rich`${(<b>{name}</b>)} not sent on: ${told(why)}.`}
          </span>
        ))}
      </button>
    </li>
  )
}
