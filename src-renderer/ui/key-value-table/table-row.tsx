/** One row of a table: drag handle, enabled box, name, value, menu; and under them, across the row, what is wrong with them. */
import { useDraggable, useDroppable } from '@dnd-kit/core'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Copy from 'lucide-react/icons/copy'
import Ellipsis from 'lucide-react/icons/ellipsis'
import GripVertical from 'lucide-react/icons/grip-vertical'
import Trash from 'lucide-react/icons/trash-2'
import { memo, useId, type CSSProperties, type ReactNode } from 'react'
import { IconButton } from '../button.tsx'
import { Menu } from '../menu.tsx'
import type { MenuItem } from '../menu-item.ts'
import { CellInput } from './cell-input.tsx'
import { CellProblems, type CellProblem } from './cell-problems.tsx'
import type { TableRow } from './row-edits.ts'
import styles from './key-value-table.module.css'
import { t } from '../../lib/t.ts'

/** What a row can ask of its table. */
export interface RowCommands {
  readonly rename: (index: number, name: string) => void
  readonly enable: (index: number, enabled: boolean) => void
  readonly paste: (index: number, text: string) => boolean
  readonly remove: (index: number) => void
  readonly duplicate: (index: number) => void
  /** So that it stands at `to`. */
  readonly move: (from: number, to: number) => void
}

/** What the maker of a value cell is told. */
export interface ValueCellContext<R extends TableRow> {
  readonly row: R
  readonly index: number
  readonly isBlankRow: boolean
  readonly placeholder: string | undefined
  readonly invalid: boolean
  /** Id of the notes under the cell. */
  readonly describedBy: string | undefined
}

export interface TableRowViewProps<R extends TableRow> {
  readonly row: R
  readonly index: number
  readonly count: number
  readonly commands: RowCommands
  readonly problems: readonly CellProblem[] | undefined
  readonly nameSuggestions: readonly string[] | undefined
  readonly nameLabel: string | undefined
  readonly placeholders: { readonly name: string; readonly value: string }
  readonly renderValue: (cell: ValueCellContext<R>) => ReactNode
  /** A choice of kind. */
  readonly renderKind: ((row: R, index: number) => ReactNode) | undefined
  /** Between name and value, or behind them: Tab goes from the name to what comes next. */
  readonly kindPlace: 'middle' | 'end' | undefined
  /** Across the whole row, below it. */
  readonly renderDetail: ((row: R, index: number) => ReactNode) | undefined
  readonly extraMenuItems: ((row: R, index: number) => readonly MenuItem[]) | undefined
  readonly style?: CSSProperties
  readonly measure?: (element: Element | null) => void
}

function TableRowInner<R extends TableRow>(props: TableRowViewProps<R>) {
  const { row, index, count, commands, problems = [], placeholders, renderKind, kindPlace = 'middle', renderDetail } = props
  const isBlankRow = index >= count
  const notesId = useId()
  const drop = useDroppable({ id: index, disabled: isBlankRow })
  const from = drop.active?.id
  const side = drop.isOver && typeof from === 'number' && from !== index ? (from < index ? 'after' : 'before') : undefined
  const nameProblems = problems.filter((problem) => problem.field === 'name')
  const otherProblems = problems.filter((problem) => problem.field !== 'name')
  const kind = renderKind && (
    <div role="cell" className={styles.kind}>
      {renderKind(row, index)}
    </div>
  )
  const setNode = (element: HTMLElement | null): void => {
    drop.setNodeRef(element)
    props.measure?.(element)
  }
  return (
    <div
      ref={setNode}
      role="row"
      className={styles.row}
      style={props.style}
      data-index={index}
      data-row={index}
      data-kinds={renderKind && kindPlace}
      data-off={!row.enabled}
      data-blank={isBlankRow}
      data-drop={side}
      data-dragged={from === index || undefined}
    >
      <DragHandle index={index} disabled={isBlankRow} name={row.name} />
      <span role="cell" className={styles.check}>
        <input
          type="checkbox"
          className={styles.box}
          aria-label={t`Enabled`}
          checked={row.enabled}
          disabled={isBlankRow}
          onChange={(event) => commands.enable(index, event.target.checked)}
        />
      </span>
      <div role="cell" className={styles.cell}>
        <CellInput
          label={props.nameLabel ?? t`Name`}
          column="name"
          value={row.name}
          onChange={(name) => commands.rename(index, name)}
          onPasteText={(text) => commands.paste(index, text)}
          invalid={nameProblems.some(isFault)}
          {...(isBlankRow && { placeholder: placeholders.name })}
          {...(props.nameSuggestions && { suggestions: props.nameSuggestions })}
          {...(nameProblems.length > 0 && { describedBy: `${notesId}-name` })}
        />
      </div>
      {kindPlace === 'middle' && kind}
      <div role="cell" className={styles.value}>
        {props.renderValue({
          row,
          index,
          isBlankRow,
          placeholder: isBlankRow ? placeholders.value : undefined,
          invalid: otherProblems.some(isFault),
          describedBy: otherProblems.length > 0 ? `${notesId}-value` : undefined,
        })}
      </div>
      {kindPlace === 'end' && kind}
      <span role="cell" className={styles.menu}>
        {!isBlankRow && <RowMenu {...props} />}
      </span>
      {problems.length > 0 && (
        <div role="cell" className={styles.problems}>
          <CellProblems id={`${notesId}-name`} problems={nameProblems} />
          <CellProblems id={`${notesId}-value`} problems={otherProblems} />
        </div>
      )}
      {renderDetail && !isBlankRow && (
        <div role="cell" className={styles.detail}>
          {renderDetail(row, index)}
        </div>
      )}
    </div>
  )
}

function isFault({ tone }: CellProblem): boolean {
  return tone === undefined
}

/** A row; drawn again only when its own data changes. (`memo` forgets the type parameter, hence the assertion.) */
export const TableRowView = memo(TableRowInner) as typeof TableRowInner

/** For the pointer only: rows are moved from the keyboard by Alt and the arrows, or by the menu. */
function DragHandle({ index, disabled, name }: { readonly index: number; readonly disabled: boolean; readonly name: string }) {
  const { setNodeRef, listeners } = useDraggable({ id: index, disabled, data: { name } })
  return (
    <span role="cell" className={styles.handle}>
      {!disabled && (
        <span ref={setNodeRef} className={styles.grip} aria-hidden="true" {...listeners}>
          <GripVertical />
        </span>
      )}
    </span>
  )
}

function RowMenu<R extends TableRow>({ row, index, count, commands, extraMenuItems }: TableRowViewProps<R>) {
  const items: MenuItem[] = [
    ...(extraMenuItems?.(row, index) ?? []),
    { label: t`Duplicate`, icon: <Copy />, onSelect: () => commands.duplicate(index) },
    { label: t`Move up`, icon: <ArrowUp />, shortcut: 'Alt+Up', disabled: index === 0, onSelect: () => commands.move(index, index - 1) },
    {
      label: t`Move down`,
      icon: <ArrowDown />,
      shortcut: 'Alt+Down',
      disabled: index === count - 1,
      onSelect: () => commands.move(index, index + 1),
    },
    {
      label: t`Delete`,
      icon: <Trash />,
      shortcut: 'Ctrl+Backspace',
      danger: true,
      separatorBefore: true,
      onSelect: () => commands.remove(index),
    },
  ]
  return <Menu align="end" items={items} trigger={<IconButton label={t`Row actions`} className={styles.more} icon={<Ellipsis />} />} />
}
