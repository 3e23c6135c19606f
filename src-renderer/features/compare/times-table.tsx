/** The times of two sends in rows, with what the second took more or less. */
import type { Exchange } from '#contract/model/exchange.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { PHASES } from '../../lib/phase-words.ts'
import styles from './compare.module.css'
import { t } from '../../lib/t.ts'

const ROWS = [...PHASES, ['other', t`The rest`], ['total', t`Total`]] as const

export function TimesTable({ left, right }: { readonly left: Exchange; readonly right: Exchange }) {
  const counts = [
    [t`Hops before`, left.history.length, right.history.length],
    [t`Retries`, left.attempts.length, right.attempts.length],
  ] as const
  return (
    <div className={styles.times}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t`Phase`}</th>
            <th scope="col">{t`Left`}</th>
            <th scope="col">{t`Right`}</th>
            <th scope="col">{t`Difference`}</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(([key, label]) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td>{formatDuration(left.timings[key] ?? 0)}</td>
              <td>{formatDuration(right.timings[key] ?? 0)}</td>
              <td>{difference((right.timings[key] ?? 0) - (left.timings[key] ?? 0), formatDuration)}</td>
            </tr>
          ))}
          {counts.map(([label, a, b]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{a}</td>
              <td>{b}</td>
              <td>{difference(b - a, String)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p
        className={styles.facts}
      >{t`Phases are those of the last hop; the rest is other hops and tries, waits, and what went before and after.`}</p>
    </div>
  )
}

function difference(value: number, format: (value: number) => string): string {
  return value === 0 ? '–' : `${value > 0 ? '+' : '−'}${format(Math.abs(value))}`
}
