/** One cell of a table in full, below it. */
import Copy from 'lucide-react/icons/copy'
import X from 'lucide-react/icons/x'
import { copyToClipboard } from '../../actions/bodies.ts'
import { IconButton } from '../../ui/button.tsx'
import styles from './table-body.module.css'
import type { Cell } from './table-layout.ts'
import { rich, t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export interface CellDetailProps {
  readonly cell: Cell
  /** Of its column. */
  readonly name: string
  /** Null where its row is that short, or not here yet. */
  readonly text: string | null
  readonly onClose: () => void
}

export function CellDetail({ cell, name, text, onClose }: CellDetailProps) {
  return (
    <section className={styles.detail} aria-label={t`Chosen cell`}>
      <div className={styles.detailHead}>
        <span className={styles.detailName}>{rich`${name} · line ${formatNumber(cell.row + 1)}`}</span>
        <IconButton label={t`Copy cell`} icon={<Copy />} disabled={text === null} onClick={() => void copyToClipboard(text ?? '')} />
        <IconButton label={t`Close the cell`} icon={<X />} onClick={onClose} />
      </div>
      <pre className={styles.detailText} tabIndex={0} role="group" aria-label={t`Text of the cell`}>
        {text === null ? t`This row has no such cell.` : text === '' ? t`An empty text.` : text}
      </pre>
    </section>
  )
}
