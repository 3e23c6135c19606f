/** A run in pictures: latency over time, how many took how long, statuses, throughput; each with its figures in a table. */
import ChartLine from 'lucide-react/icons/chart-line'
import { useEffect } from 'react'
import { distributionChart, durationWords, latencyChart, statusStrip, throughputChart } from '#contract/model/run-charts.ts'
import type { RunCharts, RunRequest, RunStats } from '#contract/model/run.ts'
import { isRunOver } from '#contract/model/run-facts.ts'
import { readSummary } from '../../actions/runs.ts'
import { useRunsStore } from '../../stores/runs-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { MethodWord } from '../../ui/method-word.tsx'
import { ColumnHeads } from '../../ui/column-heads.tsx'
import { BarPicture, LinePicture } from './chart-pictures.tsx'
import styles from './charts.module.css'
import { FigureTable } from './figure-table.tsx'
import { count, rateWords } from './run-words.ts'
import { t } from '../../lib/t.ts'

export function ChartsPanel() {
  const summary = useRunsStore((state) => state.summary)
  const runId = useRunsStore((state) => state.shown)
  useEffect(() => {
    // What is shown of a run that goes on is as old as the last look at it.
    if (runId !== null) void readSummary(runId)
  }, [runId])
  if (summary === null) return null
  const { charts, totals, requests, state } = summary
  if (totals.count === 0) {
    return (
      <EmptyState icon={<ChartLine />} title={t`Nothing to draw`}>
        {isRunOver(state) ? t`No request was answered.` : t`No request has been answered yet.`}
      </EmptyState>
    )
  }
  return (
    <div className={styles.charts} role="group" aria-label={t`Charts of the run`} tabIndex={0}>
      <Totals totals={totals} perSecond={summary.requestsPerSecond} />
      <div className={styles.grid}>
        <Latency charts={charts} />
        <Distribution charts={charts} totals={totals} />
        <Throughput charts={charts} />
        <Statuses charts={charts} />
      </div>
      <Requests requests={requests} />
    </div>
  )
}

function Totals({
  totals: { count: requests, p50, p90, p99, max, mean },
  perSecond,
}: {
  readonly totals: RunStats
  readonly perSecond: number
}) {
  const figures = [
    [t`Requests`, count(requests)],
    [t`Throughput`, rateWords(perSecond)],
    [t`Mean`, words(mean)],
    ['p50', words(p50)],
    ['p90', words(p90)],
    ['p99', words(p99)],
    [t`Slowest`, words(max)],
  ] as const
  return (
    <dl className={styles.totals}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Latency({ charts }: { readonly charts: RunCharts }) {
  return (
    <figure className={styles.figure}>
      <figcaption>{t`Latency over time`}</figcaption>
      <LinePicture chart={latencyChart(charts)} label={t`Latency over time`} />
      <FigureTable
        label={t`Latency over time`}
        columns={[t`From the start`, 'p50', 'p90', t`Slowest`]}
        rows={charts.buckets.map(({ at, p50, p90, max }) => [durationWords(at), words(p50), words(p90), words(max)])}
      />
    </figure>
  )
}

function Distribution({ charts, totals }: { readonly charts: RunCharts; readonly totals: RunStats }) {
  return (
    <figure className={styles.figure}>
      <figcaption>{t`How many took how long`}</figcaption>
      <BarPicture chart={distributionChart(charts, totals)} label={t`How many took how long`} />
      <FigureTable
        label={t`How many took how long`}
        columns={[t`From`, t`To`, t`Requests`]}
        rows={charts.distribution.map(({ from, to, count: many }) => [durationWords(from), durationWords(to), count(many)])}
      />
    </figure>
  )
}

function Throughput({ charts }: { readonly charts: RunCharts }) {
  const perSecond = (many: number): string => rateWords(many / (charts.bucketMs / 1000))
  return (
    <figure className={styles.figure}>
      <figcaption>{t`Requests a second`}</figcaption>
      <LinePicture chart={throughputChart(charts)} label={t`Requests a second`} />
      <FigureTable
        label={t`Requests a second`}
        columns={[t`From the start`, t`Ended`, t`Failed`]}
        rows={charts.buckets.map(({ at, done, failed }) => [durationWords(at), perSecond(done), perSecond(failed)])}
      />
    </figure>
  )
}

const STRIP_WIDTH = 640
const STRIP_HEIGHT = 24

function Statuses({ charts }: { readonly charts: RunCharts }) {
  const parts = statusStrip(charts, STRIP_WIDTH)
  return (
    <figure className={styles.figure}>
      <figcaption>{t`Statuses`}</figcaption>
      <svg className={styles.picture} role="img" aria-label={t`Statuses`} viewBox={`0 0 ${STRIP_WIDTH} ${STRIP_HEIGHT}`}>
        {parts.map(({ status, x, width }) => (
          <rect
            key={String(status)}
            className={styles.status}
            data-class={classOf(status)}
            x={x}
            width={Math.max(1, width)}
            height={STRIP_HEIGHT}
          />
        ))}
      </svg>
      <ul className={styles.legend}>
        {parts.map(({ status, count: many }) => (
          <li key={String(status)}>
            <span className={styles.swatch} data-picture data-class={classOf(status)} aria-hidden="true" />
            {status ?? t`No answer`}: {count(many)}
          </li>
        ))}
      </ul>
    </figure>
  )
}

/** By request, the slowest first: where the time goes. */
function Requests({ requests }: { readonly requests: readonly RunRequest[] }) {
  const sorted = requests.toSorted((left, right) => (right.p90 ?? 0) - (left.p90 ?? 0))
  return (
    <section className={styles.figure} aria-label={t`By request`}>
      <h3 className={styles.heading}>{t`By request, the slowest first`}</h3>
      <table className={styles.table} aria-label={t`By request`}>
        <ColumnHeads columns={[t`Request`, t`Times`, t`Failed`, 'p50', 'p90', 'p99', t`Slowest`]} />
        <tbody>
          {sorted.map(({ item, name, folders, method, count: times, failed, p50, p90, p99, max }) => (
            <tr key={item}>
              <td>
                <MethodWord method={method} /> {[...folders, name].join(' / ')}
              </td>
              <td>{count(times)}</td>
              <td>{count(failed)}</td>
              <td>{words(p50)}</td>
              <td>{words(p90)}</td>
              <td>{words(p99)}</td>
              <td>{words(max)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function words(ms: number | null): string {
  return ms === null ? '–' : durationWords(ms)
}

function classOf(status: number | null): string {
  return status === null ? 'none' : `${Math.floor(status / 100)}xx`
}
