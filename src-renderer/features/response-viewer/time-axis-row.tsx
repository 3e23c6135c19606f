/** The head of the waterfall: the names of its columns for who hears it, and the figures of the time line for who sees it. */
import { formatDuration } from '../../lib/format-duration.ts'
import type { Axis } from './time-axis.ts'
import styles from './timing-panel.module.css'
import { t } from '../../lib/t.ts'

export function TimeAxis({ axis: { ticks, span } }: { readonly axis: Axis }) {
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className={styles.hidden}>{t`Phase`}</span>
        </th>
        <th scope="col" className={styles.axis}>
          <span className={styles.hidden}>{t`Part of the time`}</span>
          <div className={styles.ticks} aria-hidden="true">
            {ticks.map((tick) => (
              <span key={tick} className={styles.tick} style={{ left: `${(tick / span) * 100}%` }}>
                {tick === 0 ? '0' : formatDuration(tick)}
              </span>
            ))}
          </div>
        </th>
        <th scope="col">
          <span className={styles.hidden}>{t`Duration`}</span>
        </th>
      </tr>
    </thead>
  )
}
