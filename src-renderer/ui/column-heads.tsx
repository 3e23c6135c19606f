/** The headings of a plain table: one row, a name for each column; names of columns that show only controls are read, not seen. */
import styles from './column-heads.module.css'

interface ColumnHeadsProps {
  readonly columns: readonly string[]
  /** Of `columns`, those that are not seen. */
  readonly unseen?: readonly string[]
}

export function ColumnHeads({ columns, unseen }: ColumnHeadsProps) {
  return (
    <thead>
      <tr>
        {columns.map((column, index) => (
          // Two may have one name, and they stay where they are.
          <th key={index} scope="col">
            {unseen?.includes(column) === true ? <span className={styles.unseen}>{column}</span> : column}
          </th>
        ))}
      </tr>
    </thead>
  )
}
