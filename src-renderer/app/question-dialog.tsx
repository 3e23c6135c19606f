/** The dialog for each kind of question. */
import { assertNever } from '#contract/result.ts'
import { answer } from '../actions/ask.ts'
import { ConflictDialog } from '../features/conflict/index.ts'
import { SaveDialog } from '../features/save-dialog/index.ts'
import type { Question } from '../stores/questions-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { CaptureDialog } from './capture-dialog.tsx'
import { KeepSecretDialog } from './keep-secret-dialog.tsx'
import { SecretInFileDialog } from './secret-in-file-dialog.tsx'
import { TextDialog } from './text-dialog.tsx'
import { ValuesDialog } from './values-dialog.tsx'
import { rich, t } from '../lib/t.ts'
import styles from './dialog-list.module.css'

/** More names than these are counted. */
const MOST_NAMES = 8

export function QuestionDialog({ question }: { readonly question: Question }) {
  switch (question.kind) {
    case 'save':
      return <SaveDialog question={question} />
    case 'conflict':
      return <ConflictDialog question={question} />
    case 'close':
      return <CloseDialog question={question} />
    case 'longCopy':
      return <LongCopyDialog question={question} />
    case 'values':
      return <ValuesDialog question={question} />
    case 'secretInFile':
      return <SecretInFileDialog question={question} />
    case 'keepSecret':
      return <KeepSecretDialog question={question} />
    case 'capture':
      return <CaptureDialog question={question} />
    case 'text':
      return <TextDialog question={question} />
    default:
      return assertNever(question)
  }
}

function CloseDialog({ question }: { readonly question: Extract<Question, { kind: 'close' }> }) {
  const { names } = question
  return (
    <Dialog
      open
      onClose={() => answer(question, 'cancel')}
      title={t`Unsaved changes`}
      actions={
        <>
          <Button variant="danger" onClick={() => answer(question, 'discard')}>{t`Don’t save`}</Button>
          <Button onClick={() => answer(question, 'cancel')}>{t`Cancel`}</Button>
          <Button variant="primary" autoFocus onClick={() => answer(question, 'save')}>
            {names.length === 1 ? t`Save` : t`Save all`}
          </Button>
        </>
      }
    >
      {names.length === 1 ? (
        <p>{rich`“${names[0]}” has changes that are not saved. Reopening the closed tab brings them back until Posthaste is closed.`}</p>
      ) : (
        <UnsavedTabs names={names} />
      )}
    </Dialog>
  )
}

function UnsavedTabs({ names }: { readonly names: readonly string[] }) {
  const more = names.length - MOST_NAMES
  return (
    <>
      <p>{t`${names.length} tabs have changes that are not saved:`}</p>
      <ul className={styles.list}>
        {names.slice(0, MOST_NAMES).map((name, index) => (
          // Several tabs may be called the same.
          <li key={index}>{name}</li>
        ))}
        {more > 0 && <li>{t`and ${more} more`}</li>}
      </ul>
      <p>{t`Reopening a closed tab brings its changes back until Posthaste is closed.`}</p>
    </>
  )
}

function LongCopyDialog({ question }: { readonly question: Extract<Question, { kind: 'longCopy' }> }) {
  const { millions, most } = question
  return (
    <Dialog
      open
      onClose={() => answer(question, 'cancel')}
      title={t`Save this text to a file?`}
      actions={
        <>
          <Button onClick={() => answer(question, 'cancel')}>{t`Cancel`}</Button>
          <Button variant="primary" autoFocus onClick={() => answer(question, 'save')}>{t`Save to a file`}</Button>
        </>
      }
    >
      <p>{rich`This is about ${millions} million characters. A clipboard takes a text in one piece, and the window would stand still meanwhile, so no more than ${most} million are copied. Select less, or save all of it to a file.`}</p>
    </Dialog>
  )
}
