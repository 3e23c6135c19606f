/**
 * A table of rows that can be typed into, switched off, reordered and removed, with a blank last row that becomes a real
 * one when it is typed in: rows are keyed by their index, so the field under the cursor stays the same element. What a
 * value cell is, the caller decides; `KeyValueTable` is the common case.
 */
import { DndContext, DragOverlay, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core'
import { useContext, useEffect, useEffectEvent, useMemo, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import { isUnsaid, useFreshRow, type FreshRow } from '../fresh-row.ts'
import type { MenuItem } from '../menu-item.ts'
import { cellMove, type CellPlace } from './cell-moves.ts'
import type { CellProblem } from './cell-problems.tsx'
import { nameColumn, type NameColumn } from './name-column.ts'
import { pastedRows, type PastedRow } from './pasted-rows.ts'
import { changeRow, duplicateRow, fillRows, moveRow, removeRow, type RowRules, type TableRow } from './row-edits.ts'
import { TableRowView, type RowCommands, type TableRowViewProps, type ValueCellContext } from './table-row.tsx'
import styles from './key-value-table.module.css'
import { VirtualRows } from './virtual-rows.tsx'
import { WantedCell } from './wanted-cell.ts'
import { t } from '../../lib/t.ts'

/** Above this many rows only those in view are drawn. */
const MANY_ROWS = 100

export interface RowTableProps<R extends TableRow> {
  /** The table's accessible name, such as `Headers`. */
  readonly label: string
  readonly rows: readonly R[]
  /** Must keep its identity, as must the functions below: rows are drawn again when these change. */
  readonly rules: RowRules<R>
  /**
   * An edit of the rows. `what` names the place, such as `2.value`, so that typing on in one cell is one undo step.
   */
  readonly onEdit: (what: string, change: (rows: readonly R[]) => readonly R[]) => void
  /** A row moved; for whoever keeps something by index. */
  readonly onMoved?: (from: number, to: number) => void
  readonly fromPasted?: (row: PastedRow) => R
  /** Reads a pasted text; as headers or a query where absent. Must keep its identity. */
  readonly readPasted?: (text: string) => readonly PastedRow[] | null
  readonly problems?: readonly CellProblem[]
  readonly nameSuggestions?: readonly string[]
  /** Those of rows beside the table, which stand below each other with its own; by its own names alone where absent. */
  readonly columns?: NameColumn
  /** What the first cell is called; `Name` where absent. */
  readonly nameLabel?: string
  readonly placeholders?: { readonly name: string; readonly value: string }
  readonly renderValue: (cell: ValueCellContext<R>) => ReactNode
  readonly renderKind?: (row: R, index: number) => ReactNode
  /** `middle` where absent. */
  readonly kindPlace?: 'middle' | 'end'
  readonly renderDetail?: (row: R, index: number) => ReactNode
  readonly extraMenuItems?: (row: R, index: number) => readonly MenuItem[]
}

/** A press is a drag once it has moved this far, in pixels. One object, or every row would be drawn again at every key. */
const DRAG_START = { activationConstraint: { distance: 4 } }
const PLACEHOLDERS = { name: t`Add a row`, value: t`Value` }

export function RowTable<R extends TableRow>(props: RowTableProps<R>) {
  const { label, rows, rules, onEdit, onMoved, fromPasted, readPasted = pastedRows } = props
  const table = useRef<HTMLDivElement>(null)
  const reveal = useRef<((index: number) => void) | null>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const sensors = useSensors(useSensor(PointerSensor, DRAG_START))
  const fresh = useFreshRow()
  const commands = useCommands({ rules, onEdit, onMoved, fromPasted, readPasted })
  const own = useMemo(() => nameColumn(rows), [rows])
  const problemsByRow = useMemo(() => groupedByRow(props.problems ?? [], fresh.fresh), [props.problems, fresh.fresh])

  const goTo = (place: CellPlace): boolean => {
    if (place.row < 0 || place.row > rows.length) return false
    reveal.current?.(place.row)
    // A row that was out of view is drawn first.
    if (!focusCell(table.current, place)) requestAnimationFrame(() => focusCell(table.current, place))
    return true
  }
  const wanted = useContext(WantedCell)
  const goToWanted = useEffectEvent(goTo)
  useEffect(() => {
    if (wanted?.table === label) goToWanted(wanted.place)
  }, [wanted, label])
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    fresh.onKeyDown(event)
    const cell = cellOf(event.target)
    // A table inside a row, such as a part's headers, has its own keys.
    if (!cell || cell.field.closest('[role=table]') !== table.current || event.defaultPrevented || event.nativeEvent.isComposing) return
    const handled = rowKey(event, cell.row, rows.length, commands, goTo) || (!hasModifier(event) && moveFrom(cell, event.key, goTo))
    if (handled) event.preventDefault()
  }
  const onInput = ({ target }: FormEvent): void => {
    const cell = cellOf(target)
    if (cell && cell.row >= rows.length && cell.field.closest('[role=table]') === table.current) fresh.begin(cell.row)
  }
  const onDragEnd = (event: DragEndEvent): void => {
    setDragged(null)
    if (typeof event.active.id === 'number' && typeof event.over?.id === 'number') commands.move(event.active.id, event.over.id)
  }
  const rowProps = (index: number): TableRowViewProps<R> => ({
    row: rows[index] ?? rules.blank,
    index,
    count: rows.length,
    commands,
    problems: problemsByRow.get(index),
    nameSuggestions: props.nameSuggestions,
    nameLabel: props.nameLabel,
    placeholders: props.placeholders ?? PLACEHOLDERS,
    renderValue: props.renderValue,
    renderKind: props.renderKind,
    kindPlace: props.kindPlace,
    renderDetail: props.renderDetail,
    extraMenuItems: props.extraMenuItems,
  })

  return (
    <DndContext
      sensors={sensors}
      onDragStart={(event) => setDragged(String(event.active.data.current?.['name'] ?? '') || t`Row`)}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDragged(null)}
      accessibility={{ screenReaderInstructions: { draggable: '' } }}
    >
      <div
        ref={table}
        role="table"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        className={styles.table}
        style={props.columns ?? own}
        onInput={onInput}
        onBlur={fresh.onBlur}
        onKeyDown={onKeyDown}
      >
        {rows.length > MANY_ROWS ? (
          <VirtualRows count={rows.length + 1} reveal={reveal} rowProps={rowProps} />
        ) : (
          Array.from({ length: rows.length + 1 }, (_, index) => <TableRowView key={index} {...rowProps(index)} />)
        )}
      </div>
      <DragOverlay dropAnimation={null}>{dragged !== null && <div className={styles.ghost}>{dragged}</div>}</DragOverlay>
    </DndContext>
  )
}

