/** The menu beside an answer: what was sent from this request before, each to be shown in its place. */
import ChevronDown from 'lucide-react/icons/chevron-down'
import HistoryIcon from 'lucide-react/icons/history'
import { useState } from 'react'
import type { HistoryEntry } from '#contract/model/history.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { earlierSends, showEarlier, showHistory } from '../../actions/history.ts'
import { sendLabel } from '../../lib/history-rows.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import styles from './history.module.css'
import { t } from '../../lib/t.ts'

export function EarlierSends({ draftId }: { readonly draftId: DraftId }) {
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null)
  const shownId = useExchangesStore((state) => exchangeOf(draftId)(state).last?.id)
  return (
    <Menu
      align="end"
      trigger={
        <Button
          variant="ghost"
          className={styles.earlier}
          onClick={() => {
            setEntries(null)
            void earlierSends(draftId).then(setEntries)
          }}
        >
          <HistoryIcon className={styles.glyph} aria-hidden="true" />
          <span className={styles.word}>{t`History`}</span>
          <ChevronDown className={styles.chevron} aria-hidden="true" />
        </Button>
      }
      items={itemsOf(entries, draftId, shownId)}
    />
  )
}

function itemsOf(entries: readonly HistoryEntry[] | null, draftId: DraftId, shownId: string | undefined): readonly MenuItem[] {
  const all: MenuItem = { label: t`All in History`, separatorBefore: true, onSelect: () => showOf(draftId) }
  if (entries === null) return [{ label: t`Looking…`, disabled: true, onSelect: () => undefined }, all]
  if (entries.length === 0) return [{ label: t`Not sent yet`, disabled: true, onSelect: () => undefined }, all]
  const now = new Date()
  return [
    ...entries.map((entry) => ({
      key: entry.id,
      label: sendLabel(entry, now),
      disabled: entry.id === shownId,
      onSelect: () => void showEarlier(draftId, entry.id),
    })),
    all,
  ]
}

function showOf(draftId: DraftId): void {
  const nodeId = useDraftsStore.getState().tabs[draftId]?.draft.nodeId ?? null
  showHistory({ of: { nodeId, draftId } })
}
