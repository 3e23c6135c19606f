/** Notices that are not shown any more: what they said, and when they went. */
import Bell from 'lucide-react/icons/bell'
import { useState } from 'react'
import { timeWords } from '../lib/time-words.ts'
import { useAppStore } from '../stores/app-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './past-notices.module.css'

/** Opens the list; not there before there was a notice. */
export function PastNoticesButton() {
  const count = useAppStore((state) => state.past.length)
  const [isOpen, setOpen] = useState(false)
  if (count === 0 && !isOpen) return null
  const words = `${count} past ${count === 1 ? 'notice' : 'notices'}`
  return (
    <>
      <button type="button" className={styles.opener} title="What notices said that are gone" onClick={() => setOpen(true)}>
        <Bell aria-hidden="true" />
        {words}
      </button>
      {isOpen && <PastNotices onClose={() => setOpen(false)} />}
    </>
  )
}

function PastNotices({ onClose }: { readonly onClose: () => void }) {
  const past = useAppStore((state) => state.past)
  const [now] = useState(() => new Date())
  const clearPast = useAppStore((state) => state.clearPast)
  return (
    <Dialog
      open
      onClose={onClose}
      title="Past notices"
      width="560px"
      actions={
        <>
          <Button
            disabled={past.length === 0}
            onClick={() => {
              clearPast()
              onClose()
            }}
          >
            Clear
          </Button>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <ol className={styles.list} aria-label="Past notices" tabIndex={0}>
        {past.map(({ number, tone, text, hint, times = 1, at }) => (
          <li key={number} data-tone={tone}>
            <p>
              {text}
              {times > 1 && <span className={styles.faint}> ({times} times)</span>}
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
