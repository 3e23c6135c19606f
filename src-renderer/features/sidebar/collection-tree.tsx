/**
 * The tree (WAI-ARIA tree pattern): only the rows in sight are drawn, the keyboard walks all of them, a right click or
 * the menu key offers what can be done, and rows are dragged to reorder and move them.
 */
import { DndContext, DragOverlay } from '@dnd-kit/core'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, type MouseEvent } from 'react'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { activeTab, useDraftsStore } from '../../stores/drafts-store.ts'
import { useFocusStore } from '../../stores/focus-store.ts'
import { useLayoutStore } from '../../stores/layout-store.ts'
import { rowName, treeRows, type TreeRow } from '../../lib/tree-rows.ts'
import { ContextMenu } from '../../ui/menu.tsx'
import { PickedBar } from './picked-bar.tsx'
import { menuOfSeveral } from './several-commands.tsx'
import { menuItems, openRow, renameRow, type TreeCommands } from './tree-commands.tsx'
import { DropMark, TreeRowView } from './tree-row.tsx'
import styles from './tree.module.css'
import { useTreeDrag } from './use-tree-drag.ts'
import { useTreeKeys } from './use-tree-keys.ts'
import { useTreePick } from './use-tree-pick.ts'
import { t } from '../../lib/t.ts'

const ROW_PX = 26

export function CollectionTree({ filter }: { readonly filter: string }) {
  const collections = useCollectionsStore((state) => state.collections)
  const collapsed = useLayoutStore((state) => state.collapsed)
  const openNode = useDraftsStore((state) => activeTab(state)?.draft.nodeId ?? null)
  const rows = useMemo(() => treeRows(collections, new Set(collapsed), filter), [collections, collapsed, filter])
  const [cursor, setCursorAt] = useState<{ readonly key: string; readonly index: number } | null>(null)
  const [renaming, setRenaming] = useState<string | null>(null)
  const [menuRow, setMenuRow] = useState<TreeRow | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const cursorIndex = cursorIndexIn(rows, cursor)
  const pick = useTreePick(rows, cursorIndex)
  const { drag, ...dnd } = useTreeDrag(rows, pick.rowsFor, scroller, ROW_PX)
  const pinned = indexOfKey(rows, drag?.rows[0]?.key ?? renaming)
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer changes itself in place, so the compiler must leave this component alone; we do not use the compiler
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 12,
    // A row that is dragged or renamed stays drawn, however far it is scrolled away.
    rangeExtractor: (range) => (pinned < 0 ? defaultRangeExtractor(range) : [...new Set([...defaultRangeExtractor(range), pinned])]),
  })

  const setCursor = (key: string): void => setCursorAt({ key, index: indexOfKey(rows, key) })
  const moveCursor = (index: number): void => {
    const row = rows[index]
    if (!row) return
    setCursor(row.key)
    virtual.scrollToIndex(index)
  }
  const commands: TreeCommands = { startRename: setRenaming, setCursor }
  const onKeyDown = useTreeKeys({
    rows,
    index: cursorIndex,
    moveCursor: (index, keepsPick = false) => {
      if (!keepsPick) pick.clear()
      moveCursor(index)
    },
    commands,
    pick,
  })
  const openIndex = indexOfKey(rows, openNode)
  useEffect(() => {
    if (openIndex >= 0) virtual.scrollToIndex(openIndex)
    // Only when another request comes to the front, not whenever rows change place.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [openNode])
  useWantedRow((key) => {
    moveCursor(indexOfKey(rows, key))
    scroller.current?.focus()
  })

  const finishRename = useCallback((row: TreeRow, name: string | null): void => {
    setRenaming(null)
    scroller.current?.focus()
    if (name !== null && name !== rowName(row)) renameRow(row, name)
  }, [])
  const rowAt = (target: EventTarget): TreeRow | undefined => {
    const key = target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined
    return rows.find((row) => row.key === key)
  }

  const onClick = (event: MouseEvent): void => {
    const row = rowAt(event.target)
    if (!row || row.key === renaming) return
    if (event.shiftKey) pick.extendTo(indexOfKey(rows, row.key))
    else if (event.ctrlKey || event.metaKey) pick.toggle(indexOfKey(rows, row.key))
    else pick.clear()
    setCursor(row.key)
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) openRow(row)
  }
  const isSelected = (key: string): boolean => (pick.picked.size === 0 ? key === openNode : pick.picked.has(key))
  const severalInMenu = menuRow && pick.picked.has(menuRow.key) && pick.items.length > 1 ? pick.items : null

  return (
    <DndContext {...dnd} accessibility={{ screenReaderInstructions: { draggable: '' } }}>
      {rows.length === 0 && <NothingFound />}
      <ContextMenu items={severalInMenu ? menuOfSeveral(severalInMenu) : menuRow ? menuItems(menuRow, commands) : []}>
        <div
          ref={scroller}
          className={styles.tree}
          role="tree"
          aria-label={t`Collections`}
          aria-multiselectable="true"
          tabIndex={0}
          aria-activedescendant={cursorIndex < 0 ? undefined : rowId(rows[cursorIndex])}
          onKeyDown={onKeyDown}
          onClick={onClick}
          // Pressed by the pointer it stays where it is scrolled to: what is under the pointer has to be there when it is let go.
          onFocus={({ currentTarget }) => cursorIndex < 0 && !currentTarget.matches(':active') && moveCursor(Math.max(0, openIndex))}
          onContextMenu={(event) => {
            const row = rowAt(event.target) ?? rows[cursorIndex]
            if (!row) event.preventDefault()
            setMenuRow(row ?? null)
            if (row && !pick.picked.has(row.key)) pick.clear()
            if (row) setCursor(row.key)
          }}
        >
          <div className={styles.rows} role="presentation" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index]
              return (
                row && (
                  <TreeRowView
                    key={row.key}
                    id={rowId(row)}
                    row={row}
                    top={item.start}
                    isOpen={row.key === openNode}
                    selected={isSelected(row.key)}
                    hasCursor={item.index === cursorIndex}
                    renaming={row.key === renaming}
                    onRenamed={finishRename}
                  />
                )
              )
            })}
            {drag?.target && <DropMark target={drag.target} rowHeight={ROW_PX} level={rows[drag.target.index]?.level ?? 1} />}
          </div>
        </div>
      </ContextMenu>
      <PickedBar items={pick.items} onClear={pick.clear} tree={scroller} />
      <DragOverlay dropAnimation={null}>{drag && <div className={styles.dragged}>{draggedWords(drag.rows)}</div>}</DragOverlay>
    </DndContext>
  )
}

