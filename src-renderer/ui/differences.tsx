/** What the disk holds beside what is edited, line by line, cut to what differs. */
import { useMemo } from 'react'
import { lineDiff, type DiffRow } from '../lib/line-diff.ts'
import styles from './differences.module.css'
import { rich, t } from '../lib/t.ts'

/** More changed lines than anyone reads at once. */
const MAX_ROWS = 600

export function Differences({ theirs, mine }: { readonly theirs: string; readonly mine: string }) {
  const rows = useMemo(() => lineDiff(theirs, mine), [mine, theirs])
  return (
    <div className={styles.diff} role="table" aria-label={t`Differences`}>
      <div className={styles.head} role="row">
        <span role="columnheader">{t`On disk`}</span>
        <span role="columnheader">{t`Yours`}</span>
      </div>
      <div className={styles.lines} role="rowgroup" tabIndex={0}>
        {rows.slice(0, MAX_ROWS).map((row, index) => (
          <Line key={index} row={row} />
        ))}
        {rows.length > MAX_ROWS && <div className={styles.gap}>{rich`and ${rows.length - MAX_ROWS} more lines`}</div>}
      </div>
    </div>
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