interface CommandsInput<R extends TableRow> {
  readonly rules: RowRules<R>
  readonly onEdit: RowTableProps<R>['onEdit']
  readonly onMoved: RowTableProps<R>['onMoved']
  readonly fromPasted: RowTableProps<R>['fromPasted']
  readonly readPasted: NonNullable<RowTableProps<R>['readPasted']>
}

/** What rows can ask for; stable, so that a row is not drawn again when another is typed in. */
function useCommands<R extends TableRow>({ rules, onEdit, onMoved, fromPasted, readPasted }: CommandsInput<R>): RowCommands {
  return useMemo(() => {
    const change = (index: number, what: string, next: (row: R) => R): void =>
      onEdit(`${index}.${what}`, (rows) => changeRow(rows, index, next, rules))
    return {
      rename: (index, name) => change(index, 'name', (row) => ({ ...row, name })),
      enable: (index, enabled) => change(index, 'enabled', (row) => ({ ...row, enabled })),
      remove: (index) => onEdit(`${index}.remove`, (rows) => removeRow(rows, index)),
      duplicate: (index) => onEdit(`${index}.duplicate`, (rows) => duplicateRow(rows, index)),
      move: (from, to) => {
        onEdit(`${from}.move.${to}`, (rows) => moveRow(rows, from, to))
        onMoved?.(from, to)
      },
      paste: (index, text) => {
        const pasted = fromPasted ? readPasted(text) : null
        if (!fromPasted || pasted === null) return false
        let taken = false
        onEdit(`${index}.paste`, (rows) => {
          const row = rows[index] ?? rules.blank
          taken = rules.isBlank(row)
          return taken ? fillRows(rows, index, pasted.map(fromPasted)) : rows
        })
        return taken
      },
    }
  }, [rules, onEdit, onMoved, fromPasted, readPasted])
}

/** Ctrl+Backspace removes the row, Alt with an arrow moves it. */
function rowKey(event: KeyboardEvent, row: number, count: number, commands: RowCommands, goTo: (place: CellPlace) => boolean): boolean {
  if (row >= count) return false
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'Backspace') {
    commands.remove(row)
    return true
  }
  const step = event.altKey && !event.ctrlKey && !event.shiftKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined
  if (step === undefined) return false
  const to = row + step
  if (to < 0 || to >= count) return true
  commands.move(row, to)
  const column = event.target instanceof HTMLElement && event.target.dataset['cell'] === 'value' ? 'value' : 'name'
  goTo({ row: to, column, at: 'end' })
  return true
}

interface Cell {
  readonly row: number
  readonly column: 'name' | 'value'
  readonly field: HTMLTextAreaElement
}

function cellOf(target: EventTarget): Cell | null {
  if (!(target instanceof HTMLTextAreaElement)) return null
  const column = target.dataset['cell']
  const row = Number(target.closest<HTMLElement>('[data-row]')?.dataset['row'])
  return (column === 'name' || column === 'value') && Number.isInteger(row) ? { row, column, field: target } : null
}

function moveFrom({ row, column, field }: Cell, key: string, goTo: (place: CellPlace) => boolean): boolean {
  const { value: text, selectionStart, selectionEnd } = field
  const place = cellMove(key, { row, column, text, selectionStart, selectionEnd })
  if (place === null) return false
  // Enter never breaks the line; an arrow that leads nowhere is the text's own.
  return goTo(place) || key === 'Enter'
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || event.shiftKey
}

function focusCell(table: HTMLElement | null, place: CellPlace): boolean {
  const row = table?.querySelector(`:scope > [data-row="${place.row}"], :scope > [role=rowgroup] > [data-row="${place.row}"]`)
  const field = row?.querySelector<HTMLElement>(`[data-cell="${place.column}"]`) ?? row?.querySelector<HTMLElement>('[data-cell]')
  if (!field) return false
  field.focus()
  if (!(field instanceof HTMLTextAreaElement)) return true
  const end = place.at === 'start' ? 0 : field.value.length
  field.setSelectionRange(place.at === 'all' ? 0 : end, end)
  return true
}

function groupedByRow(problems: readonly CellProblem[], fresh: FreshRow | null): ReadonlyMap<number, readonly CellProblem[]> {
  const grouped = new Map<number, CellProblem[]>()
  const said = problems.filter(({ row, field, tone }) => tone !== undefined || !isUnsaid(fresh, row, field === 'name' ? 'name' : 'value'))
  for (const problem of said) grouped.set(problem.row, [...(grouped.get(problem.row) ?? []), problem])
  return grouped
}
