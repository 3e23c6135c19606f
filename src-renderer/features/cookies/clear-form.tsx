/** Clearing what could go to one host: which that would be, in words and counted, before it is done. */
import { useEffect, useMemo, useState } from 'react'
import type { KeptCookie } from '#contract/model/cookie.ts'
import { clearCookies, cookiesForHost } from '../../actions/cookies.ts'
import { clearWords, domainText } from '../../lib/jar-label.ts'
import { useCookiesStore } from '../../stores/cookies-store.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import styles from './cookies.module.css'
import { rich, t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

interface ClearFormProps {
  readonly filter: string
  readonly onDone: () => void
}

const NO_COOKIES: readonly KeptCookie[] = []

export function ClearForm({ filter, onDone }: ClearFormProps) {
  const hostInFront = useHostInFront()
  const cookies = useCookiesStore((state) => state.cookies) ?? NO_COOKIES
  const domains = useMemo(() => [...new Set(cookies.map(({ domain }) => domain))].sort(), [cookies])
  const [host, setHost] = useState(() => hostInFront ?? (domains.includes(filter.trim()) ? filter.trim() : (domains[0] ?? '')))
  const found = useFound(host, cookies)
  const clear = async (): Promise<void> => {
    await clearCookies(host)
    onDone()
  }
  return (
    <form
      className={styles.form}
      aria-label={t`Clear for this host`}
      onSubmit={(event) => {
        event.preventDefault()
        if (found && found.length > 0) void clear()
      }}
    >
      <h3 className={styles.heading}>{t`Clear for this host`}</h3>
      <div className={styles.field}>
        <span className={styles.label} aria-hidden="true">{t`Host`}</span>
        <div className={styles.control}>
          <Combobox label={t`Host`} value={host} options={domains} onChange={setHost} />
          <p className={styles.help} role="status" aria-label={t`What would be cleared`}>
            {found === null ? t`This is no host. Such as example.com, without scheme, port and path.` : clearWords(host.trim(), found)}
          </p>
          {found !== null && found.length > 0 && (
            <ul className={styles.found} aria-label={t`Cookies that would be cleared`}>
              {found.slice(0, 20).map((cookie) => (
                <li key={JSON.stringify([cookie.domain, cookie.path, cookie.name])}>
                  {rich`${(<code>{cookie.name}</code>)} of ${domainText(cookie)} ${cookie.path === '/' ? '' : t`below ${cookie.path}`}`}
                </li>
              ))}
              {found.length > 20 && <li>{t`and ${formatNumber(found.length - 20)} more`}</li>}
            </ul>
          )}
        </div>
      </div>
      <div className={styles.buttons}>
        <Button onClick={onDone}>{t`Back`}</Button>
        <Button variant="danger" type="submit" disabled={found === null || found.length === 0}>
          {found && found.length > 0 ? t`Clear ${formatNumber(found.length)}` : t`Clear`}
        </Button>
      </div>
    </form>
  )
}

/** The cookies that could go to a host, asked of core; null where the text is no host. */
function useFound(host: string, cookies: readonly KeptCookie[]): readonly KeptCookie[] | null {
  const [found, setFound] = useState<readonly KeptCookie[] | null>(NO_COOKIES)
  useEffect(() => {
    let isCurrent = true
    void cookiesForHost(host).then((answer) => isCurrent && setFound(answer))
    return () => {
      isCurrent = false
    }
    // Asked again where the jar has changed.
  }, [host, cookies])
  return found
}

/** The host that the request in front goes to. */
function useHostInFront(): string | null {
  const activeId = useDraftsStore((state) => state.activeId)
  const url = usePreviewsStore((state) => (activeId === null ? undefined : state.byTab[activeId]?.url))
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname.replace(/^\[(.*)\]$/, '$1') || null : null
}
