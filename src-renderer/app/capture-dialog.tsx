/** Asks into which variable a value of an answer goes, and where that is kept; the request then captures it at each send. */
import { useId, useRef, useState } from 'react'
import { answer } from '../actions/ask.ts'
import { CAPTURE_SCOPE_OPTIONS, scopeMeaning } from '../lib/capture-scopes.ts'
import type { Question } from '../stores/questions-store.ts'
import { ProblemNote } from '../ui/problem-note.tsx'
import { Select } from '../ui/select.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { FormDialog, useAttempt } from './form-dialog.tsx'
import styles from './values-dialog.module.css'
import { rich, t } from '../lib/t.ts'

export function CaptureDialog({ question }: { readonly question: Extract<Question, { kind: 'capture' }> }) {
  const { expression, value, attempt } = question
  const [name, setName] = useState(question.name)
  const [scope, setScope] = useState('runtime')
  const { fault, run, forgetFault } = useAttempt()
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const wanted = name.trim()
  const submit = async (): Promise<void> => {
    if (await run(() => attempt(wanted, scope))) answer(question, true)
    else field.current?.focus()
  }
  return (
    <FormDialog
      id={id}
      title={t`Capture into a variable`}
      button={t`Capture`}
      isReady={wanted !== ''}
      className={styles.form}
      onCancel={() => answer(question, false)}
      onSubmit={() => void submit()}
    >
      <div className={styles.field}>
        <TextInput
          ref={field}
          label={t`Variable name`}
          placeholder={t`Variable name`}
          code
          references={false}
          value={name}
          autoFocus
          onChange={(next) => {
            setName(next)
            forgetFault()
          }}
          invalid={fault !== null}
          describedBy={fault === null ? `${id}-hint` : `${id}-fault`}
        />
        {fault !== null && (
          <ProblemNote id={`${id}-fault`} live message={fault.message} {...(fault.hint !== undefined && { hint: fault.hint })} />
        )}
      </div>
      <div className={styles.field}>
        <Select showLabel label={t`Scope`} value={scope} options={CAPTURE_SCOPE_OPTIONS} onChange={setScope} describedBy={`${id}-scope`} />
        <p id={`${id}-scope`} className={styles.note}>
          {scopeMeaning(scope)}
        </p>
      </div>
      <p id={`${id}-hint`} className={styles.note}>
        {rich`The request takes ${(<code>{expression}</code>)} at each send. ${scope === 'runtime' ? t`{{${name.trim() || 'name'}}} stands for ${value} from now on.` : t`It is ${value} in this answer.`}`}
      </p>
    </FormDialog>
  )
}
