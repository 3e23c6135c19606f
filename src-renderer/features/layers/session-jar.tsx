/** A session's cookie jar in a line, with the way to it. */
import { useEffect, useState } from 'react'
import { openCookies } from '../../actions/cookies.ts'
import { countCookies } from '../../actions/session-jar.ts'
import { useCookiesStore } from '../../stores/cookies-store.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import { Button } from '../../ui/button.tsx'
import styles from './layers.module.css'
import { t } from '../../lib/t.ts'

export function SessionJar({ draft: { collectionId, name } }: { readonly draft: LayerDraftOf<'session'> }) {
  const [count, setCount] = useState<number | null>(null)
  const changes = useCookiesStore((state) => state.changes)
  useEffect(() => {
    let isWanted = true
    if (name !== null) {
      void countCookies({ collectionId, session: name }).then((found) => {
        if (isWanted) setCount(found)
      })
    }
    return () => {
      isWanted = false
    }
  }, [collectionId, name, changes])
  if (name === null) return null
  return (
    <div className={styles.jar}>
      <span>{count === null ? t`Its jar` : count === 1 ? t`Its jar holds 1 cookie.` : t`Its jar holds ${count} cookies.`}</span>
      <Button onClick={() => openCookies({ collectionId, session: name })}>{t`Open the jar…`}</Button>
    </div>
  )
}
