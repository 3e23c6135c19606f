/**
 * The row of open requests: method, name, and a dot where something is unsaved. A middle click or Delete closes, a drag
 * reorders, and the row scrolls sideways when it is full.
 */
import { DndContext, PointerSensor, useDraggable, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { memo, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { DraftId } from '#contract/model/ids.ts'
import { activate, closeTab, closeTabs, duplicateTab, moveTab, nameOf, newRequest, reopenClosed, shortNameOf } from '../../actions/tabs.ts'
import { shortcutOf, useShortcut } from '../../stores/settings-store.ts'
import { isOutdated, isUnsaved, useDraftsStore, vanishedFile } from '../../stores/drafts-store.ts'
import { methodShown } from '#contract/model/method-shown.ts'
import { OPEN_TABS } from '../../lib/open-tab-ids.ts'
import { usePageStore } from '../../stores/page-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { keepChosenInSight } from '../../ui/keep-in-sight.ts'
import { ContextMenu, Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import { MethodWord } from '../../ui/method-word.tsx'
import { followPointer, pointerPlace } from '../../ui/pointer-place.ts'
import { insertionIndex } from './insertion-index.ts'
import styles from './open-tabs.module.css'
import { t } from '../../lib/t.ts'

/** @param actions stand at the far end of the row */
export function OpenTabs({ actions }: { readonly actions?: ReactNode }) {
  const order = useDraftsStore((state) => state.order)
  const activeId = useDraftsStore((state) => state.activeId)
  const row = useRef<HTMLDivElement>(null)
  const [mark, setMark] = useState<number | null>(null)
  const [menuId, setMenuId] = useState<DraftId | null>(null)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }))

  // A narrower window, or a label that grows with what is typed, must not push the tab in front out of sight.
  useEffect(() => (row.current ? keepChosenInSight(row.current) : undefined), [activeId, order])

  useEffect(followPointer, [])

  const placeOfPointer = (): number | null => {
    const pointer = pointerPlace()
    return pointer && insertionIndex(tabRects(row.current), pointer.x)
  }
  const onDragEnd = (event: DragEndEvent): void => {
    setMark(null)
    const id = order.find((candidate) => candidate === event.active.id)
    const index = placeOfPointer()
    if (id !== undefined && index !== null) moveTab(id, index)
  }

  return (
    <div className={styles.bar}>
      <DndContext
        sensors={sensors}
        onDragMove={() => setMark(placeOfPointer())}
        onDragEnd={onDragEnd}
        onDragCancel={() => setMark(null)}
        accessibility={{ screenReaderInstructions: { draggable: '' } }}
      >
        <ContextMenu items={menuId === null ? [] : tabMenu(menuId, order)}>
          <div
            ref={row}
            className={styles.row}
            role="tablist"
            aria-label={t`Open requests`}
            onKeyDown={(event) => onKeyDown(event, order, activeId)}
            onWheel={(event) => row.current?.scrollBy({ left: event.deltaY })}
            onContextMenu={(event) => {
              const element = event.target instanceof Element ? event.target.closest('[role=tab]') : null
              const id = order.find((candidate) => OPEN_TABS.tabId(candidate) === element?.id) ?? null
              if (id === null) event.preventDefault()
              setMenuId(id)
            }}
          >
            {order.map((id, index) => (
              <OpenTab key={id} id={id} active={id === activeId} mark={mark === index ? 'before' : mark === index + 1 ? 'after' : null} />
            ))}
          </div>
        </ContextMenu>
      </DndContext>
      <IconButton label={t`New tab`} {...useShortcut('request.new')} icon={<Plus />} onClick={() => newRequest()} />
      <span className={styles.space} />
      {order.length > 1 && <AllTabs order={order} />}
      {actions}
    </div>
  )
}

interface OpenTabProps {
  readonly id: DraftId
  readonly active: boolean
  readonly mark: 'before' | 'after' | null
}

