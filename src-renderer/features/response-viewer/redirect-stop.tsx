/** A redirect that is to be decided on: where it leads, the request that would follow it, and the three ways to go. */
import type { ExchangeStep } from '#contract/model/exchange.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { cancel, goOn } from '../../actions/send.ts'
import { maskedValue } from '../../lib/mask-header.ts'
import { Button } from '../../ui/button.tsx'
import { MethodWord } from '../../ui/method-word.tsx'
import { Fold } from '../../ui/fold.tsx'
import styles from './sending-strip.module.css'
import { t } from '../../lib/t.ts'

export interface RedirectStopProps {
  readonly draftId: DraftId
  readonly stop: Extract<ExchangeStep, { kind: 'paused' }>
}

export function RedirectStop({ draftId, stop: { status, url, next } }: RedirectStopProps) {
  return (
    <div className={styles.stop} role="group" aria-label={t`Redirect`}>
      <p className={styles.way} role="status" title={`${url} → ${next.url}`}>
        <strong className={styles.strong}>{status}</strong>
        <span aria-hidden="true">→</span>
        <MethodWord method={next.method} />
        <span className={styles.url}>{next.url}</span>
      </p>
      <div className={styles.buttons}>
        <Button onClick={() => goOn(draftId)}>{t`Follow`}</Button>
        <Button variant="ghost" onClick={() => goOn(draftId, true)}>{t`Follow all`}</Button>
        <Button variant="ghost" tooltip={t`The redirect stays as the answer (Esc)`} onClick={() => cancel(draftId)}>{t`Stop here`}</Button>
      </div>
      <Fold label={t`The next request`} className={styles.next}>
        <pre className={styles.lines}>
          {next.headers.map(([name, value]) => `${name}: ${maskedValue(name, value)}`).join('\n')}
          {next.bodyBytes !== null && next.bodyBytes > 0 && t`\n\n(a body of ${next.bodyBytes} bytes)`}
        </pre>
      </Fold>
    </div>
  )
}
