/** The waits between the tries of a request, as core computes them: the same that sending will keep to. */
import type { DraftId } from '#contract/model/ids.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import styles from '../../ui/controls/controls.module.css'
import { useRequest } from './use-request.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

/** So many waits fit on a line. */
const SHOWN_WAITS = 8

export function RetrySchedule({ draftId }: { readonly draftId: DraftId }) {
  const retries = usePreviewsStore((state) => state.byTab[draftId]?.retries)
  const { waitsMs: waits = [], jitterMs = 0, coversMethod = true, hasLowerLimits = false } = retries ?? {}
  const method = useRequest(draftId, (document) => document.method)
  return (
    <div className={styles.option}>
      <span className={styles.optionLabel}>{t`Waits`}</span>
      <p className={styles.schedule} role="group" aria-label={t`Retry schedule`}>
        {waits.length === 0 ? t`No retries.` : scheduleText(waits)}
        {waits.length > 1 && jitterMs > 0 && t`; up to ${waitText(jitterMs)} longer at random`}
        {waits.length > 0 && hasLowerLimits && (
          <span className={styles.scheduleNote}>{t`Fewer after a cause whose own limit is lower.`}</span>
        )}
        {waits.length > 0 && !coversMethod && (
          <span className={styles.scheduleNote}>
            {t`Only where no connection came about: ${method} is not among the methods to retry.`}
          </span>
        )}
      </p>
    </div>
  )
}

function scheduleText(waits: readonly number[]): string {
  const shown = waits.slice(0, SHOWN_WAITS).map(waitText)
  return listed(waits.length > SHOWN_WAITS ? [...shown, '…'] : shown)
}

function waitText(ms: number): string {
  if (ms === 0) return '0 s'
  return ms < 1000 ? formatDuration(ms) : `${Math.round(ms / 10) / 100} s`
}
