/** The keys of the tree (WAI-ARIA tree pattern), with the ones of a file manager beside them. */
import type { KeyboardEvent } from 'react'
import { useRef } from 'react'
import { setCollapsed } from '../../actions/collections.ts'
import { rowName, type TreeRow } from '../../lib/tree-rows.ts'
import { duplicateSeveral, trashSeveral } from './several-commands.tsx'
import { duplicateRow, openRow, shiftRow, trashRow, type TreeCommands } from './tree-commands.tsx'
import type { TreePick } from './use-tree-pick.ts'

export interface TreeKeysOptions {
  readonly rows: readonly TreeRow[]
  /** Where the cursor stands; -1 for nowhere. */
  readonly index: number
  /** Ends what is chosen, unless it is to be kept. */
  readonly moveCursor: (index: number, keepsPick?: boolean) => void
  readonly commands: TreeCommands
  readonly pick: TreePick
}

/** Letters typed within this time are one word to look for. */
const TYPE_AHEAD_MS = 700

export function useTreeKeys({ rows, index, moveCursor, commands, pick }: TreeKeysOptions): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 })

  const typeAhead = (letter: string, at: number): void => {
    typed.current = { text: at - typed.current.at < TYPE_AHEAD_MS ? typed.current.text + letter : letter, at }
    const { text } = typed.current
    // A first letter goes on to the next row; more letters may stay where the first has led.
    const from = text.length === 1 ? index + 1 : index
    const order = [...rows.keys()].map((offset) => (from + offset) % rows.length)
    const found = order.find((candidate) => nameAt(rows, candidate).startsWith(text.toLowerCase()))
    if (found !== undefined) moveCursor(found)
  }

  const extendTo = (next: number): void => {
    pick.extendTo(next)
    moveCursor(next, true)
  }
  const pickKey = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    const isCommand = ctrlKey || metaKey
    if (altKey) return false
    if (isCommand && !shiftKey && key.toLowerCase() === 'a') pick.all()
    else if (isCommand && key === ' ') pick.toggle(index)
    else if (isCommand) return false
    else if (shiftKey && key === 'ArrowDown') extendTo(Math.min(index + 1, rows.length - 1))
    else if (shiftKey && key === 'ArrowUp') extendTo(Math.max(index - 1, 0))
    else if (shiftKey && key === 'End') extendTo(rows.length - 1)
    else if (shiftKey && key === 'Home') extendTo(0)
    else if (key === 'Escape' && pick.picked.size > 0) pick.clear()
    else return false
    return true
  }
  /** Of several chosen ones, those that the cursor is among. */
  const severalKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    const { items, picked } = pick
    const row = rows[index]
    if (items.length < 2 || !row || !picked.has(row.key) || altKey) return false
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'd') duplicateSeveral(items)
    else if (key === 'Delete' || key === 'Backspace') trashSeveral(items)
    else return false
    pick.clear()
    return true
  }

  return (event) => {
    const row = rows[index]
    const { key } = event
    const isCommand = event.ctrlKey || event.metaKey
    if (pickKey(event) || severalKey(event)) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    if (isCommand && key.toLowerCase() === 'd' && row) void duplicateRow(row, commands)
    else if (event.altKey && (key === 'ArrowUp' || key === 'ArrowDown') && row) shiftRow(row, key === 'ArrowUp' ? -1 : 1)
    else if (isCommand || event.altKey) return
    else if (key === 'ArrowDown') moveCursor(Math.min(index + 1, rows.length - 1))
    else if (key === 'ArrowUp') moveCursor(Math.max(index - 1, 0))
    else if (key === 'PageDown') moveCursor(Math.min(index + 12, rows.length - 1))
    else if (key === 'PageUp') moveCursor(Math.max(index - 12, 0))
    else if (key === 'Home') moveCursor(0)
    else if (key === 'End') moveCursor(rows.length - 1)
    else if (key === 'ArrowRight' && row) goIn(rows, index, row, moveCursor)
    else if (key === 'ArrowLeft' && row) goOut(rows, index, row, moveCursor)
    else if ((key === 'Enter' || key === ' ') && row) openRow(row)
    else if (key === 'F2' && row) commands.startRename(row.key)
    else if ((key === 'Delete' || key === 'Backspace') && row) trashRow(row)
    else if (key.length === 1) typeAhead(key, event.timeStamp)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

/** Unfold; where that is done already, go to the first row inside. */
function goIn(rows: readonly TreeRow[], index: number, row: TreeRow, moveCursor: (index: number) => void): void {
  if (row.expanded === false) setCollapsed(row.key, false)
  else if (row.expanded === true && (rows[index + 1]?.level ?? 0) > row.level) moveCursor(index + 1)
}

/** Fold; where that is done already, go to the row this one is in. */
function goOut(rows: readonly TreeRow[], index: number, row: TreeRow, moveCursor: (index: number) => void): void {
  if (row.expanded === true) {
    setCollapsed(row.key, true)
    return
  }
  const above = rows.slice(0, index).findLastIndex((candidate) => candidate.level < row.level)
  if (above >= 0) moveCursor(above)
}

function nameAt(rows: readonly TreeRow[], index: number): string {
  const row = rows[index]
  return row ? rowName(row).toLowerCase() : ''
}
