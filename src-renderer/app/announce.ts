/**
 * Says to screen readers what becomes of the request in front: that it is under way where that takes a while, how far a
 * long transfer has come, and the answer in one sentence. Failures say themselves, as alerts, where they are drawn.
 */
import { countChecks } from '#contract/model/check-count.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import { formatBytes } from '../lib/format-bytes.ts'
import { formatDuration } from '../lib/format-duration.ts'
import { formatPercent } from '../lib/format-number.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore, type ByteProgress, type SendingState } from '../stores/exchanges-store.ts'
import styles from './announce.module.css'
import { listed } from '../lib/listed.ts'
import { t } from '../lib/t.ts'

/** An answer that is there sooner needs no word before it. */
const SAID_AFTER_MS = 1500
/** Of a transfer, in percent. */
const STEP = 25

/** Begin to say it. Returns what ends it. */
export function announceExchanges(): () => void {
  const region = document.createElement('div')
  region.className = styles.hidden ?? ''
  region.setAttribute('aria-live', 'polite')
  region.setAttribute('data-announces', '')
  document.body.append(region)
  const say = (words: string): void => {
    if (region.textContent !== words) region.textContent = words
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = useExchangesStore.subscribe((state, before) => {
    const { activeId } = useDraftsStore.getState()
    const now = exchangeOf(activeId)(state)
    const was = exchangeOf(activeId)(before)
    if (now === was) return
    if (now.sending !== null && was.sending === null) {
      // What was said last may be what is to be said again.
      say('')
      timer = setTimeout(() => {
        const { sending } = exchangeOf(activeId)(useExchangesStore.getState())
        if (sending !== null) say(`${sending.phase}…`)
      }, SAID_AFTER_MS)
    }
    const progress = progressWords(now.sending, was.sending)
    if (progress !== null) say(progress)
    if (now.sending === null) clearTimeout(timer)
    if (now.last !== null && now.last !== was.last) say(answerWords(now.last))
  })
  return () => {
    clearTimeout(timer)
    stop()
    region.remove()
  }
}

/** At each quarter of what goes up or comes down; null: nothing new. */
export function progressWords(now: SendingState | null, was: SendingState | null): string | null {
  for (const [word, part] of [
    [t`Uploaded`, 'upload'],
    [t`Downloaded`, 'download'],
  ] as const) {
    const quarter = quarterOf(now?.[part] ?? null)
    if (quarter > 0 && quarter < 100 && quarter > quarterOf(was?.[part] ?? null)) return `${word} ${formatPercent(quarter / 100)}`
  }
  return null
}

function quarterOf(progress: ByteProgress | null): number {
  if (progress === null || !progress.total) return 0
  return Math.floor((progress.bytes / progress.total) * (100 / STEP)) * STEP
}

/** Such as `201 Created, 84 ms, 1.2 kB, 1 of 3 tests failed`; empty where it failed, which an alert says. */
export function answerWords({ response, error, timings, checks }: Pick<Exchange, 'response' | 'error' | 'timings' | 'checks'>): string {
  if (response === null || error !== null) return ''
  const { passed, failed } = countChecks(checks)
  const made = passed + failed
  const tests = failed > 0 ? t`${failed} of ${made} tests failed` : t`${made} tests passed`
  return listed([
    `${response.status} ${response.reason}`.trim(),
    formatDuration(timings.total),
    formatBytes(response.wireBytes),
    ...(made > 0 ? [tests] : []),
  ])
}
