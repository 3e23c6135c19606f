/** The side bar's view of the history: what to look for, and what was found. */
import HistoryIcon from 'lucide-react/icons/history'
import { useEffect } from 'react'
import { loadHistory, compareWithNext, filterHistory, stopComparing } from '../../actions/history.ts'
import { useHistoryStore } from '../../stores/history-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { HistoryList } from './history-list.tsx'
import { HistorySearch } from './history-search.tsx'
import { SelectionBar } from './selection-bar.tsx'
import styles from './history.module.css'
import { t } from '../../lib/t.ts'

export function HistoryView() {
  useEffect(() => {
    void loadHistory()
    // Who leaves the history chooses nothing from it.
    return stopComparing
  }, [])
  const comparing = useHistoryStore((state) => state.comparing !== null)
  return (
    <nav className={styles.view} aria-label={t`History`}>
      <HistorySearch />
      {comparing && (
        <p className={styles.hint} role="status">
          {t`Choose the entry to compare with.`}
          <Button variant="ghost" onClick={() => compareWithNext(null)}>{t`Never mind`}</Button>
        </p>
      )}
      <Content />
      <SelectionBar />
    </nav>
  )
}

function Content() {
  const error = useHistoryStore((state) => state.error)
  const loaded = useHistoryStore((state) => state.loaded)
  const isEmpty = useHistoryStore((state) => state.entries.length === 0)
  const isFiltered = useHistoryStore((state) => Object.keys(state.filter).length > 0)
  if (error) {
    return (
      <div className={styles.problem}>
        <ProblemNote
          live
          message={error.message}
          {...(error.hint !== undefined && { hint: error.hint })}
          action={<Button onClick={() => void loadHistory()}>{t`Try again`}</Button>}
        />
      </div>
    )
  }
  if (!loaded) return <div className={styles.fill} aria-busy="true" />
  if (!isEmpty) return <HistoryList />
  if (!isFiltered) {
    return (
      <EmptyState icon={<HistoryIcon />} title={t`Nothing was sent yet`}>
        <p>{t`Every request that is sent is kept here, with its answer.`}</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<HistoryIcon />} title={t`Nothing found`}>
      <p>{t`No send has these words and fits the filters.`}</p>
      <Button onClick={takeOffFilters}>{t`Show all`}</Button>
    </EmptyState>
  )
}

function takeOffFilters(): void {
  const { filter } = useHistoryStore.getState()
  filterHistory(Object.fromEntries(Object.keys(filter).map((key) => [key, undefined])))
}
