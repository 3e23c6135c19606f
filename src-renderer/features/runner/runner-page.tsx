/** The runner: what is to be run, how it goes, its charts, and the runs that were made before. */
import Play from 'lucide-react/icons/play'
import { useEffect } from 'react'
import { isRunOver } from '#contract/model/run-facts.ts'
import { assertNever } from '#contract/result.ts'
import { closePage } from '../../actions/pages.ts'
import { rereadRuns } from '../../actions/run-list.ts'
import { startRun } from '../../actions/runs.ts'
import { planFaults } from '../../lib/run-plan.ts'
import { useRunsStore, type RunnerView } from '../../stores/runs-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TabPanel, TabStrip, type TabItem } from '../../ui/tab-strip.tsx'
import { ChartsPanel } from './charts-panel.tsx'
import { ComparisonPanel } from './comparison-panel.tsx'
import { PlanPanel } from './plan-panel.tsx'
import { ResultsPanel } from './results-panel.tsx'
import { RunBar } from './run-bar.tsx'
import { useShownRun } from './shown-run.ts'
import styles from './runner.module.css'
import { RunsPanel } from './runs-panel.tsx'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

const STRIP = t`Runner`

export function RunnerPage() {
  const view = useRunsStore((state) => state.view)
  const plan = useRunsStore((state) => state.plan)
  const fault = useRunsStore((state) => state.fault)
  const hasBadData = useRunsStore((state) => state.data !== null && state.data.error !== null)
  const change = useRunsStore((state) => state.change)
  const tabs = useTabs()
  const shown = useShownRun()
  useEffect(() => void rereadRuns(), [])
  // While one runs, what is done next is done to that one.
  const isUnderWay = shown !== null && !isRunOver(shown.state)
  const isReady = plan !== null && !hasBadData && Object.keys(planFaults(plan)).length === 0
  return (
    <PageShell
      label={t`Runner`}
      title={t`Run${plan === null ? '' : ` ${plan.place}`}`}
      onClose={closePage}
      actions={
        <Button
          variant={isUnderWay ? 'plain' : 'primary'}
          icon={<Play />}
          disabled={!isReady}
          onClick={() => void startRun()}
        >{t`Start`}</Button>
      }
      {...(fault !== null && {
        notes: <ProblemNote live kind={fault.kind} message={fault.message} {...(fault.hint !== undefined && { hint: fault.hint })} />,
      })}
    >
      <TabStrip label={STRIP} tabs={tabs} active={view} onChange={(next) => change({ view: next })} />
      {(view === 'results' || view === 'charts') && <RunBar />}
      <TabPanel strip={STRIP} id={view} className={styles.panel ?? ''}>
        <Content view={view} />
      </TabPanel>
    </PageShell>
  )
}

function useTabs(): readonly TabItem<RunnerView>[] {
  const chosen = useRunsStore(({ plan }) => plan?.requests.filter(({ isChosen }) => isChosen).length ?? 0)
  const runs = useRunsStore((state) => state.runs.length)
  const shown = useShownRun()
  const failed = shown?.counts.failed ?? 0
  return [
    { id: 'plan', label: t`Plan`, badge: chosen },
    {
      id: 'results',
      label: t`Results`,
      badge: failed > 0 ? t`${formatNumber(failed)} failed` : shown ? formatNumber(shown.counts.done) : '',
      ...(failed > 0 && { tone: 'danger' as const }),
    },
    { id: 'charts', label: t`Charts` },
    { id: 'runs', label: t`Earlier runs`, badge: runs },
  ]
}

function Content({ view }: { readonly view: RunnerView }) {
  const plan = useRunsStore((state) => state.plan)
  const shown = useRunsStore((state) => state.shown)
  const comparison = useRunsStore((state) => state.comparison)
  switch (view) {
    case 'plan':
      return plan === null ? (
        <EmptyState icon={<Play />} title={t`Nothing to run`}>{t`Choose “Run…” in the menu of a folder or a collection.`}</EmptyState>
      ) : (
        <PlanPanel plan={plan} />
      )
    case 'results':
      return shown === null ? <NoRun /> : <ResultsPanel key={shown} runId={shown} />
    case 'charts':
      return shown === null ? <NoRun /> : <ChartsPanel key={shown} />
    case 'runs':
      return comparison === null ? <RunsPanel /> : <ComparisonPanel comparison={comparison} />
    default:
      return assertNever(view)
  }
}

function NoRun() {
  return <EmptyState icon={<Play />} title={t`No run yet`}>{t`Press Start, or open one of the earlier runs.`}</EmptyState>
}
