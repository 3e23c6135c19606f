/** Below the list, while several entries are chosen: how many, and what can be done with them. */
import { compareEntries, olderFirst, removeEntries } from '../../actions/history.ts'
import { useHistoryStore } from '../../stores/history-store.ts'
import { Button } from '../../ui/button.tsx'
import styles from './history.module.css'
import { rich, t } from '../../lib/t.ts'

export function SelectionBar() {
  const selected = useHistoryStore((state) => state.selected)
  const entries = useHistoryStore((state) => state.entries)
  if (selected.length < 2) return null
  const [a, b] = entries.filter(({ id }) => selected.includes(id))
  return (
    <div className={styles.selection}>
      <span>{rich`${selected.length} chosen`}</span>
      {selected.length === 2 && a && b && <Button onClick={() => void compareEntries(...olderFirst(a, b))}>{t`Compare`}</Button>}
      <Button variant="ghost" onClick={() => void removeEntries(selected)}>{t`Delete`}</Button>
    </div>
  )
}
