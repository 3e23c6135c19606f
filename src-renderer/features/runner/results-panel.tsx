/** The results of a run as they come in: filtered, a row each, and of the one that is chosen all that is known. */
import { useDeferredValue, useState } from 'react'
import type { RunId, RunRow } from '#contract/model/run.ts'
import { CheckBox } from '../../ui/controls/check-box.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { ResultDetail } from './result-detail.tsx'
import { ResultTable } from './result-table.tsx'
import styles from './results.module.css'
import { t } from '../../lib/t.ts'

export function ResultsPanel({ runId }: { readonly runId: RunId }) {
  const [onlyFailed, setOnlyFailed] = useState(false)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<RunRow | null>(null)
  const text = useDeferredValue(typed.trim())
  const outcome = onlyFailed ? 'failed' : 'all'
  return (
    <>
      <div className={styles.tools}>
        <CheckBox label={t`Only failed`} checked={onlyFailed} onChange={setOnlyFailed} />
        <span className={styles.search}>
          <SearchField
            label={t`Filter results`}
            placeholder={t`Name, URL, status or problem`}
            value={typed}
            maxLength={500}
            onChange={setTyped}
            clearLabel={t`Show all results`}
          />
        </span>
      </div>
      <ResultTable key={`${outcome} ${text}`} runId={runId} filter={{ outcome, text }} chosen={chosen} onChoose={setChosen} />
      {chosen !== null && <ResultDetail key={chosen.index} runId={runId} row={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}
