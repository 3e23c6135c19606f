/** Cookies as rows. A jar of thousands is shown by the hundred. */
import Check from 'lucide-react/icons/check'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { memo, useEffect, useState } from 'react'
import type { KeptCookie } from '#contract/model/cookie.ts'
import { deleteCookies } from '../../actions/cookies.ts'
import { expiryInWords } from '../../lib/cookie-words.ts'
import { domainText } from '../../lib/jar-label.ts'
import { exactTime } from '../../lib/time-words.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ColumnHeads } from '../../ui/column-heads.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import styles from './cookies.module.css'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

const ROWS_AT_ONCE = 100
/** What a tooltip can hold of a long value. */
const VALUE_SHOWN = 1000
const TITLES = [t`Name`, t`Value`, t`Domain`, t`Path`, t`Expires`, t`Secure`, 'HttpOnly', 'SameSite', t`Actions`] as const
const UNSEEN = [t`Actions`] as const

interface CookieTableProps {
  readonly cookies: readonly KeptCookie[]
  readonly onEdit: (cookie: KeptCookie) => void
}

export function CookieTable({ cookies, onEdit }: CookieTableProps) {
  const [limit, setLimit] = useState(ROWS_AT_ONCE)
  const now = useMinute()
  return (
    <div className={styles.scroll} role="group" aria-label={t`All cookies of the jar`} tabIndex={0}>
      <table className={styles.table} aria-label={t`Cookies of the jar`}>
        <ColumnHeads columns={TITLES} unseen={UNSEEN} />
        <tbody>
          {cookies.slice(0, limit).map((cookie) => (
            <CookieRow key={JSON.stringify([cookie.domain, cookie.path, cookie.name])} cookie={cookie} now={now} onEdit={onEdit} />
          ))}
        </tbody>
      </table>
      {cookies.length > limit && (
        <Button variant="ghost" className={styles.more ?? ''} onClick={() => setLimit(limit + ROWS_AT_ONCE)}>
          {t`Show more: ${formatNumber(cookies.length - limit)} are left`}
        </Button>
      )}
    </div>
  )
}

interface CookieRowProps {
  readonly cookie: KeptCookie
  readonly now: number
  readonly onEdit: (cookie: KeptCookie) => void
}

const CookieRow = memo(function CookieRow({ cookie, now, onEdit }: CookieRowProps) {
  const { name, value, path, expires, secure, httpOnly, sameSite } = cookie
  return (
    <tr onDoubleClick={() => onEdit(cookie)}>
      <td className={styles.name} title={name}>
        {name || <em>{t`no name`}</em>}
      </td>
      <td className={styles.value} title={value.slice(0, VALUE_SHOWN)}>
        {value.slice(0, VALUE_SHOWN)}
      </td>
      <td className={styles.domain} title={cookie.hostOnly ? t`This host only` : t`${cookie.domain} and the hosts under it`}>
        {domainText(cookie)}
      </td>
      <td className={styles.path} title={path}>
        {path}
      </td>
      <td className={styles.expires}>
        <Tooltip text={expires === null ? t`No date: kept until it is deleted` : exactTime(new Date(expires))}>
          <span tabIndex={0}>{expires === null ? t`session` : expiryInWords(expires, now)}</span>
        </Tooltip>
      </td>
      <td>{secure && <Check className={styles.check} role="img" aria-label={t`Secure`} />}</td>
      <td>{httpOnly && <Check className={styles.check} role="img" aria-label={t`HttpOnly`} />}</td>
      <td>{sameSite === null ? '' : sameSite.charAt(0).toUpperCase() + sameSite.slice(1)}</td>
      <td className={styles.actions}>
        <IconButton label={t`Edit ${name}`} icon={<Pencil />} onClick={() => onEdit(cookie)} />
        <IconButton label={t`Delete ${name}`} icon={<Trash2 />} onClick={() => void deleteCookies([cookie])} />
      </td>
    </tr>
  )
})

/** The time, moving on each minute, for what is said of when a cookie expires. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