const OpenTab = memo(function OpenTab({ id, active, mark }: OpenTabProps) {
  const name = useDraftsStore((state) => (state.tabs[id] ? nameOf(state.tabs[id]) : ''))
  const shortName = useDraftsStore((state) => (state.tabs[id] ? shortNameOf(state.tabs[id]) : ''))
  const method = useDraftsStore((state) => methodShown(state.tabs[id]?.draft.document))
  const isBroken = useDraftsStore((state) => (state.tabs[id]?.broken ?? null) !== null)
  const unsaved = useDraftsStore((state) => (state.tabs[id] ? isUnsaved(state.tabs[id]) : false))
  // A page before the requests leaves none of them chosen.
  const isShown = usePageStore((state) => state.page === null) && active
  const isChanged = useDraftsStore((state) => isOutdated(state.tabs[id]))
  const isVanished = useDraftsStore((state) => vanishedFile(state.tabs[id]) !== null)
  const { setNodeRef, listeners, isDragging } = useDraggable({ id })
  return (
    <div
      ref={setNodeRef}
      {...listeners}
      id={OPEN_TABS.tabId(id)}
      className={styles.tab}
      role="tab"
      aria-label={name}
      aria-selected={isShown}
      aria-controls={isShown ? OPEN_TABS.panelId : undefined}
      aria-description={descriptionOf(unsaved, isVanished, isChanged)}
      tabIndex={active ? 0 : -1}
      data-dragging={isDragging}
      data-mark={mark}
      title={isVanished ? t`${name}: its file is no longer on disk` : name}
      onClick={() => activate(id)}
      onAuxClick={(event) => {
        if (event.button === 1) void closeTab(id)
      }}
      // A middle button pressed would begin to scroll the page instead.
      onMouseDown={(event) => event.button === 1 && event.preventDefault()}
    >
      {!isBroken && <MethodWord method={method} short />}
      <span className={styles.name} data-vanished={isVanished}>
        {shortName}
      </span>
      {/* For the pointer alone: a tab cannot hold a button, and the keyboard has Delete and Ctrl+W. */}
      <span
        className={styles.close}
        aria-hidden="true"
        data-unsaved={unsaved}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation()
          void closeTab(id)
        }}
      >
        <X />
      </span>
    </div>
  )
})

/** Every tab by name, for when the row does not show them all. */
function AllTabs({ order }: { readonly order: readonly DraftId[] }) {
  const names = useDraftsStore(useShallow((state) => order.map((id) => (state.tabs[id] ? nameOf(state.tabs[id]) : ''))))
  const items = order.map((id, index) => ({ key: id, label: names[index] ?? '', onSelect: () => activate(id) }))
  return <Menu align="end" trigger={<IconButton label={t`All open requests`} icon={<ChevronDown />} />} items={items} />
}

function onKeyDown(event: KeyboardEvent, order: readonly DraftId[], activeId: DraftId | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey || activeId === null) return
  const at = order.indexOf(activeId)
  const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: order.length - 1 }[event.key]
  if (event.key === 'Delete') void closeTab(activeId)
  else if (target !== undefined) focusTab(order[(target + order.length) % order.length])
  else return
  event.preventDefault()
}

function focusTab(id: DraftId | undefined): void {
  if (id === undefined) return
  activate(id)
  document.getElementById(OPEN_TABS.tabId(id))?.focus()
}

function tabMenu(id: DraftId, order: readonly DraftId[]): readonly MenuItem[] {
  const others = order.filter((other) => other !== id)
  const right = order.slice(order.indexOf(id) + 1)
  return [
    { label: t`Close`, ...shortcutOf('tab.close'), onSelect: () => void closeTab(id) },
    { label: t`Close others`, disabled: others.length === 0, onSelect: () => void closeTabs(others) },
    { label: t`Close to the right`, disabled: right.length === 0, onSelect: () => void closeTabs(right) },
    { label: t`Close all`, onSelect: () => void closeTabs(order) },
    { label: t`Duplicate`, ...shortcutOf('request.duplicate'), separatorBefore: true, onSelect: () => void duplicateTab(id) },
    { label: t`Reopen closed request`, ...shortcutOf('tab.reopen'), onSelect: reopenClosed },
  ]
}

function tabRects(row: HTMLElement | null): readonly { readonly left: number; readonly width: number }[] {
  return [...(row?.querySelectorAll('[role=tab]') ?? [])].map((tab) => tab.getBoundingClientRect())
}

function descriptionOf(unsaved: boolean, isVanished: boolean, isChanged: boolean): string | undefined {
  if (isVanished) return t`unsaved, its file is no longer on disk`
  if (isChanged) return t`unsaved, its file has changed on disk`
  return unsaved ? t`unsaved` : undefined
}
