/**
 * What happened, said in a corner for as long as it takes to read; what did not get onto the disk, until it has. Only the
 * newest are shown, so that they do not grow over the editor, and never over the control that was used last; the earlier
 * ones wait behind a button, and what they said is kept (`past-notices.tsx`).
 */
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState } from 'react'
import { shownFor } from '../lib/notice-times.ts'
import { useAppStore, type Notice } from '../stores/app-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import styles from './notices.module.css'
import { useFreePlace } from './use-free-place.ts'
import { rich, t } from '../lib/t.ts'

const SHOWN_AT_ONCE = 2

export function Notices() {
  const notices = useAppStore((state) => state.notices)
  const [isOpen, setOpen] = useState(false)
  const earlier = Math.max(0, notices.length - SHOWN_AT_ONCE)
  const showsAll = isOpen && earlier > 0
  const section = useRef<HTMLElement>(null)
  useFreePlace(section, showsAll ? notices : notices.slice(-SHOWN_AT_ONCE))
  return (
    <section className={styles.notices} aria-label={t`Notices`} ref={section}>
      {earlier > 0 && (
        <Button
          className={styles.earlier ?? ''}
          icon={showsAll ? <ChevronDown /> : <ChevronUp />}
          aria-expanded={showsAll}
          onClick={() => setOpen(!showsAll)}
        >
          {rich`${earlier} earlier ${earlier === 1 ? t`notice` : t`notices`}`}
        </Button>
      )}
      {notices.map((notice, index) => (
        // What is said again is another event: its time begins anew, and it is read out once more.
        <NoticeCard key={`${notice.id} ${notice.times ?? 1}`} notice={notice} isShown={showsAll || index >= earlier} />
      ))}
    </section>
  )
}

/** One notice. Its time runs on while it waits behind the button, so that few gather there. */
function NoticeCard({ notice, isShown }: { readonly notice: Notice; readonly isShown: boolean }) {
  const { id, tone, text, hint, progress, action, otherAction, times = 1 } = notice
  const [isUnderPointer, setUnderPointer] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const [wasHidden, setWasHidden] = useState(false)
  if (!isShown && !wasHidden) setWasHidden(true)
  const drop = useAppStore((state) => state.dropNotice)
  const isHeld = isShown && (isUnderPointer || hasFocus)
  const shownMs = shownFor(notice)
  useEffect(() => {
    if (isHeld || shownMs === null) return
    const timer = setTimeout(() => drop(id), shownMs)
    return () => clearTimeout(timer)
  }, [drop, id, isHeld, shownMs])
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
          {times > 1 && <span className={styles.times}> {rich`(${times} times)`}</span>}
        </p>
        {hint !== undefined && <p className={styles.hint}>{hint}</p>}
        {progress !== undefined && (
          <div className={styles.track} role="progressbar" aria-label={t`Copying`} aria-valuenow={Math.round(progress * 100)}>
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
      {progress === undefined && <IconButton label={t`Dismiss`} icon={<X />} onClick={() => drop(id)} />}
    </div>
  )
}
