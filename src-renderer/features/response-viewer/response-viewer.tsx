/**
 * The answer to the request of a tab, from before anything was sent to the last detail of what came back. While another
 * send is under way the last answer stays, dimmed, with the progress above it.
 */
import Send from 'lucide-react/icons/send'
import type { ReactNode } from 'react'
import type { KeyedAction } from '#contract/model/action-keys.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { shortcutText } from '../../lib/shortcut-text.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useKeysOf, useShortcut } from '../../stores/settings-store.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { KeyList } from '../../ui/key-list.tsx'
import { Answer } from './answer.tsx'
import { Arriving } from './arriving.ts'
import styles from './response-viewer.module.css'
import { SecretTexts } from './secret-texts.ts'
import { SendingStrip } from './sending-strip.tsx'
import { useShownAnswer } from './shown-answer.ts'
import { useLasting } from './use-body-view.ts'
import { rich, t } from '../../lib/t.ts'

const KEYS = [
  [t`Copy as code`, 'request.copyAsCode'],
  [t`Save`, 'request.save'],
  [t`Response beside or below`, 'layout.toggle'],
  [t`Everything else`, 'palette.open'],
] as const satisfies readonly (readonly [string, KeyedAction])[]

/** As long as the progress waits before it shows. */
const PATIENCE_MS = 200

export interface ResponseViewerProps {
  readonly draftId: DraftId
  /** Stands beside the answer's figures. */
  readonly actions?: ReactNode
}

export function ResponseViewer({ draftId, actions }: ResponseViewerProps) {
  const { exchange, arriving } = useShownAnswer(draftId, PATIENCE_MS)
  const keys = useKeysOf(KEYS)
  const secrets = useExchangesStore((state) => exchangeOf(draftId)(state).secrets)
  const isSending = useExchangesStore((state) => exchangeOf(draftId)(state).sending !== null)
  const isSocket = useDraftsStore((state) => state.tabs[draftId]?.draft.document.body.kind === 'websocket')
  const isOld = useLasting(isSending, PATIENCE_MS) && arriving === null
  return (
    <section className={styles.viewer} aria-label={t`Response`} aria-busy={isSending}>
      <SendingStrip key={draftId} draftId={draftId} />
      {exchange === null ? (
        !isOld && (
          <>
            {actions !== undefined && <div className={styles.actions}>{actions}</div>}
            <EmptyState icon={<Send />} title={isSocket ? t`Not connected yet` : t`No response yet`}>
              <HowToSend isSocket={isSocket} />
              <KeyList keys={keys} />
              {!isSocket && <span className={styles.tip}>{t`A cURL command or code pasted into the address becomes the request.`}</span>}
            </EmptyState>
          </>
        )
      ) : (
        <div className={styles.answer} data-old={isOld} data-covered={isOld && exchange.response !== null && exchange.error === null}>
          <SecretTexts value={secrets}>
            <Arriving value={arriving}>
              <Answer key={draftId} draftId={draftId} exchange={exchange} actions={actions} />
            </Arriving>
          </SecretTexts>
        </div>
      )}
    </section>
  )
}

function HowToSend({ isSocket }: { readonly isSocket: boolean }) {
  const { shortcut } = useShortcut('request.send')
  const action = isSocket ? t`to connect; what is said appears here.` : t`to send the request; the answer appears here.`
  if (shortcut === undefined) return <span>{isSocket ? t`What is said appears here.` : t`The answer appears here.`}</span>
  return <span>{rich`Press ${(<kbd>{shortcutText(shortcut)}</kbd>)} ${action}`}</span>
}
