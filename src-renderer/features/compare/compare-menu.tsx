/** The button beside an answer that compares it: with the one before at once, with an earlier one, or with any of the history. */
import Columns from 'lucide-react/icons/columns-2'
import { useState } from 'react'
import type { Example } from '#contract/model/example.ts'
import type { HistoryEntry } from '#contract/model/history.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { compareShownWith, compareWithPrevious, previousOf } from '../../actions/compare.ts'
import { compareWithExample, listExamples } from '../../actions/examples.ts'
import { compareWithNext, earlierSends } from '../../actions/history.ts'
import { sendLabel } from '../../lib/history-rows.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import { t } from '../../lib/t.ts'

/** Earlier answers that are offered by name; the rest is in the history. */
const OFFERED = 8

export function CompareMenu({ draftId }: { readonly draftId: DraftId }) {
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null)
  const [examples, setExamples] = useState<readonly Example[]>([])
  const shown = useExchangesStore((state) => exchangeOf(draftId)(state).last)
  const before = useExchangesStore((state) => exchangeOf(draftId)(state).before)
  if (!shown?.response) return null
  const others = (entries ?? []).filter(({ id }) => id !== shown.id)
  const previous = previousOf(shown, others)
  const now = new Date()
  const items: MenuItem[] = [
    {
      label: previous ? t`Previous answer (${sendLabel(previous, now)})` : t`Previous answer`,
      disabled: !previous && !before,
      onSelect: () => void compareWithPrevious(draftId),
    },
    ...others
      .filter(({ id }) => id !== previous?.id)
      .slice(0, OFFERED)
      .map((entry, index) => ({
        key: entry.id,
        label: sendLabel(entry, now),
        separatorBefore: index === 0,
        onSelect: () => void compareShownWith(draftId, entry.id),
      })),
    ...examples.map((example, index) => ({
      key: `example ${example.index}`,
      label: t`Example: ${example.name}`,
      separatorBefore: index === 0,
      onSelect: () => void compareWithExample(draftId, example),
    })),
    { label: t`Choose from History…`, separatorBefore: true, onSelect: () => compareWithNext(shown.id) },
  ]
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={t`Compare with…`}
          icon={<Columns />}
          onClick={() => {
            setEntries(null)
            void earlierSends(draftId).then(setEntries)
            void listExamples(draftId).then(setExamples)
          }}
        />
      }
      items={items}
    />
  )
}
