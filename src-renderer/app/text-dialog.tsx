/** Asks for a line of text. Where what it is for fails, the dialog stays, with the reason beside the field. */
import { useId, useRef, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import { answer } from '../actions/ask.ts'
import type { Question } from '../stores/questions-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { TextInput } from '../ui/text-input.tsx'
import styles from './values-dialog.module.css'

export function TextDialog({ question }: { readonly question: Extract<Question, { kind: 'text' }> }) {
  const { title, label, button, hint, attempt } = question
  const [text, setText] = useState(question.value)
  const [fault, setFault] = useState<WireError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const submit = async (): Promise<void> => {
    const wanted = text.trim()
    if (wanted === '' || isBusy) return
    setBusy(true)
    const failure = (await attempt?.(wanted)) ?? null
    setBusy(false)
    if (failure === null) {
      answer(question, wanted)
      return
    }
    setFault(failure)
    field.current?.focus()
  }
  return (
    <Dialog
      open
      onClose={() => answer(question, null)}
      title={title}
      actions={
        <>
          <Button onClick={() => answer(question, null)}>Cancel</Button>
          <Button variant="primary" type="submit" form={id} disabled={text.trim() === ''}>
            {button}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={styles.field}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextInput
          ref={field}
          label={label}
          placeholder={label}
          value={text}
          autoFocus
          onChange={(next) => {
            setText(next)
            setFault(null)
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
      </form>
    </Dialog>
  )
}
