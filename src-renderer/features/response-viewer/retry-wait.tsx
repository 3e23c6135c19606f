/**
 * The wait before another attempt: which one comes, why, and when, with a button that does not wait. The seconds run for
 * the eye only; screen readers are told once.
 */
import RotateCw from 'lucide-react/icons/rotate-cw'
import { useEffect, useState } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { goOn } from '../../actions/send.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { formatNumber } from '../../lib/format-number.ts'
import type { RetryWait as Wait } from '../../stores/exchanges-store.ts'
import { Button } from '../../ui/button.tsx'
import styles from './sending-strip.module.css'
import { told } from '../../lib/told.ts'
import { rich, t } from '../../lib/t.ts'

const TICK_MS = 100

export function RetryWait({ draftId, wait }: { readonly draftId: DraftId; readonly wait: Wait }) {
  const name = t`Attempt ${wait.attempt} of ${wait.of}`
  return (
    <>
      <span className={styles.wait} aria-hidden="true">
        {rich`${(<strong className={styles.strong}>{name}</strong>)} in ${(<Countdown wait={wait} />)}: ${told(wait.reason)}`}
      </span>
      <span className={styles.hidden} role="status">
        {rich`${name} in ${formatDuration(wait.waitMs)}: ${told(wait.reason)}`}
      </span>
      <Button icon={<RotateCw />} onClick={() => goOn(draftId)}>{t`Retry now`}</Button>
    </>
  )
}

function Countdown({ wait: { since, waitMs } }: { readonly wait: Wait }) {
  const [now, setNow] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [since])
  return <span className={styles.countdown}>{remainingText(Math.max(0, waitMs - (now - since)))}</span>
}

/** Tenths near the end, whole seconds before: `3.2 s`, `45 s`, `2 min 5 s`; no line ends between a number and its unit. */
function remainingText(ms: number): string {
  const text = ms < 10_000 ? `${formatNumber(ms / 1000, 1)} s` : formatDuration(Math.ceil(ms / 1000) * 1000).replace(/\.\d+ s$/, ' s')
  return text.replaceAll(/(\d) /g, '$1\u00a0')
}
