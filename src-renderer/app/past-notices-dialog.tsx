/** The list of notices that are not shown any more. */
import { useState } from 'react'
import { timeWords } from '../lib/time-words.ts'
import { useAppStore } from '../stores/app-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './past-notices.module.css'
import { rich, t } from '../lib/t.ts'

export function PastNotices({ onClose }: { readonly onClose: () => void }) {
  const past = useAppStore((state) => state.past)
  const [now] = useState(() => new Date())
  const clearPast = useAppStore((state) => state.clearPast)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Past notices`}
      width="560px"
      actions={
        <>
          <Button
            disabled={past.length === 0}
            onClick={() => {
              clearPast()
              onClose()
            }}
          >{t`Clear`}</Button>
          <Button onClick={onClose}>{t`Close`}</Button>
        </>
      }
    >
      <ol className={styles.list} aria-label={t`Past notices`} tabIndex={0}>
        {past.map(({ number, tone, text, hint, times = 1, at }) => (
          <li key={number} data-tone={tone}>
            <p>
              {text}
              {times > 1 && <span className={styles.faint}> {rich`(${times} times)`}</span>}
            </p>
            {hint !== undefined && <p className={styles.faint}>{hint}</p>}
            <time className={styles.faint} dateTime={at}>
              {timeWords(at, now)}
            </time>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
