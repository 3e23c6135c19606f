/**
 * A text shown as a list of lines, of which only those on screen exist: for bodies too large for the editor, and for
 * any body until the editor's code has loaded. It finds, filters, wraps, copies and goes to a line, in texts of any size.
 */
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type Ref,
  type RefObject,
} from 'react'
import type { ViewId } from '#contract/model/ids.ts'
import type { EditorHandle } from '../../monaco/editor-props.ts'
import { ContextMenu } from '../../ui/menu.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { FindBar } from './find-bar.tsx'
import { GoToLine } from './go-to-line.tsx'
import styles from './line-list.module.css'
import type { LineSource } from './line-source.ts'
import { useLeaving, type LeftPlace } from './left-place.ts'
import { matchingLines } from './paged-lines.ts'
import type { TextPoint } from './text-selection.ts'
import { useLasting } from './use-body-view.ts'
import { useFind } from './use-find.ts'
import { useLaidOut, type LineLayout } from './use-line-rows.ts'
import { useMeasures, useWidestLine } from './use-measures.ts'
import { useMoves, type Target } from './use-moves.ts'
import { useTextSelection } from './use-text-selection.ts'
import { VirtualRows, type VirtualRowsHandle } from './virtual-rows.tsx'
import { VisibleLines } from './visible-lines.tsx'
import { t } from '../../lib/t.ts'

/** Room for the vertical scroll bar, in pixels. */
const SCROLL_BAR = 16
/** What can be asked of a text that is on screen. */
export type TextHandle = Pick<EditorHandle, 'find'> & { readonly goToLine: () => void }

export interface LineListProps {
  readonly label: string
  /** Null: the text is on its way, and nothing can be found in it yet. */
  readonly viewId: ViewId | null
  /** Names the text: the same while it arrives and after. */
  readonly textKey: string
  /** The lines of that view; there may come more of them, with the next drawing. */
  readonly lines: LineSource
  readonly layout: LineLayout
  /** There are lines to come, which whoever shows the list says. */
  readonly isGrowing?: boolean
  /** Something beyond where lines are cut is to be shown: the layout must be `whole`. */
  readonly onWhole?: (() => void) | undefined
  /** Is told where the list was left, for what is shown in its place. */
  readonly leftRef?: RefObject<LeftPlace | null> | undefined
  readonly ref?: Ref<TextHandle> | undefined
}

