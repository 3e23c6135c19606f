/** A file changed on disk while it was edited here: both texts side by side, and the ways out. */
import { useMemo } from 'react'
import { answer } from '../../actions/ask.ts'
import { lineDiff, type DiffRow } from '../../lib/line-diff.ts'
import type { Question } from '../../stores/questions-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import styles from './conflict-dialog.module.css'

/** More changed lines than anyone reads in a dialog. */
const MAX_ROWS = 600

export function ConflictDialog({ question }: { readonly question: Extract<Question, { kind: 'conflict' }> }) {
  const { name, mine, theirs, canCopy } = question
  const rows = useMemo(() => lineDiff(theirs, mine), [mine, theirs])
  return (
    <Dialog
      open
      onClose={() => answer(question, 'cancel')}
      title="The file has changed"
      width="880px"
      actions={
        <>
          <Button onClick={() => answer(question, 'cancel')}>Cancel</Button>
          {canCopy && <Button onClick={() => answer(question, 'copy')}>Save as copy</Button>}
          <Button onClick={() => answer(question, 'reload')}>Reload theirs</Button>
          <Button variant="danger" onClick={() => answer(question, 'overwrite')}>
            Overwrite
          </Button>
        </>
      }
    >
      <p>“{name}” was changed on disk after you opened it. Choose which text the file is to have; undo brings yours back after a reload.</p>
      <div className={styles.diff} role="table" aria-label="Differences">
        <div className={styles.head} role="row">
          <span role="columnheader">On disk</span>
          <span role="columnheader">Yours</span>
        </div>
        <div className={styles.lines} role="rowgroup" tabIndex={0}>
          {rows.slice(0, MAX_ROWS).map((row, index) => (
            <Line key={index} row={row} />
          ))}
          {rows.length > MAX_ROWS && <div className={styles.gap}>and {rows.length - MAX_ROWS} more lines</div>}
        </div>
      </div>
    </Dialog>
  )
}

function Line({ row }: { readonly row: DiffRow }) {
  if (row.kind === 'gap') return <div className={styles.gap}>{row.left}</div>
  return (
    <div className={styles.line} role="row">
      <Cell text={row.left} side="theirs" changed={row.kind === 'changed'} />
      <Cell text={row.right} side="mine" changed={row.kind === 'changed'} />
    </div>
  )
}

function Cell({ text, side, changed }: { readonly text: string | null; readonly side: 'theirs' | 'mine'; readonly changed: boolean }) {
  const mark = side === 'theirs' ? '−' : '+'
  return (
    <span className={styles.cell} role="cell" data-side={side} data-changed={changed && text !== null} data-missing={text === null}>
      <span className={styles.mark} aria-hidden="true">
        {changed && text !== null ? mark : ''}
      </span>
      {text}
    </span>
  )
}
