/** A file changed on disk while it was edited here: both texts side by side, and the ways out. */
import { answer } from '../../actions/ask.ts'
import type { Question } from '../../stores/questions-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Differences } from '../../ui/differences.tsx'
import { rich, t } from '../../lib/t.ts'

export function ConflictDialog({ question }: { readonly question: Extract<Question, { kind: 'conflict' }> }) {
  const { name, mine, theirs, canCopy } = question
  return (
    <Dialog
      open
      onClose={() => answer(question, 'cancel')}
      title={t`The file has changed`}
      width="880px"
      actions={
        <>
          <Button onClick={() => answer(question, 'cancel')}>{t`Cancel`}</Button>
          {canCopy && <Button onClick={() => answer(question, 'copy')}>{t`Save as copy`}</Button>}
          <Button onClick={() => answer(question, 'reload')}>{t`Reload theirs`}</Button>
          <Button variant="danger" onClick={() => answer(question, 'overwrite')}>{t`Overwrite`}</Button>
        </>
      }
    >
      <p>{rich`“${name}” was changed on disk after you opened it. Choose which text the file is to have; undo brings yours back after a reload.`}</p>
      <Differences theirs={theirs} mine={mine} />
    </Dialog>
  )
}
