/** Asks what is to become of secrets that a save would put into a file in clear. */
import { answer } from '../actions/ask.ts'
import type { Question } from '../stores/questions-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './dialog-list.module.css'
import { originWords } from '../lib/origin-words.ts'
import { rich, t } from '../lib/t.ts'

export function SecretInFileDialog({ question }: { readonly question: Extract<Question, { kind: 'secretInFile' }> }) {
  const { secrets } = question
  const [first] = secrets
  return (
    <Dialog
      open
      width="520px"
      onClose={() => answer(question, 'cancel')}
      title={secrets.length === 1 ? t`A secret would be in the file` : t`Secrets would be in the file`}
      actions={
        <>
          <Button onClick={() => answer(question, 'cancel')}>{t`Cancel`}</Button>
          <Button variant="danger" onClick={() => answer(question, 'clear')}>{t`Save in clear`}</Button>
          <Button variant="primary" autoFocus onClick={() => answer(question, 'reference')}>
            {secrets.length === 1 && first ? t`Use {{${first.name}}}` : t`Use references`}
          </Button>
        </>
      }
    >
      <p>{rich`Whoever has the collection’s files could read ${secrets.length === 1 ? t`the value` : t`the values`} of:`}</p>
      <ul className={styles.list}>
        {secrets.map(({ name, origin }) => (
          <li key={`${originWords(origin)} ${name}`}>
            <code>{`{{${name}}}`}</code> ({originWords(origin)})
          </li>
        ))}
      </ul>
      <p>{t`A reference in its place sends the same, and keeps the value on this machine.`}</p>
    </Dialog>
  )
}
