/** The figures of a chart for whoever reads rather than looks: folded away until they are asked for. */
import { useState } from 'react'
import { ColumnHeads } from '../../ui/column-heads.tsx'
import { Fold } from '../../ui/fold.tsx'
import styles from './charts.module.css'
import { t } from '../../lib/t.ts'

interface FigureTableProps {
  readonly label: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export function FigureTable({ label, columns, rows }: FigureTableProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Fold label={t`All figures`} className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      {isOpen && (
        <table className={styles.table} aria-label={label}>
          <ColumnHeads columns={columns} />
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, at) => (
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Fold>
  )
}
