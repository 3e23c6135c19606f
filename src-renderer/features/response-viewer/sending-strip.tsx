/**
 * What is going on while a request is under way: the phase in words, the time since Send, how far upload and download
 * have come; the editor's Cancel stops it. It waits a moment, so that a quick answer does not make the pane jump.
 */
import { useEffect, useState } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { formatBytes, formatBytesOf, formatRate } from '../../lib/format-bytes.ts'
import { formatElapsed } from '../../lib/format-duration.ts'
import { exchangeOf, useExchangesStore, type ByteProgress } from '../../stores/exchanges-store.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { nextReading, timeLeft, type RateReading } from './rate-meter.ts'
import { RedirectStop } from './redirect-stop.tsx'
import { RetryWait } from './retry-wait.tsx'
import styles from './sending-strip.module.css'
import { useLasting } from './use-body-view.ts'
import { t } from '../../lib/t.ts'

/** Shorter than this, nothing is shown. */
const PATIENCE_MS = 200
const TICK_MS = 100

export function SendingStrip({ draftId }: { readonly draftId: DraftId }) {
  const sending = useExchangesStore((state) => exchangeOf(draftId)(state).sending)
  const since = sending?.since ?? null
  const isLasting = useLasting(sending !== null, PATIENCE_MS)
  if (sending === null || since === null || !isLasting) return null
  // Nothing is on its way then.
  const isStanding = sending.paused !== null || sending.waiting !== null
  return (
    <div className={styles.strip}>
      {sending.paused ? (
        <RedirectStop draftId={draftId} stop={sending.paused} />
      ) : (
        <div className={styles.top}>
          {sending.waiting ? <RetryWait draftId={draftId} wait={sending.waiting} /> : <span className={styles.phase}>{sending.phase}</span>}
          {/* Two clocks that run against each other are one too many. */}
          {!sending.waiting && <Elapsed since={since} />}
        </div>
      )}
      {!isStanding && sending.upload && <Transfer key={`up-${since}`} label={t`Upload`} progress={sending.upload} />}
      {!isStanding && sending.download && <Transfer key={`down-${since}`} label={t`Download`} progress={sending.download} />}
    </div>
  )
}

function Elapsed({ since }: { readonly since: number }) {
  const now = useClock(TICK_MS)
  return <span className={styles.elapsed}>{formatElapsed(Math.max(0, now - since))}</span>
}

function Transfer({ label, progress }: { readonly label: string; readonly progress: ByteProgress }) {
  const rate = useRate(progress.bytes)
  const { bytes, total } = progress
  const isDone = total !== null && bytes >= total
  const amount = total === null || isDone ? formatBytes(bytes) : formatBytesOf(bytes, total)
  const left = rate === null || total === null ? null : timeLeft(total - bytes, rate)
  const text = rate === null || isDone ? amount : [amount, formatRate(rate), ...(left === null ? [] : [left])].join(' · ')
  return <ProgressBar label={label} value={total === null ? null : total === 0 ? 1 : bytes / total} text={text} />
}

/** The transfer's rate, also while nothing arrives: then it falls. */
function useRate(bytes: number): number | null {
  const now = useClock(TICK_MS)
  const [reading, setReading] = useState<RateReading | null>(null)
  const next = nextReading(reading, bytes, now)
  // Derived from the last reading and the clock; set while rendering, as React allows for state of this component.
  if (next !== reading) setReading(next)
  return next.rate
}

/** `performance.now()`, read every so often. */
function useClock(intervalMs: number): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), intervalMs)
    return () => clearInterval(timer)
  }, [intervalMs])
  return now
}
