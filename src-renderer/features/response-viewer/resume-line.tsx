/** For an answer that broke off and whose rest the server can send: how much has come, and a button that goes on. */
import RotateCw from 'lucide-react/icons/rotate-cw'
import type { Exchange } from '#contract/model/exchange.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { resumeSend } from '../../actions/download.ts'
import { formatBytes, formatBytesOf } from '../../lib/format-bytes.ts'
import { useDownloadsStore } from '../../stores/downloads-store.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { Button } from '../../ui/button.tsx'
import { headerValue } from './media-type.ts'
import styles from './resume-line.module.css'
import { rich, t } from '../../lib/t.ts'

/** Where the tab's answer can be gone on with; null where it cannot. */
export function useResumePoint(draftId: DraftId): ResumePoint | null {
  // What is shown from the history has no request to go on with.
  const isOpen = useDraftsStore((state) => state.tabs[draftId] !== undefined)
  const point = useExchangesStore((state) => exchangeOf(draftId)(state).resume)
  return isOpen ? point : null
}

export function ResumeLine({ draftId, exchange }: { readonly draftId: DraftId; readonly exchange: Exchange }) {
  const path = useDownloadsStore((state) => state.byTab[draftId]?.path ?? null)
  const point = useResumePoint(draftId)
  if (point === null) return null
  const total = wholeLength(exchange)
  const amount = total === null ? formatBytes(point.bytes) : formatBytesOf(point.bytes, total)
  return (
    <div className={styles.line}>
      <span>{rich`${amount} came; the server can send the rest.${path !== null && t` It goes to ${path}.`}`}</span>
      <Button
        icon={<RotateCw />}
        tooltip={t`Asks for the rest by Range, and joins it where the file is still the same`}
        onClick={() => resumeSend(draftId, point)}
      >{t`Resume`}</Button>
    </div>
  )
}

/** As the head of the answer said it; null where it did not. */
function wholeLength({ response }: Exchange): number | null {
  if (!response) return null
  const length = headerValue(response.headers, 'content-length')
  return /^\d+$/.test(length) ? (response.resumedFrom ?? 0) + Number(length) : null
}
