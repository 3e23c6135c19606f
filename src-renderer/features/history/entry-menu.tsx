/** What can be done with the entries that are chosen. */
import Columns from 'lucide-react/icons/columns-2'
import Copy from 'lucide-react/icons/copy-plus'
import Pin from 'lucide-react/icons/pin'
import Repeat from 'lucide-react/icons/repeat'
import Trash from 'lucide-react/icons/trash-2'
import type { HistoryEntry } from '#contract/model/history.ts'
import { compareEntries, compareWithNext, olderFirst, openAsNew, pinEntries, removeEntries, resendEntry } from '../../actions/history.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import { t } from '../../lib/t.ts'

export function entryMenu(entries: readonly HistoryEntry[]): readonly MenuItem[] {
  const [first, second] = entries
  if (!first) return []
  const ids = entries.map(({ id }) => id)
  const isPinned = entries.every(({ pinned }) => pinned)
  const forOne: MenuItem[] = [
    { label: t`Open as new request`, icon: <Copy />, onSelect: () => void openAsNew(first.id) },
    { label: t`Resend exactly`, icon: <Repeat />, onSelect: () => void resendEntry(first.id) },
    { label: t`Compare with…`, icon: <Columns />, onSelect: () => compareWithNext(first.id) },
  ]
  // The older one is the left one.
  const forTwo: MenuItem[] = second
    ? [{ label: t`Compare`, icon: <Columns />, onSelect: () => void compareEntries(...olderFirst(first, second)) }]
    : []
  return [
    ...(entries.length === 1 ? forOne : entries.length === 2 ? forTwo : []),
    { label: isPinned ? t`Unpin` : t`Pin`, icon: <Pin />, onSelect: () => void pinEntries(ids, !isPinned) },
    {
      label: entries.length === 1 ? t`Delete` : t`Delete ${entries.length} entries`,
      icon: <Trash />,
      shortcut: 'Delete',
      danger: true,
      separatorBefore: true,
      onSelect: () => void removeEntries(ids),
    },
  ]
}
