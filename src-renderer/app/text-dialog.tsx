/** Asks for a line of text. Where what it is for fails, the dialog stays, with the reason beside the field. */
import { useId, useRef, useState } from 'react'
import { answer } from '../actions/ask.ts'
import type { Question } from '../stores/questions-store.ts'
import { ProblemNote } from '../ui/problem-note.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { FormDialog, useAttempt } from './form-dialog.tsx'
import styles from './values-dialog.module.css'

export function TextDialog({ question }: { readonly question: Extract<Question, { kind: 'text' }> }) {
  const { title, label, button, hint, attempt } = question
  const [text, setText] = useState(question.value)
  const { fault, run, forgetFault } = useAttempt()
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const wanted = text.trim()
  const submit = async (): Promise<void> => {
    if (await run(async () => (await attempt?.(wanted)) ?? null)) answer(question, wanted)
    else field.current?.focus()
  }
  return (
    <FormDialog
      id={id}
      title={title}
      button={button}
      isReady={wanted !== ''}
      className={styles.field}
      onCancel={() => answer(question, null)}
      onSubmit={() => void submit()}
    >
      <TextInput
        ref={field}
        label={label}
        placeholder={label}
        value={text}
        autoFocus
        onChange={(next) => {
          setText(next)
          forgetFault()
        }}
        invalid={fault !== null}
        describedBy={fault !== null ? `${id}-fault` : `${id}-hint`}
      />
      {fault !== null && (
        <ProblemNote id={`${id}-fault`} live message={fault.message} {...(fault.hint !== undefined && { hint: fault.hint })} />
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.note}>
          {hint}
        </p>
      )}
    </FormDialog>
  )
}
