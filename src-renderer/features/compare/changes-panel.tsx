/** Everything in which two answers differ, on one page: status, time and size, headers, and the body value by value. */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { ComparedSide } from '../../lib/compared-side.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { BodyChanges } from './body-changes.tsx'
import { ChangeTable, type ChangeRow } from './change-table.tsx'
import styles from './compare.module.css'
import { headerChanges } from './header-changes.ts'
import { t } from '../../lib/t.ts'

export function ChangesPanel({ left, right }: { readonly left: ComparedSide; readonly right: ComparedSide }) {
  const [a, b] = [left.exchange.response, right.exchange.response]
  return (
    <div className={styles.changes} role="group" aria-label={t`All changes`} tabIndex={0}>
      <Facts left={left} right={right} />
      {a && b ? (
        <>
          <Headers left={a} right={b} />
          <BodyChanges left={a} right={b} />
        </>
      ) : (
        <p className={styles.hint}>{noAnswer(left, right)}</p>
      )}
    </div>
  )
}

function noAnswer(left: ComparedSide, right: ComparedSide): string {
  if (left.exchange.response) return t`The right side got no answer.`
  return right.exchange.response ? t`The left side got no answer.` : t`Neither side got an answer.`
}

function Facts({ left, right }: { readonly left: ComparedSide; readonly right: ComparedSide }) {
  const facts = [
    [t`Status`, statusOf(left), statusOf(right)],
    [t`Time`, timeOf(left), timeOf(right)],
    [t`Size`, sizeOf(left.exchange.response), sizeOf(right.exchange.response)],
  ] as const
  const rows = facts.flatMap(([name, a, b]): ChangeRow[] => (a === b ? [] : [{ kind: 'changed', name, from: null, left: a, right: b }]))
  return (
    <section className={styles.part} aria-label={t`Status, time and size`}>
      <h2>{t`Status, time and size`}</h2>
      {rows.length === 0 ? (
        <p>{t`The same.`}</p>
      ) : (
        <ChangeTable label={t`Changes of status, time and size`} nameTitle={t`Fact`} rows={rows} />
      )}
    </section>
  )
}

function Headers({ left, right }: { readonly left: ReceivedResponse; readonly right: ReceivedResponse }) {
  const rows = headerChanges(left.headers, right.headers).map((change) => ({ ...change, from: null }))
  return (
    <section className={styles.part} aria-label={t`Headers`}>
      <h2>{t`Headers`}</h2>
      {rows.length === 0 ? <p>{t`The same.`}</p> : <ChangeTable label={t`Changes of headers`} nameTitle={t`Name`} rows={rows} />}
    </section>
  )
}

function statusOf({ exchange: { response, error } }: ComparedSide): string {
  return response ? `${response.status} ${response.reason}`.trim() : (error?.kind ?? t`none`)
}

/** A saved example took none. */
function timeOf({ exchange }: ComparedSide): string {
  return exchange.timings.total > 0 ? formatDuration(exchange.timings.total) : '–'
}

function sizeOf(response: ReceivedResponse | null): string {
  return response ? formatBytes(response.bodyBytes) : '–'
}
