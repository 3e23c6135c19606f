/**
 * What happened, said in a corner: failures until they are closed, the rest for as long as it takes to read. Only the
 * newest are shown, so that they do not grow over the editor; the earlier ones wait behind a button.
 */
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import { useAppStore, type Notice } from '../stores/app-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import styles from './notices.module.css'

const SHOWN_MS = 5_000
/** Longer where there is something to press. */
const SHOWN_WITH_ACTION_MS = 10_000
const SHOWN_AT_ONCE = 2

export function Notices() {
  const notices = useAppStore((state) => state.notices)
  const [isOpen, setOpen] = useState(false)
  const earlier = Math.max(0, notices.length - SHOWN_AT_ONCE)
  const showsAll = isOpen && earlier > 0
  return (
    <section className={styles.notices} aria-label="Notices">
      {earlier > 0 && (
        <Button
          className={styles.earlier ?? ''}
          icon={showsAll ? <ChevronDown /> : <ChevronUp />}
          aria-expanded={showsAll}
          onClick={() => setOpen(!showsAll)}
        >
          {earlier} earlier {earlier === 1 ? 'notice' : 'notices'}
        </Button>
      )}
      {notices.map((notice, index) => (
        // What is said again is another event: its time begins anew, and it is read out once more.
        <NoticeCard key={`${notice.id} ${notice.times ?? 1}`} notice={notice} isShown={showsAll || index >= earlier} />
      ))}
    </section>
  )
}

/** One notice. Its time runs on while it waits behind the button, so that only failures gather there. */
function NoticeCard({ notice, isShown }: { readonly notice: Notice; readonly isShown: boolean }) {
  const { id, tone, text, hint, progress, action, otherAction, times = 1 } = notice
  const [isUnderPointer, setUnderPointer] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const [wasHidden, setWasHidden] = useState(false)
  if (!isShown && !wasHidden) setWasHidden(true)
  const drop = useAppStore((state) => state.dropNotice)
  const stays = tone === 'error' || progress !== undefined || (isShown && (isUnderPointer || hasFocus))
  const shownMs = action ? SHOWN_WITH_ACTION_MS : SHOWN_MS
  useEffect(() => {
    if (stays) return
    const timer = setTimeout(() => drop(id), shownMs)
    return () => clearTimeout(timer)
  }, [drop, id, stays, shownMs])
  if (!isShown) return null
  return (
    <div
      className={styles.notice}
      // One that comes back from behind the button was read out before.
      role={wasHidden ? 'group' : tone === 'error' ? 'alert' : 'status'}
      data-tone={tone}
      onPointerEnter={() => setUnderPointer(true)}
      onPointerLeave={() => setUnderPointer(false)}
      onFocus={() => setFocus(true)}
      onBlur={() => setFocus(false)}
    >
      <div className={styles.words}>
        <p>
          {text}
          {times > 1 && <span className={styles.times}> ({times} times)</span>}
        </p>
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
