/** How far the shown run is and how it goes, and what can be done with it: pause, go on, stop; export once it is over. */
import Download from 'lucide-react/icons/download'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import Square from 'lucide-react/icons/square'
import type { RunId } from '#contract/model/run.ts'
import { isRunOver, RUN_REPORT_FORMATS } from '#contract/model/run-facts.ts'
import { exportRun, pauseRun, resumeRun, stopRun } from '../../actions/runs.ts'
import { formatDuration, formatElapsed } from '../../lib/format-duration.ts'
import { useRunsStore } from '../../stores/runs-store.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { REPORT_WORDS, count, rateWords, stateWords } from './run-words.ts'
import styles from './runner.module.css'
import { useShownRun, type ShownRun } from './shown-run.ts'
import { rich, t } from '../../lib/t.ts'

export function RunBar() {
  const runId = useRunsStore((state) => state.shown)
  const error = useRunsStore((state) => state.summary?.error ?? null)
  const notes = useRunsStore((state) => state.summary?.notes ?? NO_NOTES)
  const name = useRunsStore(({ summary }) => (summary === null ? '' : summary.name === '' ? summary.place : summary.name))
  const run = useShownRun()
  if (runId === null || run === null) return null
  const { state, counts, elapsedMs, perSecond } = run
  const isOver = isRunOver(state)
  return (
    <div className={styles.bar}>
      <div className={styles.progress}>
        <ProgressBar
          label={t`Run`}
          value={counts.planned === 0 ? 0 : counts.done / counts.planned}
          text={t`${count(counts.done)} of ${count(counts.planned)}${perSecond === null ? '' : ` · ${rateWords(perSecond)}`}`}
        />
        <Controls runId={runId} run={run} />
      </div>
      <p className={styles.figures} role="status" aria-label={t`Run`}>
        <span>{name === '' ? stateWords(state) : t`${name}: ${stateWords(state)}`}</span>
        <Verdict outcome="passed" word={t`${count(counts.passed)} passed`} />
        {counts.failed > 0 && <Verdict outcome="failed" word={t`${count(counts.failed)} failed`} />}
        {counts.skipped > 0 && <Verdict outcome="skipped" word={t`${count(counts.skipped)} skipped`} />}
        {counts.iterations > 1 && (
          <span>
            {rich`Iteration ${count(isOver ? counts.iterationsDone : Math.min(counts.iterations, counts.iterationsDone + 1))} of ${count(counts.iterations)}`}
          </span>
        )}
        <span>{isOver ? formatDuration(elapsedMs) : formatElapsed(elapsedMs)}</span>
      </p>
      {error && <ProblemNote live kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />}
      {notes.map((note) => (
        <ProblemNote key={note} tone="warning" message={note} />
      ))}
    </div>
  )
}

const NO_NOTES: readonly string[] = []

function Controls({ runId, run: { state } }: { readonly runId: RunId; readonly run: ShownRun }) {
  if (isRunOver(state)) {
    const items: readonly MenuItem[] = RUN_REPORT_FORMATS.map((format) => ({
      label: t`Export as ${REPORT_WORDS[format]}…`,
      onSelect: () => void exportRun(runId, format),
    }))
    return <Menu align="end" items={items} trigger={<Button icon={<Download />}>{t`Export`}</Button>} />
  }
  return (
    <>
      {state === 'paused' ? (
        <Button icon={<Play />} onClick={() => void resumeRun(runId)}>{t`Go on`}</Button>
      ) : (
        <Button icon={<Pause />} disabled={state === 'stopping'} onClick={() => void pauseRun(runId)}>{t`Pause`}</Button>
      )}
      <Button icon={<Square />} disabled={state === 'stopping'} onClick={() => void stopRun(runId)}>{t`Stop`}</Button>
    </>
  )
}
