/** A body as a tree: opened in core, with what there is to say about it in a line above. */
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { BodyEncoding } from './body-encoding.tsx'
import panel from './body-panel.module.css'
import type { BodyViewProps } from './body-view-props.tsx'
import { wantedEncoding } from './encodings.ts'
import { TreePane } from './tree-pane.tsx'
import styles from './tree-view.module.css'
import { useBodyTree, type OpenedTree } from './use-body-tree.ts'
import { useLasting } from './use-body-view.ts'
import { useWorkShare } from './use-work-share.ts'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export function TreeView(props: BodyViewProps) {
  const { choice, response, encoding, modelKey } = props
  const wanted = wantedEncoding(response, encoding)
  const { opened, error, opening, workId, isStopped, stop, again } = useBodyTree(modelKey, choice.bodyId, choice.contentType, wanted)
  const isSlow = useLasting(opening, 200)
  const shown = opened?.bodyId === choice.bodyId || !isSlow ? opened : null
  const note = shown && noteOf(shown)
  return (
    <div className={styles.view} data-stale={isSlow}>
      <BodyEncoding {...props} />
      {error && (
        <div className={panel.note}>
          <ProblemNote kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />
        </div>
      )}
      {note !== null && (
        <div className={panel.note}>
          <ProblemNote tone="warning" message={note} />
        </div>
      )}
      {shown?.model && <TreePane key={shown.tree.treeId} tree={shown.tree} model={shown.model} />}
      {isStopped && (
        <div className={panel.note}>
          <ProblemNote tone="warning" message={t`Stopped by you.`} action={<Button onClick={again}>{t`Read it again`}</Button>} />
        </div>
      )}
      {shown === null && isSlow && <Reading workId={workId} onStop={stop} />}
    </div>
  )
}

/** How far a large body is read, and a way out. */
function Reading({ workId, onStop }: { readonly workId: string | null; readonly onStop: () => void }) {
  const share = useWorkShare(workId)
  return (
    <div className={styles.reading}>
      <ProgressBar label={t`Reading`} value={share} text={t`as a tree`} />
      <Button onClick={onStop}>{t`Stop`}</Button>
    </div>
  )
}

function noteOf({ tree }: OpenedTree): string | null {
  const { problem, root, format } = tree
  const name = format === 'json' ? 'JSON' : 'XML'
  if (problem === null) return root === null ? t`The body is blank.` : null
  const { line, column, reason } = problem
  const place = t`line ${formatNumber(line)}, column ${formatNumber(column)}`
  return t`Not valid ${name} from ${place} on: ${reason}. ${root === null ? t`There is nothing to show before it.` : t`The tree is what stands before it.`}`
}
