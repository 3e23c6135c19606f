/**
 * Several rows of the tree chosen at a time, as in a file manager: Ctrl and a click takes one in or out, Shift and a
 * click or an arrow a range from where the range began. Any plain click or move ends it.
 */
import { useState } from 'react'
import { keysBetween, outermostPicked } from '../../lib/tree-picks.ts'
import type { NodeRow, TreeRow } from '../../lib/tree-rows.ts'

export interface TreePick {
  /** Keys of the rows; empty: the row of the cursor stands alone. */
  readonly picked: ReadonlySet<string>
  /** The chosen items but those in others of them. */
  readonly items: readonly NodeRow[]
  readonly toggle: (index: number) => void
  readonly extendTo: (index: number) => void
  readonly all: () => void
  readonly clear: () => void
  /** What a command on a row is for: all that is chosen, where the row is of it. */
  readonly rowsFor: (row: TreeRow) => readonly TreeRow[]
}

const NONE: ReadonlySet<string> = new Set()

/** @param cursor index of the row the keyboard stands on; -1 for nowhere */
export function useTreePick(rows: readonly TreeRow[], cursor: number): TreePick {
  const [picked, setPicked] = useState(NONE)
  const [anchor, setAnchor] = useState<string | null>(null)
  const items = picked.size === 0 ? [] : outermostPicked(rows, picked)
  const keyAt = (index: number): string | null => {
    const row = rows[index]
    return row?.kind === 'node' ? row.key : null
  }
  return {
    picked,
    items,
    toggle: (index) => {
      const key = keyAt(index)
      if (key === null) return
      const at = keyAt(cursor)
      // The row that was clicked before is the first of them.
      const base = picked.size === 0 && at !== null && at !== key ? new Set([at]) : picked
      setPicked(base.has(key) ? new Set([...base].filter((one) => one !== key)) : new Set([...base, key]))
      setAnchor(key)
    },
    extendTo: (index) => {
      const from = rows.findIndex(({ key }) => key === anchor)
      const start = picked.size > 0 && from >= 0 ? from : Math.max(cursor, 0)
      setPicked(new Set(keysBetween(rows, start, index)))
      setAnchor(rows[start]?.key ?? null)
    },
    all: () => setPicked(new Set(keysBetween(rows, 0, rows.length - 1))),
    clear: () => setPicked((before) => (before.size === 0 ? before : NONE)),
    rowsFor: (row) => (items.length > 1 && picked.has(row.key) ? items : [row]),
  }
}
