/** The rows of the waterfall: for one answer its phases; for several a title each, its phases, and why the next followed. */
import ChevronRight from 'lucide-react/icons/chevron-right'
import CornerDownRight from 'lucide-react/icons/corner-down-right'
import { formatDuration } from '../../lib/format-duration.ts'
import { MethodWord } from '../../ui/method-word.tsx'
import { kindWord, type CourseEntry } from './course.ts'
import { classOfStatus, statusText } from './status-meanings.ts'
import styles from './timing-panel.module.css'
import { useShownUrl } from './use-shown-url.ts'
import { LEAST_SHOWN_MS, placeOf, type Bar, type HopBars, type Waterfall } from './waterfall.ts'
import { becauseWords } from '../../lib/because-words.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

/** Beyond so many, the phases of each share one line. */
const MOST_WITH_PHASES = 6

export interface CourseRowsProps {
  readonly entries: readonly CourseEntry[]
  readonly picture: Waterfall
  /** Whether these are all there is, and only one. */
  readonly isWhole: boolean
  /** Null where they cannot be opened. */
  readonly onOpen: ((index: number) => void) | null
}

export function CourseRows({ entries, picture: { hops, span }, isWhole, onOpen }: CourseRowsProps) {
  const origin = originOf(entries[0]?.part.request?.url)
  const isDense = entries.length > MOST_WITH_PHASES
  return entries.map((entry, index) => {
    const hop = hops[index]
    if (!hop) return null
    // With several, only what took time is shown: the rest would push the picture out of sight.
    const bars = isWhole ? hop.bars : hop.bars.filter(({ duration }) => duration >= LEAST_SHOWN_MS)
    return (
      <tbody key={index}>
        {!isWhole && (
          <Title entry={entry} number={index + 1} hop={hop} origin={index === 0 ? '' : origin} onOpen={onOpen && (() => onOpen(index))} />
        )}
        {isDense ? <StackedRow bars={bars} span={span} /> : bars.map((bar) => <BarRow key={bar.phase} bar={bar} span={span} />)}
        {entry.because !== '' && <Because entry={entry} />}
        {hop.wait && <BarRow bar={hop.wait} span={span} />}
      </tbody>
    )
  })
}

interface TitleProps {
  readonly entry: CourseEntry
  readonly number: number
  readonly hop: HopBars
  /** Of the first request: it is not said again. */
  readonly origin: string
  readonly onOpen: (() => void) | null
}

function Title({ entry, number, hop, origin, onOpen }: TitleProps) {
  const { part, error, kind } = entry
  const shown = useShownUrl()
  const content = (
    <>
      <span className={styles.hopNumber}>{number}</span>
      {part.request && <MethodWord method={part.request.method} />}
      {part.request && (
        <span className={styles.hopUrl} title={shown(part.request)}>
          {shortUrl(shown(part.request), origin)}
        </span>
      )}
      {part.response && (
        <span className={styles.status} data-class={classOfStatus(part.response.status)}>
          {statusText(part.response)}
        </span>
      )}
      {!part.response && error && <span className={styles.failed}>{error.kind}</span>}
      {kind !== 'last' && <span className={styles.kind}>{kindWord(kind, part)}</span>}
    </>
  )
  return (
    <tr className={styles.hop}>
      <th scope="rowgroup" colSpan={2}>
        {onOpen && kind !== 'last' ? (
          <button type="button" className={styles.hopTitle} onClick={onOpen}>
            {content}
            <ChevronRight className={styles.chevron} aria-hidden="true" />
          </button>
        ) : (
          <span className={styles.hopTitle}>{content}</span>
        )}
      </th>
      <td className={styles.duration}>{formatDuration(hop.end - hop.start)}</td>
    </tr>
  )
}

function Because({ entry: { because, kind } }: { readonly entry: CourseEntry }) {
  return (
    <tr>
      <td className={styles.because} colSpan={3}>
        <CornerDownRight aria-hidden="true" />
        {kind === 'retry' ? t`Tried again: ${becauseWords(because)}` : becauseWords(because)}
      </td>
    </tr>
  )
}

function BarRow({ bar, span }: { readonly bar: Bar; readonly span: number }) {
  return (
    <tr data-empty={bar.duration === 0}>
      <th scope="row">{bar.label}</th>
      <td className={styles.track} aria-hidden="true">
        <BarOf bar={bar} span={span} />
      </td>
      <td className={styles.duration}>{bar.skipped ? t`reused` : formatDuration(bar.duration)}</td>
    </tr>
  )
}

/** All phases on one line; what each took is in its title. */
function StackedRow({ bars, span }: { readonly bars: readonly Bar[]; readonly span: number }) {
  const words = listed(bars.map(({ label, duration }) => `${label} ${formatDuration(duration)}`))
  return (
    <tr>
      <th scope="row" className={styles.phases}>
        <span className={styles.hidden}>{words}</span>
      </th>
      <td className={styles.track} title={words} colSpan={2}>
        <div className={styles.stack}>
          {bars.map((bar) => (
            <BarOf key={bar.phase} bar={bar} span={span} />
          ))}
        </div>
      </td>
    </tr>
  )
}

function BarOf({ bar, span }: { readonly bar: Bar; readonly span: number }) {
  const { left, width } = placeOf(bar, span)
  return <div className={styles.bar} data-picture data-phase={bar.phase} style={{ marginLeft: `${left}%`, width: `${width}%` }} />
}

function originOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : ''
}

function shortUrl(url: string, origin: string): string {
  return origin !== '' && url.startsWith(`${origin}/`) ? url.slice(origin.length) : url
}
