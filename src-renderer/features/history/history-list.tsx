/**
 * The entries (WAI-ARIA listbox pattern), only those in sight drawn, under the days they are of. A click or Enter shows
 * an entry, Ctrl or Shift choose several, the menu offers what can be done with those that are chosen.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import type { ExchangeId } from '#contract/model/ids.ts'
import { loadMoreHistory, openEntry, removeEntries } from '../../actions/history.ts'
import { createHistoryRows, type HistoryRow } from '../../lib/history-rows.ts'
import { useHistoryStore } from '../../stores/history-store.ts'
import { ContextMenu } from '../../ui/menu.tsx'
import { entryMenu } from './entry-menu.tsx'
import { HistoryRowView } from './history-row.tsx'
import styles from './history.module.css'
import { t } from '../../lib/t.ts'

const ROW_PX = 26
/** So far from the end the next page is read. */
const AHEAD = 30

export function HistoryList() {
  const entries = useHistoryStore((state) => state.entries)
  const next = useHistoryStore((state) => state.next)
  const selected = useHistoryStore((state) => state.selected)
  const [rowsOf] = useState(createHistoryRows)
  const rows = useMemo(() => rowsOf(entries, new Date()), [rowsOf, entries])
  const scroller = useRef<HTMLDivElement>(null)
  const [cursorId, setCursorId] = useState<ExchangeId | null>(null)
  const [menuIds, setMenuIds] = useState<readonly ExchangeId[]>([])
  const cursor = rows.findIndex((row) => row.key === cursorId)
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer changes itself in place, so the compiler must leave this component alone; we do not use the compiler
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: rowHeight, overscan: 12 })
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (next !== null && lastIndex > rows.length - AHEAD) void loadMoreHistory()
  }, [next, lastIndex, rows.length])

  const moveTo = (index: number): void => {
    const row = rows[index]
    if (row?.kind !== 'entry') return
    setCursorId(row.entry.id)
    virtual.scrollToIndex(index)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[cursor]
    const id = row?.kind === 'entry' ? row.entry.id : null
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveTo(neighbour(rows, cursor, event.key === 'ArrowDown' ? 1 : -1))
    else if (event.key === 'Home') moveTo(neighbour(rows, -1, 1))
    else if (event.key === 'End') moveTo(neighbour(rows, rows.length, -1))
    else if (event.key === 'Enter' && id !== null) void openEntry(id)
    else if (event.key === ' ' && id !== null) choose(id, 'toggle')
    else if (event.key === 'Delete' && id !== null) void removeEntries(selected.includes(id) ? selected : [id])
    else return
    event.preventDefault()
  }
  const onClick = (id: ExchangeId, event: MouseEvent): void => {
    setCursorId(id)
    if (event.ctrlKey || event.metaKey) choose(id, 'toggle')
    else if (event.shiftKey) choose(id, 'range')
    else void openEntry(id)
  }
  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-entry]')?.dataset.entry : undefined
    const id = entries.find((entry) => entry.id === target)?.id ?? cursorId
    if (id === null) {
      event.preventDefault()
      return
    }
    setCursorId(id)
    // What is chosen is what is shown: a menu for another entry changes neither.
    setMenuIds(selected.includes(id) ? selected : [id])
  }

  return (
    <ContextMenu items={entryMenu(entries.filter((entry) => menuIds.includes(entry.id)))}>
      <div
        ref={scroller}
        className={styles.list}
        role="listbox"
        aria-label={t`History entries`}
        aria-multiselectable="true"
        tabIndex={0}
        aria-activedescendant={cursorId === null ? undefined : `history-${cursorId}`}
        onKeyDown={onKeyDown}
        // Pressed by the pointer it stays where it is scrolled to: what is under the pointer has to be there when it is let go.
        onFocus={({ currentTarget }) => cursor < 0 && !currentTarget.matches(':active') && moveTo(neighbour(rows, -1, 1))}
        onContextMenu={onContextMenu}
      >
        <div className={styles.rows} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]
            return (
              row && (
                <HistoryRowView
                  key={row.key}
                  row={row}
                  top={item.start}
                  selected={row.kind === 'entry' && selected.includes(row.entry.id)}
                  hasCursor={item.index === cursor}
                  onClick={onClick}
                />
              )
            )
          })}
        </div>
      </div>
    </ContextMenu>
  )
}

/** One and the same function at every drawing, or all rows would be measured anew each time. */
function rowHeight(): number {
  return ROW_PX
}

/** The next row that is an entry. */
function neighbour(rows: readonly HistoryRow[], from: number, step: 1 | -1): number {
  let at = from + step
  while (rows[at]?.kind === 'day') at += step
  return at
}

function choose(id: ExchangeId, how: 'toggle' | 'range'): void {
  const { selected, entries, set } = useHistoryStore.getState()
  if (how === 'toggle') {
    set({ selected: selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id] })
    return
  }
  const indexOf = (wanted: ExchangeId | undefined): number => entries.findIndex((entry) => entry.id === wanted)
  const [from, to] = [indexOf(selected[0]), indexOf(id)].sort((a, b) => a - b)
  set({ selected: entries.slice(Math.max(0, from ?? 0), (to ?? 0) + 1).map((entry) => entry.id) })
}
