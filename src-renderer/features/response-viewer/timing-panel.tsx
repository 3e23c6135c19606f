/** Where the time went: a waterfall that is also a table, and below it what the connection was. */
import type { Exchange, Hop } from '#contract/model/exchange.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { MethodWord } from '../../ui/method-word.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import type { ExchangePart } from './exchange-part.ts'
import { statusText } from './status-meanings.ts'
import styles from './timing-panel.module.css'
import { placeOf, waterfall, type Bar } from './waterfall.ts'

export interface TimingPanelProps {
  readonly part: ExchangePart
  /** The hops before it that belong to the same picture. */
  readonly history: readonly Hop[]
  /** Further attempts of the same send, and why they were made. */
  readonly attempts: Exchange['attempts']
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number
}

export function TimingPanel({ part, history, attempts, at }: TimingPanelProps) {
  const parts: readonly ExchangePart[] = [...history, part]
  const picture = waterfall(parts.map(({ timings }) => timings))
  // With several hops only what took time is shown: the rest would push the picture out of sight.
  const isShown = (bar: Bar): boolean => parts.length === 1 || bar.duration >= 0.05
  return (
    <div className={styles.panel} role="group" aria-label="Times and connection" tabIndex={0}>
      <table className={styles.table} aria-label="Timing">
        <thead className={styles.hidden}>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col">Duration</th>
          </tr>
        </thead>
        {picture.hops.map((hop, index) => (
          <tbody key={index}>
            {parts.length > 1 && <HopTitle part={parts[index]} number={index + 1} duration={hop.end - hop.start} />}
            {hop.bars.filter(isShown).map((bar) => (
              <BarRow key={bar.phase} bar={bar} span={picture.span} />
            ))}
          </tbody>
        ))}
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td className={styles.track} />
            <td className={styles.duration}>{formatDuration(part.timings.total)}</td>
          </tr>
        </tfoot>
      </table>
      <p className={styles.note}>Sent {new Date(at).toLocaleString()}.</p>
      {attempts.map(({ number, reason, waited }) => (
        <p key={number} className={styles.note}>
          Attempt {number + 1}
          {waited > 0 && `, after waiting ${formatDuration(waited)}`}: {reason}
        </p>
      ))}
      {part.timings.reusedConnection && (
        <p className={styles.note}>An open connection was used again: no look-up, connection or handshake was needed.</p>
      )}
      {part.connection && (
        <ConnectionFacts
          connection={part.connection}
          httpVersion={part.response?.httpVersion ?? part.request?.httpVersion ?? null}
          at={at}
        />
      )}
    </div>
  )
}

function HopTitle({
  part,
  number,
  duration,
}: {
  readonly part: ExchangePart | undefined
  readonly number: number
  readonly duration: number
}) {
  if (!part) return null
  return (
    <tr className={styles.hop}>
      <th scope="rowgroup" colSpan={2}>
        <span className={styles.hopTitle}>
          <span className={styles.hopNumber}>{number}</span>
          {part.request && <MethodWord method={part.request.method} />}
          <span className={styles.hopUrl} title={part.request?.url}>
            {part.request?.url}
          </span>
          {part.response && <span>{statusText(part.response)}</span>}
          {part.timings.reusedConnection && <span className={styles.reused}>reused connection</span>}
        </span>
      </th>
      <td className={styles.duration}>{formatDuration(duration)}</td>
    </tr>
  )
}

function BarRow({ bar, span }: { readonly bar: Bar; readonly span: number }) {
  const { left, width } = placeOf(bar, span)
  return (
    <tr data-empty={bar.duration === 0}>
      <th scope="row">{bar.label}</th>
      <td className={styles.track} aria-hidden="true">
        <div className={styles.bar} data-phase={bar.phase} style={{ marginLeft: `${left}%`, width: `${width}%` }} />
      </td>
      <td className={styles.duration}>{bar.skipped ? 'reused' : formatDuration(bar.duration)}</td>
    </tr>
  )
}
