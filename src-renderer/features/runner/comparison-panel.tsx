/** Two runs beside each other: of all, and of each request, what each took and how it changed. */
import ArrowLeft from 'lucide-react/icons/arrow-left'
import { durationWords } from '#contract/model/run-charts.ts'
import type { RunComparison, RunHead, RunStats } from '#contract/model/run.ts'
import { closeComparison } from '../../actions/runs.ts'
import { exactTime } from '../../lib/time-words.ts'
import { Button } from '../../ui/button.tsx'
import { ColumnHeads } from '../../ui/column-heads.tsx'
import { MethodWord } from '../../ui/method-word.tsx'
import { changeWords, count, sharedFolders } from './run-words.ts'
import styles from './runs.module.css'
import { listed } from '../../lib/listed.ts'
import { rich, t } from '../../lib/t.ts'

const COLUMNS = [t`Request`, t`Before: p50`, 'p90', t`Failed`, t`After: p50`, 'p90', t`Failed`, t`Change of p50`] as const

export function ComparisonPanel({ comparison: { before, after, totals, requests } }: { readonly comparison: RunComparison }) {
  const shared = sharedFolders(requests)
  return (
    <div className={styles.panel}>
      <div className={styles.tools}>
        <Button variant="ghost" icon={<ArrowLeft />} onClick={closeComparison}>{t`All runs`}</Button>
        <span className={styles.hint}>{rich`Before: ${titleOf(before)} · After: ${titleOf(after)}`}</span>
      </div>
      <div className={styles.scroll} role="group" aria-label={t`Comparison`} tabIndex={0}>
        <table className={`${styles.table ?? ''} ${styles.compared ?? ''}`} aria-label={t`Comparison of two runs`}>
          <ColumnHeads columns={COLUMNS} />
          <tbody>
            <ComparedRow name={t`All requests`} before={totals.before} after={totals.after} />
            {requests.map((request, index) => (
              <ComparedRow
                key={index}
                name={[...request.folders.slice(shared), request.name].join(' / ')}
                method={request.method}
                before={request.before}
                after={request.after}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

interface ComparedRowProps {
  readonly name: string
  readonly method?: string
  readonly before: RunStats | null
  readonly after: RunStats | null
}

function ComparedRow({ name, method, before, after }: ComparedRowProps) {
  return (
    <tr>
      <td className={styles.what}>
        {method !== undefined && <MethodWord method={method} />} {name}
      </td>
      <Figures stats={before} />
      <Figures stats={after} />
      <td className={styles.change}>{before === null ? t`new` : after === null ? t`gone` : changeWords(before.p50, after.p50)}</td>
    </tr>
  )
}

function Figures({ stats }: { readonly stats: RunStats | null }) {
  return (
    <>
      <td className={styles.number}>{words(stats?.p50)}</td>
      <td className={styles.number}>{words(stats?.p90)}</td>
      <td className={styles.number}>{stats ? count(stats.failed) : '–'}</td>
    </>
  )
}

function titleOf({ name, place, startedAt }: RunHead): string {
  // To the second: runs to compare often follow one another.
  return listed([name === '' ? place : name, exactTime(new Date(startedAt))])
}

function words(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '–' : durationWords(ms)
}