/** Beside the tree: in it there are items only. */
function NothingFound() {
  return (
    <p className={styles.nothing} role="status">
      {t`Nothing is named like that.`}
    </p>
  )
}

/** Go to the row that is asked for from elsewhere. */
function useWantedRow(goTo: (key: string) => void): void {
  const wanted = useFocusStore((state) => state.row)
  const goToWanted = useEffectEvent((key: string) => {
    goTo(key)
    useFocusStore.getState().rowDone()
  })
  useEffect(() => {
    if (wanted !== null) goToWanted(wanted)
  }, [wanted])
}

function draggedWords(rows: readonly TreeRow[]): string {
  const [first, ...others] = rows
  return first && others.length === 0 ? rowName(first) : t`${rows.length} items`
}

/** One and the same function at every drawing, or all rows would be measured anew each time. */
function rowHeight(): number {
  return ROW_PX
}

function indexOfKey(rows: readonly TreeRow[], key: string | null): number {
  return key === null ? -1 : rows.findIndex((row) => row.key === key)
}

/** An item that was renamed, moved or deleted has another id or none: the cursor then stays where it stood. */
function cursorIndexIn(rows: readonly TreeRow[], cursor: { readonly key: string; readonly index: number } | null): number {
  if (cursor === null) return -1
  const found = indexOfKey(rows, cursor.key)
  return found >= 0 ? found : Math.min(cursor.index, rows.length - 1)
}

function rowId(row: TreeRow | undefined): string | undefined {
  return row && `tree-row-${row.key.replaceAll(/\s/g, '_')}`
}
