/** What became of the checks of an answer. */
import FlaskConical from 'lucide-react/icons/flask-conical'
import { use } from 'react'
import type { Checks } from '#contract/model/checks.ts'
import { countChecks } from '#contract/model/check-count.ts'
import { useFocusStore } from '../../stores/focus-store.ts'
import { Button } from '../../ui/button.tsx'
import { CheckList } from '../../ui/check-list.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { AnswerScriptLine } from './answer-script-line.tsx'
import styles from './tests-panel.module.css'
import { UsedIn } from './used-in.ts'
import { rich, t } from '../../lib/t.ts'

interface TestsPanelProps {
  readonly checks: Checks | undefined
  /** The request failed while its answer came. */
  readonly isCutShort: boolean
}

export function TestsPanel({ checks, isCutShort }: TestsPanelProps) {
  const draftId = use(UsedIn)
  if (checks === undefined || isUntested(checks)) {
    if (isCutShort) {
      return (
        <EmptyState icon={<FlaskConical />} title={t`The tests did not run`}>
          {t`The request failed before there was a whole answer to check.`}
        </EmptyState>
      )
    }
    return (
      <EmptyState icon={<FlaskConical />} title={t`Nothing was tested`}>
        <span>{t`Say under Tests what the answer must be, or write a test in a script; both are checked at each send.`}</span>
        {draftId !== null && (
          <Button
            onClick={() => useFocusStore.getState().ask(draftId, { section: 'tests', row: 0, field: 'name' })}
          >{t`Add an assertion`}</Button>
        )}
      </EmptyState>
    )
  }
  const { passed, failed } = countChecks(checks)
  return (
    <div className={styles.panel} role="group" aria-label={t`Results of tests`} tabIndex={0}>
      <p className={styles.summary} role="status" aria-label={t`Tests`}>
        {failed === 0 ? (
          <Verdict outcome="passed" word={passed === 1 ? t`${passed} passed` : t`All ${passed} passed`} />
        ) : (
          <Verdict outcome="failed" word={t`${failed} failed`} />
        )}
        {failed > 0 && <span>{rich`${passed} passed`}</span>}
      </p>
      <CheckList checks={checks} renderPlace={(place) => <AnswerScriptLine {...place} />} />
    </div>
  )
}

/** Whether nothing was asked of the answer: messages are shown above it. */
export function isUntested({ assertions, captured, tests, faults }: Checks): boolean {
  return assertions.length + captured.length + tests.length + faults.length === 0
}
