/** The answer at a glance: status, time, size; and what can be done with its body. */
import Copy from 'lucide-react/icons/copy'
import Download from 'lucide-react/icons/download'
import type { ReactNode } from 'react'
import type { ReceivedResponse, Timings } from '#contract/model/exchange.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { saveBody, suggestedName, type BodyFormat } from '../../actions/bodies.ts'
import { copyBody } from '../../actions/copy-body.ts'
import { toggleDownload } from '../../actions/download.ts'
import { formatBytes, formatExactBytes } from '../../lib/format-bytes.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { useDownloadsStore } from '../../stores/downloads-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useArriving } from './arriving.ts'
import type { BodyViewName } from './body-choice.ts'
import styles from './meta-bar.module.css'
import { MetaMenu } from './meta-menu.tsx'
import { classOfStatus, meaningOfStatus, statusText } from './status-meanings.ts'
import type { BodyChoice } from './use-body-choice.ts'
import { t } from '../../lib/t.ts'

export interface MetaBarProps {
  readonly response: ReceivedResponse
  readonly timings: Timings
  readonly choice: BodyChoice | null
  readonly encoding: string | null
  readonly actions?: ReactNode
}

export function MetaBar({ response, timings, choice, encoding, actions }: MetaBarProps) {
  const arriving = useArriving()
  const isArriving = arriving !== null
  return (
    <div className={styles.meta}>
      <StatusChip response={response} />
      {!isArriving && (
        <span className={styles.facts}>
          {timings.total > 0 && (
            <Fact label={t`Time`} tooltip={t`From Send to the last byte`}>
              {formatDuration(timings.total)}
            </Fact>
          )}
          <Fact label={t`Size`} tooltip={sizeInFull(response)}>
            {sizeText(response)}
          </Fact>
        </span>
      )}
      <div className={styles.tools}>
        <MetaMenu response={response} timings={timings} />
        {choice && !isArriving && (
          <>
            <IconButton
              label={isTextual(choice) ? t`Copy body` : t`Copy body (this one is not text)`}
              icon={<Copy />}
              disabled={!isTextual(choice)}
              onClick={() => void copyBody(choice.bodyId, choice.contentType, formatOf(choice.view), encoding, suggestedName(response))}
            />
            <IconButton
              label={t`Download body`}
              icon={<Download />}
              onClick={() => void saveBody(choice.bodyId, suggestedName(response))}
            />
          </>
        )}
        {arriving && <DownloadWhenWhole draftId={arriving.draftId} />}
        {actions}
      </div>
    </div>
  )
}

/** An answer on its way can be saved already: it is, once it is whole. */
function DownloadWhenWhole({ draftId }: { readonly draftId: DraftId }) {
  const isWished = useDownloadsStore((state) => state.byTab[draftId] !== undefined)
  return (
    <IconButton label={t`Download body when it is whole`} icon={<Download />} pressed={isWished} onClick={() => toggleDownload(draftId)} />
  )
}

/** A status with its words (said in one sentence with the other figures by `app/announce.ts`, so not live itself), coloured by class; its tooltip says what it means. */
export function StatusChip({ response }: { readonly response: ReceivedResponse }) {
  return (
    <Tooltip text={meaningOfStatus(response.status).sentence}>
      <span
        role="status"
        aria-live="off"
        aria-label={t`Response status`}
        className={styles.status}
        data-class={classOfStatus(response.status)}
        tabIndex={0}
      >
        {statusText(response)}
      </span>
    </Tooltip>
  )
}

function Fact({ label, tooltip, children }: { readonly label: string; readonly tooltip: string; readonly children: string }) {
  return (
    <Tooltip text={<span className={styles.lines}>{tooltip}</span>}>
      <span role="status" aria-live="off" aria-label={label} className={styles.fact} tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  )
}

function isTextual({ views }: BodyChoice): boolean {
  return views.includes('pretty') || views.includes('table')
}

/** What is copied is what is seen, where that is text. */
function formatOf(view: BodyViewName): BodyFormat {
  return view === 'pretty' || view === 'text' ? view : 'raw'
}

/** `1.2 kB · 4.0 kB decoded`; one figure where both are the same. */
function sizeText({ wireBytes, bodyBytes, resumedFrom }: ReceivedResponse): string {
  if (resumedFrom !== undefined) return formatBytes(bodyBytes)
  return wireBytes === bodyBytes ? formatBytes(wireBytes) : t`${formatBytes(wireBytes)} · ${formatBytes(bodyBytes)} decoded`
}

function sizeInFull({ wireBytes, bodyBytes, resumedFrom }: ReceivedResponse): string {
  if (resumedFrom !== undefined) return t`Body: ${formatExactBytes(bodyBytes)}\nCame earlier: ${formatExactBytes(resumedFrom)}`
  const wire = t`Body on the wire: ${formatExactBytes(wireBytes)}`
  return wireBytes === bodyBytes ? wire : t`${wire}\nDecoded: ${formatExactBytes(bodyBytes)}`
}
