/** Charts as SVG; their geometry is the contract's, so that a report draws the same. Their figures stand in tables beside them. */
import { CHART_BOX, type BarChart, type LineChart, type Tick } from '#contract/model/run-charts.ts'
import { t } from '../../lib/t.ts'
import styles from './charts.module.css'

/** What the contract calls a line, where that is a word. */
const LINE_NAMES: Readonly<Record<string, string>> = { requests: t`requests`, failed: t`failed` }

const { width, height, left, right, bottom } = CHART_BOX

export function LinePicture({ chart: { lines, xTicks, yTicks }, label }: { readonly chart: LineChart; readonly label: string }) {
  return (
    <>
      <svg className={styles.picture} role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`}>
        <Axes xTicks={xTicks} yTicks={yTicks} />
        {lines.map(({ name, pieces }, at) =>
          pieces.map((piece, index) => {
            const [first] = piece
            // A single point has no line to be seen by.
            return first && piece.length === 1 ? (
              <circle key={`${name}${index}`} className={styles.dot} data-line={at} cx={first.x} cy={first.y} r={2.5} />
            ) : (
              <polyline
                key={`${name}${index}`}
                className={styles.line}
                data-line={at}
                points={piece.map(({ x, y }) => `${x},${y}`).join(' ')}
              />
            )
          }),
        )}
      </svg>
      <ul className={styles.legend} aria-hidden="true">
        {lines.map(({ name }, at) => (
          <li key={name}>
            <span className={styles.stroke} data-line={at} />
            {LINE_NAMES[name] ?? name}
          </li>
        ))}
      </ul>
    </>
  )
}

export function BarPicture({ chart: { bars, marks, xTicks, yTicks }, label }: { readonly chart: BarChart; readonly label: string }) {
  return (
    <svg className={styles.picture} role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`}>
      <Axes xTicks={xTicks} yTicks={yTicks} />
      {bars.map(({ x, y, width: wide, height: high, text, count }) => (
        <rect key={text} className={styles.bar} x={x} y={y} width={wide} height={high}>
          <title>{t`${text}: ${count}`}</title>
        </rect>
      ))}
      {marks.map(({ x, text, textX, textY, anchor }) => (
        <g key={text}>
          {/* From its own row on: so it crosses no words above. */}
          <line className={styles.mark} x1={x} x2={x} y1={textY - 10} y2={height - bottom} />
          <text className={styles.markText} x={textX} y={textY} textAnchor={anchor}>
            {text}
          </text>
        </g>
      ))}
    </svg>
  )
}

function Axes({ xTicks, yTicks }: { readonly xTicks: readonly Tick[]; readonly yTicks: readonly Tick[] }) {
  return (
    <>
      {yTicks.map(({ at, text }) => (
        <g key={text}>
          <line className={styles.axis} x1={left} x2={width - right} y1={at} y2={at} />
          <text className={styles.tick} x={left - 6} y={at + 4} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {xTicks.map(({ at, text }) => (
        <text key={text} className={styles.tick} x={at} y={height - bottom + 16} textAnchor={at > width - right - 20 ? 'end' : 'middle'}>
          {text}
        </text>
      ))}
    </>
  )
}
