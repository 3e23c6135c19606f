/** Deleted items: what went, from where and when, each to be put back. */
import Trash from 'lucide-react/icons/trash'
import type { Deletion } from '#contract/model/workspace.ts'
import { closeDeleted, restoreDeleted } from '../../actions/deleted-items.ts'
import { deletionName, deletionPlace } from '../../lib/deletion-words.ts'
import { timeWords } from '../../lib/time-words.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { useTrashStore } from '../../stores/trash-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import styles from './deleted-items.module.css'
import { t } from '../../lib/t.ts'

/** More than anyone looks through; the newest are first. */
const MAX_SHOWN = 500

export function DeletedDialog() {
  const deletions = useTrashStore((state) => state.deletions)
  const said = useTrashStore((state) => state.said)
  return (
    <Dialog open onClose={closeDeleted} title={t`Deleted items`} width="640px">
      <div className={styles.room}>
        {said?.isFault === true && <ProblemNote live message={said.text} />}
        {deletions?.length === 0 ? (
          <EmptyState icon={<Trash />} title={t`Nothing is here`}>
            <p>{t`What you delete from the collections can be had back here for 30 days.`}</p>
          </EmptyState>
        ) : (
          <ul className={styles.list} aria-label={t`Deleted items`} aria-busy={deletions === null}>
            {deletions?.slice(0, MAX_SHOWN).map((deletion) => (
              <Row key={deletion.id} deletion={deletion} />
            ))}
          </ul>
        )}
        <div className={styles.said} role="status" aria-label={t`What was done`}>
          {said?.isFault === false && said.text}
        </div>
      </div>
    </Dialog>
  )
}

function Row({ deletion }: { readonly deletion: Deletion }) {
  const place = useCollectionsStore(({ collections }) =>
    deletionPlace(deletion, (root) => collections.find(({ path }) => path === root)?.name ?? null),
  )
  const name = deletionName(deletion)
  return (
    <li className={styles.row}>
      <span className={styles.what}>
        <span className={styles.name} title={deletion.items.map(({ path }) => path).join('\n')}>
          {name}
        </span>
        <span className={styles.place}>
          {place} · {timeWords(deletion.at, new Date())}
        </span>
      </span>
      <Button aria-label={t`Restore ${name}`} onClick={() => void restoreDeleted(deletion)}>{t`Restore`}</Button>
    </li>
  )
}
