/**
 * A thin bar that fills, with its figures beside it. Where the total is unknown it runs to and fro and says no
 * percentage, because a guessed one would be a lie.
 */
import { formatPercent } from '../lib/format-number.ts'
import { listed } from '../lib/listed.ts'
import styles from './progress-bar.module.css'

export interface ProgressBarProps {
  /** The accessible name, shown as well. */
  readonly label: string
  /** Part done, 0 to 1; null where the total is unknown. */
  readonly value: number | null
  /** The figures in words, such as `1.2 MB of 8.0 MB · 3.4 MB/s`; said by screen readers as the value. */
  readonly text: string
}

export function ProgressBar({ label, value, text }: ProgressBarProps) {
  const percent = value === null ? null : Math.floor(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div className={styles.progress}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={percent === null ? text : listed([formatPercent(percent / 100), text])}
      >
        {percent === null ? <div className={styles.unknown} /> : <div className={styles.fill} style={{ width: `${percent}%` }} />}
      </div>
      <span className={styles.percent} aria-hidden="true">
        {percent === null ? '' : formatPercent(percent / 100)}
      </span>
      <span className={styles.text} aria-hidden="true">
        {text}
      </span>
    </div>
  )
}
