/** A table's rows as one text, to be typed, pasted and replaced at once. Each change is one of the rows. */
import { useState } from 'react'
import type { Row } from '#contract/model/request.ts'
import { rowsOfText, textOfRows } from './rows-as-text.ts'
import styles from './key-value-table.module.css'
import { t } from '../../lib/t.ts'

interface RowsTextProps {
  readonly label: string
  readonly rows: readonly Row[]
  readonly onEdit: (what: string, change: (rows: readonly Row[]) => readonly Row[]) => void
}

export function RowsText({ label, rows, onEdit }: RowsTextProps) {
  // What is typed stands as typed until the rows are changed by something else, such as undo.
  const [typed, setTyped] = useState<{ readonly text: string; readonly made: string } | null>(null)
  const text = typed !== null && typed.made === textOfRows(rows) ? typed.text : textOfRows(rows)
  return (
    <textarea
      className={styles.text}
      aria-label={t`${label} as text`}
      aria-description={t`One row a line, as name: value. A line that begins with # is switched off.`}
      placeholder={t`name: value`}
      spellCheck={false}
      autoFocus
      rows={Math.min(20, Math.max(6, text.split('\n').length + 1))}
      value={text}
      onChange={({ target }) => {
        const next = rowsOfText(target.value, rows)
        setTyped({ text: target.value, made: textOfRows(next) })
        onEdit('text', () => next)
      }}
    />
  )
}