export function LineList({ label, viewId, textKey, lines, layout, isGrowing = false, leftRef, onWhole, ref }: LineListProps) {
  const rows = useRef<VirtualRowsHandle>(null)
  const list = useRef<HTMLDivElement>(null)
  const top = useRef<TextPoint>({ line: 0, column: 0 })
  const [target, setTarget] = useState<Target | null>(null)
  /** The row and column last gone to. */
  const [shown, setShown] = useState<TextPoint | null>(null)
  const { probe, charWidth, width } = useMeasures(list)
  const gutter = Math.ceil(Math.max(3, String(lines.count).length) * charWidth) + 20
  const fitting = Math.max(20, Math.floor((width - gutter - SCROLL_BAR) / charWidth))
  const { source: laidOut, isPending } = useLaidOut(lines, layout, fitting)
  const isWrapping = useLasting(isPending && !isGrowing, 500)
  const finding = useFind(
    viewId,
    () => top.current,
    ({ line, start, end }) => setTarget({ point: { line, column: start }, length: end - start }),
  )
  const { hits, isFilter, setFilter } = finding
  const matching = useMemo(
    () => (isFilter && hits !== null && viewId !== null ? matchingLines(viewId, lines.chunk, hits) : null),
    [viewId, lines, isFilter, hits],
  )
  const source = matching ?? laidOut
  useSyncExternalStore(source.subscribe, source.version)
  const selecting = useTextSelection(
    { viewId, textKey: matching ? null : textKey, lines: matching ?? lines, source, query: matching && finding.query },
    rows,
  )
  const widest = useWidestLine(source)
  const moving = useMoves({
    target,
    lines,
    source,
    viewId,
    textKey,
    rows,
    topRef: top,
    isComing: isGrowing || isPending,
    onShown: (row, { length }) => {
      widest.see(row.column + length)
      setShown(row)
    },
    onBeyond: () => {
      setFilter(false)
      if (layout === 'lines') onWhole?.()
      return layout !== 'lines' || onWhole !== undefined
    },
  })
  // Once the list is as wide as that.
  useLayoutEffect(() => {
    if (shown !== null) revealColumn(rows.current?.scroller, gutter, shown.column * charWidth)
  }, [shown, gutter, charWidth])
  const bar = useBar(ref)
  useLeaving(leftRef, { rows, topRef: top, bar: bar.open })
  const close = (): void => {
    bar.close()
    setFilter(false)
    rows.current?.scroller?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    moving.onKeyDown(event)
    if (event.key !== 'F3' || bar.open !== 'find') return
    event.preventDefault()
    finding.go(event.shiftKey ? -1 : 1)
  }

  return (
    <div className={styles.box} onKeyDown={onKeyDown}>
      {bar.open === 'find' && <FindBar finding={finding} field={bar.field} onClose={close} />}
      {bar.open === 'line' && (
        <GoToLine
          lines={lines.count}
          isGrowing={isGrowing}
          field={bar.field}
          onGo={(point) => {
            setFilter(false)
            setTarget({ point, length: 0 })
          }}
          onClose={close}
        />
      )}
      <ContextMenu items={[...selecting.menu, { label: t`Go to line…`, shortcut: 'Ctrl+G', onSelect: bar.goToLine }]}>
        <div
          ref={list}
          className={styles.list}
          onMouseDown={selecting.onMouseDown}
          onPointerDown={moving.onPointerDown}
          onWheel={moving.onWheel}
        >
          <span ref={probe} className={styles.probe} aria-hidden="true">
            {'0'.repeat(100)}
          </span>
          <VirtualRows
            label={label}
            rowCount={source.count}
            width={gutter + Math.ceil((widest.columns + 4) * charWidth)}
            handle={rows}
            onKeyDown={selecting.onKeyDown}
          >
            {(seen) => (
              <VisibleLines
                source={source}
                view={seen}
                gutter={gutter}
                charWidth={charWidth}
                selection={selecting.selection}
                hits={bar.open === 'find' ? hits : null}
                current={finding.current}
                onWidth={widest.see}
                topRef={top}
              />
            )}
          </VirtualRows>
          {isWrapping && (
            <div className={styles.wrapping}>
              <ProgressBar label={t`Wrapping`} value={null} text={t`long lines`} />
            </div>
          )}
        </div>
      </ContextMenu>
    </div>
  )
}

/** The bar above the lines, and what is asked of the list from outside. */
function useBar(ref: LineListProps['ref']) {
  const [open, setOpen] = useState<'find' | 'line' | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const focus = (): void => {
    field.current?.focus()
    field.current?.select()
  }
  // The field is drawn by being asked for; one that is there already is only gone to.
  useEffect(() => {
    if (open !== null) focus()
  }, [open])
  const ask = (bar: 'find' | 'line'): void => {
    setOpen(bar)
    if (open === bar) focus()
  }
  const goToLine = (): void => ask('line')
  useImperativeHandle(ref, () => ({ find: () => ask('find'), goToLine }))
  return { open, field, goToLine, close: () => setOpen(null) }
}

/** Scroll sideways as little as brings a column into view. */
function revealColumn(scroller: HTMLElement | null | undefined, gutter: number, left: number): void {
  if (!scroller) return
  const room = scroller.clientWidth - gutter
  if (left < scroller.scrollLeft || left > scroller.scrollLeft + room * 0.8) scroller.scrollLeft = Math.max(0, left - room / 3)
}
