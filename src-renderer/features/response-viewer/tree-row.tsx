/** One row of a body's tree: how deep it is, what it is called, what it says and how much is in it. */
import ChevronRight from 'lucide-react/icons/chevron-right'
import { memo, type MouseEvent } from 'react'
import type { TreeNode } from '#contract/model/body-tree.ts'
import styles from './tree-view.module.css'
import { isXml, shownCount, shownName, shownValue, shownXmlName, visible } from './tree-words.ts'
import { t } from '../../lib/t.ts'

/** Deeper than this, rows are not indented further. */
const MAX_INDENT_LEVELS = 40
const INDENT_PX = 16
/** The code font at its size. */
const CHARACTER_PX = 7.5
/** The arrow before and the button behind. */
const BESIDE_PX = 90
const MAX_NAME_COLUMNS = 40
/** What a row needs beside its indentation to say anything. */
const ROOM_PX = 280

/** Width of rows that go so deep, in pixels. */
export function widthOfLevels(levels: number): number {
  return indentOf(levels) + ROOM_PX
}

export interface TreeRowProps {
  readonly id: string
  readonly row: number
  readonly node: TreeNode | undefined
  readonly index: number
  readonly level: number
  readonly isOpen: boolean | null
  readonly siblings: number
  /** Items of lists are named by their index. */
  readonly isItem: boolean
  /** Of the row, in pixels. */
  readonly width: number
  readonly isSelected: boolean
  readonly onSelect: (row: number) => void
  readonly onToggle: (row: number) => void
  readonly onShowAll: (row: number) => void
}

export const BodyTreeRow = memo(function BodyTreeRow(props: TreeRowProps) {
  const { id, row, node, index, level, isOpen, siblings, isSelected, onSelect, onToggle, onShowAll } = props
  const value = node === undefined ? null : shownValue(node)
  const toggle = (event: MouseEvent): void => {
    event.stopPropagation()
    onSelect(row)
    onToggle(row)
  }
  return (
    <div
      id={id}
      role="treeitem"
      className={styles.row}
      aria-level={level}
      aria-posinset={index + 1}
      aria-setsize={siblings}
      aria-selected={isSelected}
      {...(isOpen !== null && { 'aria-expanded': isOpen })}
      data-row={row}
      style={{ paddingLeft: indentOf(level) }}
      onMouseDown={() => onSelect(row)}
      onDoubleClick={isOpen === null ? undefined : () => onToggle(row)}
    >
      {isOpen === null ? (
        <span className={styles.leaf} />
      ) : (
        <span
          className={styles.twisty}
          data-open={isOpen}
          aria-hidden="true"
          onMouseDown={toggle}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <ChevronRight />
        </span>
      )}
      {node === undefined ? (
        <span className={styles.pending}>…</span>
      ) : (
        <Name node={node} index={index} isItem={props.isItem} isRoot={level === 1} />
      )}
      {node !== undefined && node.count !== null && <span className={styles.count}>{shownCount(node)}</span>}
      {node !== undefined && value !== null && isOpen !== true && value.text !== '' && (
        <span className={styles.value} data-kind={node.kind}>
          {value.text}
        </span>
      )}
      {value !== null && node?.count === null && (value.cut || value.text.length > columnsFor(props)) && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.showAll}
          onClick={(event) => {
            event.stopPropagation()
            onShowAll(row)
          }}
        >{t`Show all`}</button>
      )}
    </div>
  )
})

/** How many characters of its value a row has room for, about; the rest is behind an ellipsis. */
function columnsFor({ width, level, node, index }: TreeRowProps): number {
  const name = node?.name === null || node === undefined ? `${index}` : shownName(node.name)
  return Math.max(10, (width - indentOf(level) - BESIDE_PX) / CHARACTER_PX - Math.min(name.length, MAX_NAME_COLUMNS) - 2)
}

/** Where a row so deep begins, in pixels. */
export function indentOf(level: number): number {
  return 4 + Math.min(level - 1, MAX_INDENT_LEVELS) * INDENT_PX
}

interface NameProps {
  readonly node: TreeNode
  readonly index: number
  readonly isItem: boolean
  readonly isRoot: boolean
}

function Name({ node, index, isItem, isRoot }: NameProps) {
  const mark = <span className={styles.mark}>{node.count === null && node.text !== '' ? ': ' : ' '}</span>
  if (isXml(node)) {
    return (
      <span className={styles.name}>
        {visible(shownXmlName(node))}
        {mark}
      </span>
    )
  }
  if (node.name !== null) {
    return (
      <span className={styles.name}>
        {`${shownName(node.name)}${node.nameCut ? '…' : ''}`}
        {mark}
      </span>
    )
  }
  if (!isItem && !isRoot) return null
  return (
    <span className={styles.index}>
      {isRoot ? '$' : index}
      {mark}
    </span>
  )
}
