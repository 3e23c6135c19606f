/** The cookies that an answer set, each with what it is for and how long it stays. */
import CookieIcon from 'lucide-react/icons/cookie'
import type { ResponseCookie } from '#contract/model/exchange.ts'
import { openCookies } from '../../actions/cookies.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { cookieFlags, expiryInWords } from '../../lib/cookie-words.ts'
import styles from './data-table.module.css'

export interface CookiesPanelProps {
  readonly cookies: readonly ResponseCookie[]
  /** When the answer came, in milliseconds since the epoch: what "in 2 hours" counts from. */
  readonly at: number
}

export function CookiesPanel({ cookies, at }: CookiesPanelProps) {
  if (cookies.length === 0) {
    return (
      <EmptyState icon={<CookieIcon />} title="No cookies set">
        <p>The answer has no Set-Cookie header.</p>
        <OpenJar />
      </EmptyState>
    )
  }
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.count}>{cookies.length === 1 ? 'One cookie set' : `${cookies.length} cookies set`}</span>
        <OpenJar />
      </div>
      <div className={styles.scroll} role="group" aria-label="All cookies" tabIndex={0}>
        <table className={`${styles.table} ${styles.cookies}`} aria-label="Response cookies">
          <thead>
            <tr>
              {['Name', 'Value', 'Domain', 'Path', 'Expires', 'Flags'].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cookies.map((cookie, index) => (
              <tr key={index}>
                <td className={styles.name}>{cookie.name}</td>
                <td className={styles.value}>{cookie.value}</td>
                <td>{cookie.domain ?? 'this host'}</td>
                <td>{cookie.path ?? 'as requested'}</td>
                <td>
                  <Tooltip text={cookie.expires ?? 'No Expires and no Max-Age'}>
                    <span tabIndex={0}>{expiryInWords(cookie.expires, at)}</span>
                  </Tooltip>
                </td>
                <td>{cookieFlags(cookie).join(', ') || 'none'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function OpenJar() {
  return (
    <Button variant="ghost" onClick={() => openCookies()}>
      Open the jar
    </Button>
  )
}
