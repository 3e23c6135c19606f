/**
 * The row of a table that was just added: what is wrong with a cell of it is not said while it is being filled in, but once
 * the cell or the row was left, or the whole is to be saved or sent. Rows are found by `data-row`, cells by `data-cell`.
 */
import { useMemo, useState, type FocusEvent, type KeyboardEvent } from 'react'

export interface FreshRow {
  readonly row: number
  /** Its cells that were left. */
  readonly left: readonly string[]
}

/** Whether what is wrong with a cell is not to be said yet. */
export function isUnsaid(fresh: FreshRow | null, row: number, cell: string): boolean {
  return fresh?.row === row && !fresh.left.includes(cell)
}

export function useFreshRow() {
  const [fresh, setFresh] = useState<FreshRow | null>(null)
  const handlers = useMemo(
    () => ({
      /** A row was added, in which the person is, or will be. */
      begin: (row: number): void => setFresh({ row, left: [] }),
      end: (): void => setFresh(null),
      onBlur: ({ currentTarget, target, relatedTarget }: FocusEvent<HTMLElement>): void => {
        const row = rowAround(target, currentTarget)
        const cell = target.closest('[data-row]') === row ? target.dataset['cell'] : undefined
        const isLeft = row !== null && !row.contains(relatedTarget)
        setFresh((before) => {
          if (before === null || String(before.row) !== row?.dataset['row']) return before
          if (isLeft) return null
          return cell === undefined ? before : { ...before, left: [...before.left, cell] }
        })
      },
      /** Save and Send go by the keys, too, which leave no field. */
      onKeyDown: ({ key, ctrlKey, metaKey }: KeyboardEvent): void => {
        if ((ctrlKey || metaKey) && (key === 'Enter' || key.toLowerCase() === 's')) setFresh(null)
      },
    }),
    [],
  )
  return { fresh, ...handlers }
}

/** The row of the table itself, where there is a table with rows of its own in it. */
function rowAround(field: HTMLElement, table: HTMLElement): HTMLElement | null {
  let row: HTMLElement | null = null
  for (let each = field.closest<HTMLElement>('[data-row]'); each && table.contains(each);) {
    row = each
    each = each.parentElement?.closest<HTMLElement>('[data-row]') ?? null
  }
  return row
}
