/** The runs that were made, the newest first: looked at again, compared two at a time, exported, deleted. */
import Ellipsis from 'lucide-react/icons/ellipsis'
import GitCompare from 'lucide-react/icons/git-compare'
import History from 'lucide-react/icons/history'
import { useEffect } from 'react'
import type { RunHead } from '#contract/model/run.ts'
import { isRunOver, RUN_REPORT_FORMATS } from '#contract/model/run-facts.ts'
import { followRuns } from '../../actions/run-list.ts'
import { comparePicked, exportRun, pickRun, removeRun, showRun } from '../../actions/runs.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { timeWords } from '../../lib/time-words.ts'
import { useRunsStore } from '../../stores/runs-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ColumnHeads } from '../../ui/column-heads.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import { Verdict } from '../../ui/verdict.tsx'
import { REPORT_WORDS, count, settingsWords, stateWords } from './run-words.ts'
import styles from './runs.module.css'
import { t } from '../../lib/t.ts'

const COLUMNS = [t`Compare`, t`Run`, t`Started`, t`Outcome`, t`Requests`, t`Took`, t`Actions`] as const
const UNSEEN = [t`Compare`, t`Actions`] as const

export function RunsPanel() {
  const runs = useRunsStore((state) => state.runs)
  const picked = useRunsStore((state) => state.picked)
  useEffect(() => followRuns(), [])
  if (runs.length === 0) {
    return (
      <EmptyState
        icon={<History />}
        title={t`No runs yet`}
      >{t`Every run is kept here with its results, to be looked at again and compared.`}</EmptyState>
    )
  }
  return (
    <div className={styles.panel}>
      <div className={styles.tools}>
        <Button icon={<GitCompare />} disabled={picked.length !== 2} onClick={() => void comparePicked()}>{t`Compare`}</Button>
        <span className={styles.hint}>{picked.length === 2 ? '' : t`Choose two to compare them.`}</span>
      </div>
      <div className={styles.scroll} role="group" aria-label={t`All runs`} tabIndex={0}>
        <table className={`${styles.table ?? ''} ${styles.runs ?? ''}`} aria-label={t`Earlier runs`}>
          <ColumnHeads columns={COLUMNS} unseen={UNSEEN} />
          <tbody>
            {runs.map((run) => (
              <RunRowView key={run.id} run={run} isPicked={picked.includes(run.id)} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function RunRowView({ run, isPicked }: { readonly run: RunHead; readonly isPicked: boolean }) {
  const { id, name, place, startedAt, state, counts, elapsedMs } = run
  const title = name === '' ? place : name
  const isOver = isRunOver(state)
  const items: readonly MenuItem[] = [
    ...RUN_REPORT_FORMATS.map((format) => ({ label: t`Export as ${REPORT_WORDS[format]}…`, onSelect: () => void exportRun(id, format) })),
    { label: t`Delete`, danger: true, separatorBefore: true, disabled: !isOver, onSelect: () => void removeRun(id) },
  ]
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t`Compare ${title}`}
          checked={isPicked}
          onChange={(event) => pickRun(id, event.target.checked)}
        />
      </td>
      <td className={styles.what}>
        <button type="button" className={styles.open} onClick={() => void showRun(id)}>
          {title}
        </button>
        <span className={styles.with}>{settingsWords(run)}</span>
      </td>
      <td>{timeWords(startedAt, new Date())}</td>
      <td>
        {isOver ? (
          <Verdict
            outcome={counts.failed > 0 || state === 'failed' ? 'failed' : state === 'finished' ? 'passed' : 'skipped'}
            word={counts.failed > 0 ? t`${count(counts.failed)} failed` : state === 'finished' ? t`All passed` : stateWords(state)}
          />
        ) : (
          stateWords(state)
        )}
      </td>
      <td className={styles.number}>{count(counts.done)}</td>
      <td className={styles.number}>{formatDuration(elapsedMs)}</td>
      <td>
        <Menu align="end" items={items} trigger={<IconButton label={t`Actions of ${title}`} icon={<Ellipsis />} />} />
      </td>
    </tr>
  )
}
