/** The cookies of a session: a table to look through, and in its place what adds, changes, imports or clears them. */
import { useState } from 'react'
import { closeCookies, undoCookies } from '../../actions/cookies.ts'
import { useCookiesStore } from '../../stores/cookies-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ClearForm } from './clear-form.tsx'
import { CookieForm } from './cookie-form.tsx'
import { CookieList } from './cookie-list.tsx'
import { ImportForm } from './import-form.tsx'
import styles from './cookies.module.css'
import { t } from '../../lib/t.ts'
import type { CookiesMode } from './cookies-mode.ts'

export function CookiesDialog() {
  const [mode, setMode] = useState<CookiesMode>({ kind: 'list' })
  const [filter, setFilter] = useState(() => useCookiesStore.getState().domain)
  const back = (): void => setMode({ kind: 'list' })
  return (
    <Dialog open onClose={mode.kind === 'list' ? closeCookies : back} title={t`Cookies`} width="1080px">
      <div className={styles.room}>
        {mode.kind === 'list' && <CookieList filter={filter} onFilter={setFilter} onMode={setMode} />}
        {mode.kind === 'edit' && <CookieForm cookie={mode.cookie} domain={filter.trim()} onDone={back} />}
        {mode.kind === 'import' && <ImportForm initial={mode.text} onDone={back} />}
        {mode.kind === 'clear' && <ClearForm filter={filter} onDone={back} />}
        <DoneLine />
      </div>
    </Dialog>
  )
}

/** What was just done; the region stands there before, so that it is read out. */
function DoneLine() {
  const done = useCookiesStore((state) => state.done)
  return (
    <div className={styles.done} role="status" aria-label={t`What was done`}>
      {done && (
        <>
          <span>{done.text}</span>
          {done.undo && <Button variant="ghost" onClick={undoCookies}>{t`Undo`}</Button>}
        </>
      )}
    </div>
  )
}
