/** Send, which is Cancel while the request is under way: one button, so that the focus stays, with the time beside it. */
import { useEffect, useState, type MouseEvent } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { cancel, send } from '../../actions/send.ts'
import { formatElapsed } from '../../lib/format-duration.ts'
import { shortcutText } from '../../lib/shortcut-text.ts'
import { useExchangesStore } from '../../stores/exchanges-store.ts'
import { Button } from '../../ui/button.tsx'
import styles from './request-editor.module.css'

const TICK_MS = 100
/** Before this there is nothing worth reading. */
const SHOW_AFTER_MS = 300

export function SendButton({ draftId }: { readonly draftId: DraftId }) {
  const since = useExchangesStore((state) => state.byTab[draftId]?.sending?.since ?? null)
  const isSending = since !== null
  const onClick = (event: MouseEvent): void => {
    // The second click of a double click would cancel what the first has sent.
    if (event.detail > 1) return
    if (isSending) cancel(draftId)
    else void send(draftId)
  }
  return (
    <>
      {isSending && <Elapsed since={since} />}
      <Button
        variant={isSending ? 'plain' : 'primary'}
        className={styles.send ?? ''}
        tooltip={isSending ? `Cancel (${shortcutText('Esc')})` : `Send (${shortcutText('Ctrl+Enter')})`}
        onClick={onClick}
      >
        {isSending ? 'Cancel' : 'Send'}
      </Button>
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
    <span className={styles.elapsed} role="timer" aria-label="Elapsed time">
      {formatElapsed(now - since)}
    </span>
  )
}
