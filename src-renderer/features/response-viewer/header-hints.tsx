/** What the headers of an answer say together, in a line each: limits on requests, when to come back, and what a cache may do. */
import Gauge from 'lucide-react/icons/gauge'
import Hourglass from 'lucide-react/icons/hourglass'
import Layers from 'lucide-react/icons/layers'
import type { ReactNode } from 'react'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import { spanInWords } from '../../lib/span-words.ts'
import { cacheHints } from './cache-hints.ts'
import styles from './header-hints.module.css'
import { rateLimitInWords, rateLimits, retryAfterSeconds } from './rate-hints.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

/** Between a number and its unit, where a line must not end. */
const AMOUNT = /(?<=\d) (?=(?:s|min|h)\b)/g

export interface HeaderHintsProps {
  readonly response: ReceivedResponse
  /** When it came, in milliseconds since the epoch. */
  readonly at: number
}

export function HeaderHints({ response: { headers }, at }: HeaderHintsProps) {
  const limits = rateLimits(headers, at)
  const cache = cacheHints(headers, at)
  const retryAfter = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]
  const wait = retryAfter === undefined ? null : retryAfterSeconds(retryAfter, at)
  if (limits.length + cache.length === 0 && wait === null) return null
  return (
    <dl className={styles.hints} aria-label={t`What the headers say`}>
      {limits.length > 0 && (
        <Hint name={t`Rate limit`} icon={<Gauge />} isUrgent={limits.some(({ remaining }) => remaining === 0)}>
          {limits.map(rateLimitInWords).join(t`; `)}
        </Hint>
      )}
      {wait !== null && (
        <Hint name={t`Retry`} icon={<Hourglass />} isUrgent={wait > 0}>
          {wait === 0 ? t`welcome at once` : t`not before ${spanInWords(Math.ceil(wait))} have passed`}
        </Hint>
      )}
      {cache.length > 0 && (
        <Hint name={t`Cache`} icon={<Layers />}>
          {listed(cache)}
        </Hint>
      )}
    </dl>
  )
}

interface HintProps {
  readonly name: string
  readonly icon: ReactNode
  readonly isUrgent?: boolean
  readonly children: string
}

function Hint({ name, icon, isUrgent = false, children }: HintProps) {
  return (
    <div className={styles.hint} data-urgent={isUrgent}>
      <dt>
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
        {name}
      </dt>
      <dd>{children.replaceAll(AMOUNT, '\u00A0')}</dd>
    </div>
  )
}
