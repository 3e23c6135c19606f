/** How the request is sent, group by group. Each option says what it covers and what requests calls it. */
import type { DraftId } from '#contract/model/ids.ts'
import { isUnreadWarning } from '#contract/model/unread-option.ts'
import { BehaviourOptions } from '../../forms/behaviour-options.tsx'
import { ConnectionOptions } from '../../forms/connection-options.tsx'
import { ProxyOptions } from '../../forms/proxy-options.tsx'
import { RedirectOptions } from '../../forms/redirect-options.tsx'
import { RetryOptions } from '../../forms/retry-options.tsx'
import { TimeoutOptions } from '../../forms/timeout-options.tsx'
import { TlsOptions } from '../../forms/tls-options.tsx'
import { UnreadOptions } from '../../forms/unread-options.tsx'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { InheritedOptions } from './inherited-options.tsx'
import { RequestOptions } from './request-options.tsx'
import { RetrySchedule } from './retry-schedule.tsx'
import { RouteLine } from './route-line.tsx'
import { SessionOption } from './session-option.tsx'
import styles from './request-editor.module.css'

const NO_WARNINGS: readonly string[] = []

export function OptionsSection({ draftId }: { readonly draftId: DraftId }) {
  const warnings = usePreviewsStore((state) => state.byTab[draftId]?.warnings ?? NO_WARNINGS)
  return (
    <div className={styles.scroll}>
      <div className={styles.options} data-dense="true">
        <UnreadOptions warnings={warnings.filter(isUnreadWarning)} />
        <InheritedOptions draftId={draftId} />
        <RequestOptions draftId={draftId}>
          <BehaviourOptions />
          <TimeoutOptions />
          <RedirectOptions />
          <RetryOptions schedule={<RetrySchedule draftId={draftId} />} />
          <TlsOptions />
          <ProxyOptions route={<RouteLine draftId={draftId} />} />
          <ConnectionOptions />
          <SessionOption draftId={draftId} />
        </RequestOptions>
      </div>
    </div>
  )
}
