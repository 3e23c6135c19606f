/** The keys of a body's tree, as the WAI-ARIA tree pattern has them, and those that copy. */
import { useRef, type KeyboardEvent } from 'react'
import type { TreeModel, TreeRow } from './tree-model.ts'
import { shownName } from './tree-words.ts'

export interface BodyTreeKeysOptions {
  readonly model: TreeModel
  /** Of the row the keys act on. */
  readonly row: number
  readonly rowsOnScreen: () => number
  readonly moveTo: (row: number) => void
  readonly copyPath: () => void
  readonly showValue: (row: TreeRow) => void
}

/** Letters typed within this time are one word to look for. */
const TYPE_AHEAD_MS = 700
/** Rows that type-ahead looks at. */
const LOOKED_AT = 20_000

export function useBodyTreeKeys(options: BodyTreeKeysOptions): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 })
  return (event) => {
    const at = options.model.rowAt(options.row)
    if (at === null || event.altKey) return
    const isCommand = event.ctrlKey || event.metaKey
    if (isCommand && event.key.toLowerCase() === 'c' && !event.shiftKey && window.getSelection()?.isCollapsed !== false) options.copyPath()
    else if (isCommand) return
    else if (event.key.length === 1 && event.key !== ' ' && event.key !== '*') typeAhead(options, typed.current, event)
    else if (!step(options, at, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
}

/** @returns whether the key means something */
function step(options: BodyTreeKeysOptions, at: TreeRow, key: string): boolean {
  const { model, row, moveTo } = options
  const last = model.rowCount - 1
  const page = Math.max(1, options.rowsOnScreen() - 1)
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: last,
  }
  const target = moves[key]
  if (target !== undefined) moveTo(Math.max(0, Math.min(last, target)))
  else if (key === 'ArrowRight') goIn(options, at)
  else if (key === 'ArrowLeft') goOut(options, at)
  else if (key === '*') model.openSiblings(at)
  else if (key === 'Enter' || key === ' ') {
    if (at.isOpen === null) options.showValue(at)
    else model.toggle(at)
  } else return false
  return true
}

/** Opens; where that is done already, goes to the first row inside. */
function goIn({ model, row, moveTo }: BodyTreeKeysOptions, at: TreeRow): void {
  if (at.isOpen === false) model.open(at)
  else if (at.isOpen === true) moveTo(row + 1)
}

/** Closes; where that is done already, goes to what it is in. */
function goOut({ model, moveTo }: BodyTreeKeysOptions, at: TreeRow): void {
  if (at.isOpen === true) model.close(at)
  else if (at.owner !== null) moveTo(model.rowOf({ owner: at.owner.parent, index: at.owner.index }))
}

/** To the next row that begins with what was typed, among those that are here. */
function typeAhead({ model, row, moveTo }: BodyTreeKeysOptions, typed: { text: string; at: number }, event: KeyboardEvent): void {
  typed.text = event.timeStamp - typed.at < TYPE_AHEAD_MS ? typed.text + event.key : event.key
  typed.at = event.timeStamp
  const wanted = typed.text.toLowerCase()
  const rows = model.rowCount
  // A first letter goes on to the next row; more letters may stay where the first has led.
  const first = typed.text.length === 1 ? 1 : 0
  for (let offset = first; offset < Math.min(rows, LOOKED_AT); offset += 1) {
    const candidate = (row + offset) % rows
    const at = model.rowAt(candidate)
    if (at === null || !spokenStart(at).startsWith(wanted)) continue
    moveTo(candidate)
    return
  }
}

function spokenStart({ node, index }: TreeRow): string {
  if (node === undefined) return ''
  return (node.name === null ? `${index}` : shownName(node.name)).toLowerCase()
}
