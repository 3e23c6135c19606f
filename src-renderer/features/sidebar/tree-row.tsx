/** One row of the tree, and the mark that shows where a drop would fall. */
import { useDraggable } from '@dnd-kit/core'
import ChevronRight from 'lucide-react/icons/chevron-right'
import FolderIcon from 'lucide-react/icons/folder'
import Library from 'lucide-react/icons/library-big'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { memo, useRef, useState } from 'react'
import { rowName, type TreeRow } from '../../lib/tree-rows.ts'
import { MethodWord } from '../../ui/method-word.tsx'
import styles from './tree.module.css'
import type { DropTarget } from './use-tree-drag.ts'
import { t } from '../../lib/t.ts'
import { told } from '../../lib/told.ts'

export interface TreeRowProps {
  readonly id: string | undefined
  readonly row: TreeRow
  readonly top: number
  /** Its request is the one in front. */
  readonly isOpen: boolean
  /** It is chosen: with others, or as the one in front. */
  readonly selected: boolean
  /** The keyboard stands on it. */
  readonly hasCursor: boolean
  readonly renaming: boolean
  readonly onRenamed: (row: TreeRow, name: string | null) => void
}

export const TreeRowView = memo(function TreeRowView({ id, row, top, isOpen, selected, hasCursor, renaming, onRenamed }: TreeRowProps) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: row.key, disabled: row.kind === 'collection' || renaming })
  const reason = row.kind === 'collection' ? row.collection.error?.message : row.node.error
  const problem = reason === undefined ? undefined : told(reason)
  return (
    <div
      ref={setNodeRef}
      {...listeners}
      id={id}
      className={styles.row}
      role="treeitem"
      aria-label={rowName(row)}
      aria-description={describe(row, problem)}
      aria-level={row.level}
      aria-setsize={row.setSize}
      aria-posinset={row.posInSet}
      aria-expanded={row.expanded ?? undefined}
      aria-selected={selected}
      aria-current={isOpen || undefined}
      data-key={row.key}
      data-cursor={hasCursor}
      data-dragging={isDragging}
      title={problem}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 6 + (row.level - 1) * 14 }}
    >
      <span className={styles.twist} data-open={row.expanded === true} data-leaf={row.expanded === null}>
        <ChevronRight />
      </span>
      <RowMark row={row} broken={problem !== undefined} />
      {renaming ? <RenameBox row={row} onRenamed={onRenamed} /> : <span className={styles.name}>{rowName(row)}</span>}
      {problem !== undefined && !renaming && (
        // Drawn from an attribute: a text in here would be taken for a part of the row's name.
        <span className={styles.problem} aria-hidden="true" data-problem={problem} />
      )}
    </div>
  )
})

function RowMark({ row, broken }: { readonly row: TreeRow; readonly broken: boolean }) {
  if (broken) return <TriangleAlert className={styles.warning} />
  if (row.kind === 'collection') return <Library className={styles.icon} />
  if (row.node.kind === 'folder') return <FolderIcon className={styles.icon} />
  return (
    <span className={styles.method}>
      <MethodWord method={row.node.method ?? 'GET'} short />
    </span>
  )
}

function RenameBox({ row, onRenamed }: { readonly row: TreeRow; readonly onRenamed: TreeRowProps['onRenamed'] }) {
  const [name, setName] = useState(rowName(row))
  // Enter and Esc take the box away, which takes the focus from it: that blur must not count as a second answer.
  const isDone = useRef(false)
  const finish = (text: string | null): void => {
    if (isDone.current) return
    isDone.current = true
    onRenamed(row, text === null || text.trim() === '' ? null : text.trim())
  }
  return (
    <input
      ref={takeFocus}
      className={styles.rename}
      type="text"
      aria-label={t`New name`}
      spellCheck={false}
      autoComplete="off"
      value={name}
      onChange={(event) => setName(event.target.value)}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') finish(name)
        if (event.key === 'Escape') finish(null)
      }}
      onBlur={() => finish(name)}
    />
  )
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus()
  input?.select()
}

/** A line between two rows, or a frame around the one that takes the item in. */
export function DropMark({
  target,
  rowHeight,
  level,
}: {
  readonly target: DropTarget
  readonly rowHeight: number
  readonly level: number
}) {
  const top = (target.index + (target.zone === 'after' ? 1 : 0)) * rowHeight
  const style = target.zone === 'into' ? { top, height: rowHeight } : { top: top - 1, left: 6 + (level - 1) * 14 }
  return <div className={styles.drop} data-zone={target.zone} style={style} />
}

function describe(row: TreeRow, problem: string | undefined): string | undefined {
  if (problem !== undefined) return problem
  if (row.kind === 'collection') return t`collection`
  return row.node.kind === 'folder' ? t`folder` : row.node.method
}
