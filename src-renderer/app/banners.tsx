/** What concerns the whole window until it is mended: a lost host, a data folder that cannot be written. */
import { useShallow } from 'zustand/react/shallow'
import { platform } from '../actions/platform-ref.ts'
import { useAppStore } from '../stores/app-store.ts'
import { Button } from '../ui/button.tsx'
import styles from './banners.module.css'
import { told } from '../lib/told.ts'
import { rich, t } from '../lib/t.ts'

export function Banners() {
  const { connection, problem } = useAppStore(
    useShallow((state) => ({ connection: state.connection, problem: state.info?.problem ?? null })),
  )
  return (
    <>
      {connection === 'lost' && (
        <div className={styles.banner} role="alert" data-late="true">
          <p>
            {rich`${(<strong>{t`Posthaste does not answer.`}</strong>)} What you type is kept in this browser. Start Posthaste again with ${(<code>--port {location.port}</code>)}: this window then goes on by itself, and everything is written.`}
          </p>
          <Button onClick={() => platform().reconnect()}>{t`Reconnect`}</Button>
        </div>
      )}
      {connection === 'refused' && (
        <div className={styles.banner} role="alert" data-late="true">
          <p>
            {rich`${(<strong>{t`Posthaste was started again and does not know this browser.`}</strong>)} Open the address it printed in another tab: this window then goes on by itself. What you type is kept in this browser until then.`}
          </p>
          <Button onClick={() => platform().reconnect()}>{t`Reconnect`}</Button>
        </div>
      )}
      {problem && (
        <div className={styles.banner} role="alert">
          <p>
            <strong>{told(problem.message)}</strong> {problem.hint && told(problem.hint)}
          </p>
        </div>
      )}
    </>
  )
}
