/** The cookies that the session's jar adds to a request, and those that one might expect there and why they are not. */
import { useEffect, useMemo } from 'react'
import type { CookieForUrl } from '#contract/model/cookie.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { openCookies, readCookiesForUrl } from '../../actions/cookies.ts'
import { useCookiesStore } from '../../stores/cookies-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { Button } from '../../ui/button.tsx'
import { jarCookies } from './jar-cookies.ts'
import { useRequest } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

const NONE: readonly CookieForUrl[] = []

export function JarCookiesList({ draftId }: { readonly draftId: DraftId }) {
  const preview = usePreviewsStore((state) => state.byTab[draftId])
  const found = useCookiesStore((state) => state.byTab[draftId]) ?? NONE
  const document = useRequest(draftId, (request) => request)
  // A preview is asked for whenever the request or the jar is another.
  useEffect(() => void readCookiesForUrl(draftId), [draftId, preview])
  const cookies = useMemo(() => jarCookies(found, document), [found, document])
  return (
    <section className={styles.group}>
      <div className={styles.jarTitle}>
        <h2 className={styles.groupTitle}>{t`From the jar`}</h2>
        <Button variant="ghost" onClick={() => openCookies(preview?.jar)}>{t`Edit the jar`}</Button>
      </div>
      {cookies.length === 0 ? (
        <p className={styles.help}>{t`It has no cookie for this address.`}</p>
      ) : (
        <ul className={styles.added} aria-label={t`Cookies from the jar`}>
          {cookies.map(({ cookie, isSent, words }) => (
            <li
              key={JSON.stringify([cookie.domain, cookie.path, cookie.name])}
              className={styles.jarCookie}
              data-sent={isSent}
              title={words}
            >
              <span className={styles.addedName}>{cookie.name}</span>
              <span className={styles.addedValue} title={cookie.value.slice(0, 1000)}>
                {cookie.value.slice(0, 1000)}
              </span>
              <span className={styles.jarWords}>{words}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
