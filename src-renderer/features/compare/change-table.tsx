/** What differs, in rows: what kind of change, where, and the values of both sides. */
import type { ReactNode } from 'react'
import type { JsonChangeKind } from '#contract/model/compare.ts'
import styles from './compare.module.css'
import { rich, t } from '../../lib/t.ts'

export interface ChangeRow {
  readonly kind: JsonChangeKind
  readonly name: string
  /** Where it stood on the left, if elsewhere. */
  readonly from: string | null
  readonly left: string | null
  readonly right: string | null
}

const WORDS: Readonly<Record<JsonChangeKind, readonly [sign: string, word: string]>> = {
  added: ['+', t`Added`],
  removed: ['−', t`Removed`],
  changed: ['~', t`Changed`],
  moved: ['↕', t`Moved`],
}

export interface ChangeTableProps {
  readonly label: string
  /** Of the column of names, such as `Path`. */
  readonly nameTitle: string
  readonly rows: readonly ChangeRow[]
  /** Their column is there without them, too: the columns of all tables stand below each other. */
  readonly renderActions?: (row: ChangeRow) => ReactNode
}

export function ChangeTable({ label, nameTitle, rows, renderActions }: ChangeTableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col" className={styles.kindCell}>{t`Change`}</th>
          <th scope="col" className={styles.nameCell}>
            {nameTitle}
          </th>
          <th scope="col">{t`Left`}</th>
          <th scope="col">{t`Right`}</th>
          <td className={styles.actionCell} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            <td>
              <span className={styles.kind} data-kind={row.kind}>
                <span className={styles.sign} aria-hidden="true">
                  {WORDS[row.kind][0]}
                </span>
                {WORDS[row.kind][1]}
              </span>
            </td>
            <td className={styles.code}>
              {row.name}
              {row.from !== null && <span className={styles.from}>{rich`was ${row.from}`}</span>}
            </td>
            <td className={styles.code}>
              {row.left !== null && <span className={row.kind === 'moved' ? undefined : styles.old}>{row.left}</span>}
            </td>
            <td className={styles.code}>
              {row.right !== null && <span className={row.kind === 'moved' ? undefined : styles.new}>{row.right}</span>}
            </td>
            <td className={styles.actionCell}>{renderActions?.(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
