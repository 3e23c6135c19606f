/** Asks under which name, and where, a value that was typed is to be kept as a secret. */
import { useId, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import { answer } from '../actions/ask.ts'
import { originWords } from '../lib/origin-words.ts'
import type { Question } from '../stores/questions-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { Select } from '../ui/select.tsx'
import { TextInput } from '../ui/text-input.tsx'
import styles from './values-dialog.module.css'

export function KeepSecretDialog({ question }: { readonly question: Extract<Question, { kind: 'keepSecret' }> }) {
  const { places, keep } = question
  const [name, setName] = useState(question.name)
  const [at, setAt] = useState('0')
  const [fault, setFault] = useState<WireError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const id = useId()
  const origin = places[Number(at)]
  const ready = /^[^{}\s$][^{}\s]*$/.test(name.trim()) && origin !== undefined && !isBusy
  const submit = async (): Promise<void> => {
    if (!ready) return
    setBusy(true)
    const kept = { name: name.trim(), origin }
    const failure = await keep(kept)
    setBusy(false)
    if (failure) setFault(failure)
    else answer(question, kept)
  }
  return (
    <Dialog
      open
      onClose={() => answer(question, null)}
      title="Keep as a secret"
      actions={
        <>
          <Button onClick={() => answer(question, null)}>Cancel</Button>
          <Button variant="primary" type="submit" form={id} disabled={!ready}>
            Keep
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className={styles.field}>
          <label htmlFor={`${id}-name`} className={styles.label}>
            <span className={styles.name}>Name</span>
          </label>
          <TextInput
            id={`${id}-name`}
            label="Name"
            code
            value={name}
            autoFocus
            onChange={(text) => {
              setName(text)
              setFault(null)
            }}
            invalid={fault !== null}
            describedBy={`${id}-note`}
          />
          <div id={`${id}-note`}>
            {fault !== null && <ProblemNote message={fault.message} {...(fault.hint !== undefined && { hint: fault.hint })} />}
          </div>
        </div>
        <div className={styles.field}>
          <span className={styles.label}>
            <span className={styles.name}>Where</span>
          </span>
          <Select
            label="Where"
            value={at}
            options={places.map((place, index) => ({ value: String(index), label: originWords(place) }))}
            onChange={(next) => {
              setAt(next)
              setFault(null)
            }}
          />
        </div>
        <p className={styles.note}>
          The field will say <code>{`{{${name.trim() || 'name'}}}`}</code>. The value is encrypted on this machine; the collection’s files
          hold its name only.
        </p>
      </form>
    </Dialog>
  )
}
