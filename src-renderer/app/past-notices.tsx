/** Notices that are not shown any more: what they said, and when they went. */
import Bell from 'lucide-react/icons/bell'
import { useState } from 'react'
import { Awaiting, lazyPart } from '../lib/lazy-part.ts'
import { useAppStore } from '../stores/app-store.ts'
import styles from './past-notices.module.css'
import { t } from '../lib/t.ts'

const PastNotices = lazyPart(async () => ({ default: (await import('./past-notices-dialog.tsx')).PastNotices }))

/** Opens the list; not there before there was a notice. */
export function PastNoticesButton() {
  const count = useAppStore((state) => state.past.length)
  const [isOpen, setOpen] = useState(false)
  if (count === 0 && !isOpen) return null
  const words = t`${count} past ${count === 1 ? t`notice` : t`notices`}`
  return (
    <>
      <button type="button" className={styles.opener} title={t`What notices said that are gone`} onClick={() => setOpen(true)}>
        <Bell aria-hidden="true" />
        {words}
      </button>
      <Awaiting fallback={null}>{isOpen && <PastNotices onClose={() => setOpen(false)} />}</Awaiting>
    </>
  )
}
