/** The cell that whoever draws a table wants the focus in: given from above, since the table may not be drawn yet. */
import { createContext } from 'react'
import type { CellPlace } from './cell-moves.ts'

export interface WantedPlace {
  /** The table's accessible name. */
  readonly table: string
  readonly place: CellPlace
}

export const WantedCell = createContext<WantedPlace | null>(null)
