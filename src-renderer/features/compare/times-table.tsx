/** The times of two sends in rows, with what the second took more or less. */
import type { Exchange } from '#contract/model/exchange.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import styles from './compare.module.css'

const PHASES = [
  ['queued', 'Queued'],
  ['dns', 'DNS'],
  ['connect', 'Connect'],
  ['tls', 'TLS'],
  ['send', 'Send'],
  ['wait', 'Wait'],
  ['download', 'Download'],
  ['other', 'Other hops and waits'],
  ['total', 'Total'],
] as const

export function TimesTable({ left, right }: { readonly left: Exchange; readonly right: Exchange }) {
  const counts = [
    ['Hops before', left.history.length, right.history.length],
    ['Retries', left.attempts.length, right.attempts.length],
  ] as const
  return (
    <div className={styles.times}>
      <table>
        <thead>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col">Left</th>
            <th scope="col">Right</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {PHASES.map(([key, label]) => (
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
      <p className={styles.facts}>Phases are those of the last hop; with the other hops, tries and waits they add up to the total.</p>
    </div>
  )
}

function difference(value: number, format: (value: number) => string): string {
  return value === 0 ? '–' : `${value > 0 ? '+' : '−'}${format(Math.abs(value))}`
}
