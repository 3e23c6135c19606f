/** What happened, said in a corner: failures until they are closed, the rest for as long as it takes to read. */
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import { useAppStore, type Notice } from '../stores/app-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import styles from './notices.module.css'

const SHOWN_MS = 5_000
/** Longer where there is something to press. */
const SHOWN_WITH_ACTION_MS = 10_000

export function Notices() {
  const notices = useAppStore((state) => state.notices)
  return (
    <section className={styles.notices} aria-label="Notices">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { id, tone, text, hint, progress, action, otherAction } = notice
  const [held, setHeld] = useState(false)
  const drop = useAppStore((state) => state.dropNotice)
  const stays = tone === 'error' || progress !== undefined || held
  const shownMs = action ? SHOWN_WITH_ACTION_MS : SHOWN_MS
  useEffect(() => {
    if (stays) return
    const timer = setTimeout(() => drop(id), shownMs)
    return () => clearTimeout(timer)
  }, [drop, id, stays, shownMs])
  return (
    <div
      className={styles.notice}
      role={tone === 'error' ? 'alert' : 'status'}
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div className={styles.words}>
        <p>{text}</p>
        {hint !== undefined && <p className={styles.hint}>{hint}</p>}
        {progress !== undefined && (
          <div className={styles.track} role="progressbar" aria-label="Copying" aria-valuenow={Math.round(progress * 100)}>
            <div className={styles.bar} style={{ width: `${progress * 100}%` }} />
          </div>
        )}
      </div>
      {[action, otherAction].map(
        (one) =>
          one && (
            <Button
              key={one.label}
              onClick={() => {
                drop(id)
                one.run()
              }}
            >
              {one.label}
            </Button>
          ),
      )}
      {progress === undefined && <IconButton label="Dismiss" icon={<X />} onClick={() => drop(id)} />}
    </div>
  )
}
