/**
 * Where the time went: a waterfall that is also a table, of every try, hop and wait of the exchange, and below it what
 * the connection was. Each of several opens like the last answer does.
 */
import { use, useState, type CSSProperties, type ReactNode } from 'react'
import { formatDuration } from '../../lib/format-duration.ts'
import { exactTime } from '../../lib/time-words.ts'
import { TeachingNote } from '../../forms/teaching-note.tsx'
import { answerNotes } from '../../lib/teaching-notes.ts'
import { Button } from '../../ui/button.tsx'
import { AnswerOf } from './answer-of.ts'
import { axisOf, type Axis } from './time-axis.ts'
import { ConnectionFacts } from './connection-facts.tsx'
import { courseOf, timesOf } from './course.ts'
import type { CourseFacts } from './exchange-part.ts'
import { CourseDetail } from './course-detail.tsx'
import { CourseRows } from './course-rows.tsx'
import type { ExchangePart } from './exchange-part.ts'
import { InterimNotes } from './interim-notes.tsx'
import { SendsChart } from './sends-chart.tsx'
import { ShownExchange } from './shown-exchange.ts'
import { TimeAxis } from './time-axis-row.tsx'
import styles from './timing-panel.module.css'
import { restOf, waterfall } from './waterfall.ts'
import { rich, t } from '../../lib/t.ts'

/** So many are drawn at first: an upload may have a thousand parts. */
const DRAWN_AT_ONCE = 100

export interface TimingPanelProps {
  readonly part: ExchangePart
  readonly course: CourseFacts
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number
  /** Draws the sections of one that is opened; absent where it is one itself. */
  readonly children?: ((part: ExchangePart, index: number) => ReactNode) | undefined
}

export function TimingPanel({ part, course, at, children }: TimingPanelProps) {
  const [open, setOpen] = useState<number | null>(null)
  const draftId = use(AnswerOf)
  const exchange = use(ShownExchange)
  const [drawn, setDrawn] = useState(DRAWN_AT_ONCE)
  const entries = courseOf(part, course)
  const opened = open === null ? undefined : entries[open]
  if (opened && open !== null && children) {
    return (
      <CourseDetail entry={opened} number={open + 1} back={t`All hops`} onBack={() => setOpen(null)}>
        {children(opened.part, open)}
      </CourseDetail>
    )
  }
  const picture = waterfall(timesOf(entries))
  const axis = axisOf(picture.span)
  const rest = restOf(part.timings.total, picture)
  return (
    <div className={styles.panel} role="group" aria-label={t`Times and connection`} tabIndex={0}>
      <table className={styles.table} aria-label={t`Timing`} style={gridStyle(axis)}>
        <TimeAxis axis={axis} />
        <CourseRows entries={entries.slice(0, drawn)} picture={picture} isWhole={entries.length === 1} onOpen={children ? setOpen : null} />
        <tfoot>
          {rest !== null && (
            <tr>
              <th scope="row">{entries.length > 1 ? t`Between hops` : t`Before and after`}</th>
              <td className={styles.track} />
              <td className={styles.duration}>{formatDuration(rest)}</td>
            </tr>
          )}
          <tr>
            <th scope="row">{entries.length > 1 ? t`Total of all` : t`Total`}</th>
            <td className={styles.track} />
            <td className={styles.duration}>{formatDuration(part.timings.total)}</td>
          </tr>
        </tfoot>
      </table>
      {entries.length > drawn && (
        <Button variant="ghost" onClick={() => setDrawn(drawn + DRAWN_AT_ONCE)}>
          {t`Show more of ${entries.length}`}
        </Button>
      )}
      <TeachingNote id="elapsed" when={answerNotes.elapsed(part.timings)} />
      <p className={styles.note}>{rich`Sent ${exactTime(new Date(at))}.`}</p>
      {part.response && <InterimNotes informational={part.response.informational} trailers={part.response.trailers} />}
      {part.timings.reusedConnection && (
        <p className={styles.note}>
          {entries.length > 1
            ? t`The last hop used an open connection again: it needed no look-up, connection or handshake.`
            : t`An open connection was used again: no look-up, connection or handshake was needed.`}
        </p>
      )}
      {children && draftId !== null && exchange !== null && <SendsChart draftId={draftId} exchange={exchange} />}
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

/** Lines through all bars, where the axis has its figures. */
function gridStyle({ step, span }: Axis): CSSProperties {
  // A custom property, which the type of styles does not know.
  return { '--grid': span > 0 ? `${(step / span) * 100}%` : '100%' } as CSSProperties
}
