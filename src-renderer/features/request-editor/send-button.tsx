/**
 * Send, which is Cancel while the request is under way: one button, so that the focus stays, with the time beside it. For
 * a WebSocket it connects, and once that is open disconnects.
 */
import ChevronDown from 'lucide-react/icons/chevron-down'
import Download from 'lucide-react/icons/download'
import { useEffect, useState, type MouseEvent } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { sendAndDownload } from '../../actions/download.ts'
import { cancel, send } from '../../actions/send.ts'
import { disconnect } from '../../actions/websockets.ts'
import { formatElapsed } from '../../lib/format-duration.ts'
import { useShortcut } from '../../stores/settings-store.ts'
import { useExchangesStore } from '../../stores/exchanges-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useRequest } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

const TICK_MS = 100
/** Before this there is nothing worth reading. */
const SHOW_AFTER_MS = 300

interface Use {
  readonly label: string
  readonly tooltip: string
  /** Esc cancels whatever the settings say. */
  readonly key: 'request.send' | 'Esc' | null
  readonly run: (id: DraftId) => void
}

const SEND: Use = { label: t`Send`, tooltip: t`Send`, key: 'request.send', run: (id) => void send(id) }
const CONNECT: Use = { ...SEND, label: t`Connect`, tooltip: t`Connect` }
const CANCEL: Use = { label: t`Cancel`, tooltip: t`Cancel`, key: 'Esc', run: cancel }
const DISCONNECT: Use = { label: t`Disconnect`, tooltip: t`Close the WebSocket`, key: null, run: (id) => void disconnect(id) }

export function SendButton({ draftId }: { readonly draftId: DraftId }) {
  const since = useExchangesStore((state) => state.byTab[draftId]?.sending?.since ?? null)
  const isOpen = useExchangesStore((state) => (state.byTab[draftId]?.sending?.socket ?? null) !== null)
  const isSocket = useRequest(draftId, ({ body }) => body.kind === 'websocket')
  const isSending = since !== null
  const use = isOpen ? DISCONNECT : isSending ? CANCEL : isSocket ? CONNECT : SEND
  const sendKey = useShortcut('request.send')
  const shortcut = use.key === 'Esc' ? { shortcut: 'Esc' } : use.key === null ? {} : sendKey
  const onClick = (event: MouseEvent): void => {
    // The second click of a double click would cancel what the first has sent.
    if (event.detail <= 1) use.run(draftId)
  }
  return (
    <>
      {isSending && <Elapsed since={since} />}
      <Button variant={isSending ? 'plain' : 'primary'} className={styles.send ?? ''} tooltip={use.tooltip} {...shortcut} onClick={onClick}>
        {use.label}
      </Button>
      {/* Not "More ways to send": one button of the window is named Send. */}
      {!isSending && !isSocket && (
        <Menu
          align="end"
          trigger={<IconButton label={t`Request menu`} icon={<ChevronDown />} className={styles.more ?? ''} />}
          items={[{ label: t`Send and download…`, icon: <Download />, onSelect: () => sendAndDownload(draftId) }]}
        />
      )}
    </>
  )
}

function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [since])
  if (now - since < SHOW_AFTER_MS) return null
  return (
    <span className={styles.elapsed} role="timer" aria-label={t`Elapsed time`}>
      {formatElapsed(now - since)}
    </span>
  )
}
