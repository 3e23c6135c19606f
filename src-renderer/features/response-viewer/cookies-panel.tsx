/** The cookies that an answer set: what each is for, how long it stays, and why those that the jar did not take were refused. */
import Ban from 'lucide-react/icons/ban'
import CookieIcon from 'lucide-react/icons/cookie'
import Ellipsis from 'lucide-react/icons/ellipsis'
import { use } from 'react'
import type { CookieOutcome, Hop, ReceivedResponse, ResponseCookie } from '#contract/model/exchange.ts'
import { openCookies } from '../../actions/cookies.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { cookieExpression, variableName } from '../../lib/answer-expressions.ts'
import { Menu } from '../../ui/menu.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { cookieFlags, expiryInWords } from '../../lib/cookie-words.ts'
import { cookieRows, countInWords, hostOf, setsCookies, type CookieRow } from './cookie-rows.ts'
import styles from './data-table.module.css'
import { statusText } from './status-meanings.ts'
import { UsedIn } from './used-in.ts'
import { useShownUrl } from './use-shown-url.ts'
import { valueItems } from './value-menu.tsx'
import { told } from '../../lib/told.ts'
import { listed } from '../../lib/listed.ts'
import { rich, t } from '../../lib/t.ts'

export interface CookiesPanelProps {
  readonly response: Pick<ReceivedResponse, 'url' | 'cookies' | 'cookieOutcomes'>
  /** The hops on the way to it: a sign-in sets its cookie with the redirect, not with the page that follows. */
  readonly before: readonly Hop[]
  /** When the answer came, in milliseconds since the epoch: what "in 2 hours" counts from. */
  readonly at: number
}

const COLUMNS = [t`Name`, t`Value`, t`Domain and path`, t`Expires`, t`Flags`] as const

export function CookiesPanel({ response, before, at }: CookiesPanelProps) {
  const rows = cookieRows(response)
  const hops = before.filter(setsCookies)
  const all = [...hops.flatMap(({ response: earlier }) => (earlier === null ? [] : cookieRows(earlier))), ...rows]
  if (rows.length === 0 && hops.length === 0) {
    return (
      <EmptyState icon={<CookieIcon />} title={t`No cookies set`}>
        <p>{t`The answer has no Set-Cookie header.`}</p>
        <OpenJar />
      </EmptyState>
    )
  }
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.count}>
          {countInWords(all)}
          {rows.length === 0 && ` · ${t`No cookie set by the answer itself`}`}
        </span>
        <OpenJar />
      </div>
      <div className={styles.scroll} role="group" aria-label={t`All cookies`} tabIndex={0}>
        {rows.length > 0 && <CookieTable label={t`Response cookies`} response={response} rows={rows} at={at} />}
        {hops.map((hop, index) => (
          <HopCookies key={index} hop={hop} at={at} />
        ))}
      </div>
    </>
  )
}

/** What a hop before the answer set, under the address that did. */
function HopCookies({ hop: { request, response }, at }: { readonly hop: Hop; readonly at: number }) {
  const shown = useShownUrl()
  if (response === null) return null
  const label = t`Set on the way by ${request === null ? response.url : shown(request)}, ${statusText(response)}`
  return (
    // Assertions and captures look at the last answer alone.
    <UsedIn value={null}>
      <CookieTable label={label} hasCaption response={response} rows={cookieRows(response)} at={at} />
    </UsedIn>
  )
}

interface CookieTableProps extends Pick<CookiesPanelProps, 'response' | 'at'> {
  readonly label: string
  /** Whether the label is to be seen. */
  readonly hasCaption?: boolean
  readonly rows: readonly CookieRow[]
}

function CookieTable({ label, hasCaption = false, response, rows, at }: CookieTableProps) {
  const host = hostOf(response.url)
  return (
    <table className={`${styles.table} ${styles.cookies}`} aria-label={label}>
      {hasCaption && <caption className={styles.caption}>{label}</caption>}
      <thead>
        <tr>
          {COLUMNS.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
          <th>
            <span className={styles.unseen}>{t`In the jar`}</span>
          </th>
        </tr>
      </thead>
      {rows.map((row, index) => (
        <CookieRows key={index} row={row} host={host} at={at} />
      ))}
    </table>
  )
}

interface CookieRowsProps {
  readonly row: CookieRow
  /** Of the answer: whose cookies without a Domain are. */
  readonly host: string
  readonly at: number
}

/** The cookie, and below it why it was refused. */
function CookieRows({ row: { name, cookie, outcome }, host, at }: CookieRowsProps) {
  const usedIn = use(UsedIn)
  const uses = cookie ? valueItems(usedIn, { expression: cookieExpression(name), value: cookie.value, name: variableName(name) }) : []
  return (
    <tbody className={styles.cookie} data-refused={outcome?.kind === 'refused'}>
      <tr>
        <td className={styles.name}>{name === '' ? t`(no name)` : name}</td>
        {cookie ? <CookieFacts cookie={cookie} outcome={outcome} at={at} /> : <td colSpan={COLUMNS.length - 1} />}
        <td className={styles.rowAction}>
          {cookie && outcome?.kind === 'kept' && (
            <IconButton
              label={t`Show ${name} in the jar`}
              icon={<CookieIcon />}
              onClick={() => openCookies(undefined, domainOf(cookie, host))}
            />
          )}
          {uses.length > 0 && <Menu align="end" items={uses} trigger={<IconButton label={t`Use ${name}`} icon={<Ellipsis />} />} />}
        </td>
      </tr>
      {outcome !== null && outcome.reason !== null && (
        <tr>
          <td colSpan={COLUMNS.length + 1} className={styles.refusal}>
            <Ban aria-hidden="true" />
            {rich`Not kept: ${told(outcome.reason)}.`}
          </td>
        </tr>
      )}
    </tbody>
  )
}

interface CookieFactsProps {
  readonly cookie: ResponseCookie
  readonly outcome: CookieOutcome | null
  readonly at: number
}

function CookieFacts({ cookie, outcome, at }: CookieFactsProps) {
  const flags = listed(cookieFlags(cookie))
  return (
    <>
      <td className={styles.value}>{cookie.value}</td>
      <td>
        {cookie.domain ?? t`this host`}
        <span className={styles.inWords}>{cookie.path ?? t`path as requested`}</span>
      </td>
      <td>
        <Tooltip text={cookie.expires ?? t`No Expires and no Max-Age`}>
          <span tabIndex={0}>{outcome?.kind === 'deleted' ? t`deleted by this answer` : expiryInWords(cookie.expires, at)}</span>
        </Tooltip>
      </td>
      <td data-none={flags === ''}>{flags || t`none`}</td>
    </>
  )
}

function domainOf({ domain }: ResponseCookie, host: string): string {
  return (domain ?? host).replace(/^\./, '')
}

function OpenJar() {
  return <Button variant="ghost" onClick={() => openCookies()}>{t`Open the jar`}</Button>
}
