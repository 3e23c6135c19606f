/** What one node of a tree says, whole: read piece by piece, so that a text of any length opens at once. */
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import type { TreeNode } from '#contract/model/body-tree.ts'
import type { TreeId } from '#contract/model/ids.ts'
import { notice } from '../../actions/bodies.ts'
import { readText } from '../../actions/body-tree.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import styles from './tree-view.module.css'
import { t } from '../../lib/t.ts'

export interface WholeValueProps {
  readonly treeId: TreeId
  readonly node: TreeNode
  /** What it is the value of. */
  readonly path: string
  readonly onClose: () => void
}

interface Read {
  readonly pieces: readonly string[]
  /** Null at the end. */
  readonly next: number | null
}

export function WholeValue({ treeId, node, path, onClose }: WholeValueProps) {
  const [read, setRead] = useState<Read>({ pieces: [], next: 0 })
  const readMore = async (from: number): Promise<void> => {
    const piece = await readText(treeId, node, 'value', from)
    if (!piece.ok) notice(piece.error)
    else setRead((before) => ({ pieces: [...before.pieces, piece.value.text], next: piece.value.next }))
  }
  useEffect(() => {
    let isCurrent = true
    void readText(treeId, node, 'value', 0).then((piece) => {
      if (!isCurrent) return
      if (!piece.ok) notice(piece.error)
      else setRead({ pieces: [piece.value.text], next: piece.value.next })
    })
    return () => {
      isCurrent = false
    }
  }, [treeId, node])
  const { pieces, next } = read
  return (
    <section className={styles.whole} aria-label={t`Whole value`}>
      <div className={styles.wholeHead}>
        <span>{path}</span>
        {next !== null && pieces.length > 0 && <Button onClick={() => void readMore(next)}>{t`Show more`}</Button>}
        <IconButton label={t`Close the value`} icon={<X />} onClick={onClose} />
      </div>
      <pre className={styles.wholeText} role="group" tabIndex={0} aria-label={t`Value`}>
        {pieces.map((piece, index) => (
          <span key={index}>{piece}</span>
        ))}
      </pre>
    </section>
  )
}
