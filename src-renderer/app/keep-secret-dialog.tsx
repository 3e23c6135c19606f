/** Asks under which name, and where, a value that was typed is to be kept as a secret. */
import { useId, useState } from 'react'
import { answer } from '../actions/ask.ts'
import type { Question } from '../stores/questions-store.ts'
import { ProblemNote } from '../ui/problem-note.tsx'
import { Select } from '../ui/select.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { FormDialog, useAttempt } from './form-dialog.tsx'
import styles from './values-dialog.module.css'
import { originWords } from '../lib/origin-words.ts'
import { rich, t } from '../lib/t.ts'

export function KeepSecretDialog({ question }: { readonly question: Extract<Question, { kind: 'keepSecret' }> }) {
  const { places, keep } = question
  const [name, setName] = useState(question.name)
  const [at, setAt] = useState('0')
  const { fault, run, forgetFault, isBusy } = useAttempt()
  const id = useId()
  const origin = places[Number(at)]
  const ready = /^[^{}\s$][^{}\s]*$/.test(name.trim()) && origin !== undefined && !isBusy
  const submit = async (): Promise<void> => {
    if (!ready) return
    const kept = { name: name.trim(), origin }
    if (await run(() => keep(kept))) answer(question, kept)
  }
  return (
    <FormDialog
      id={id}
      title={t`Keep as a secret`}
      button={t`Keep`}
      isReady={ready}
      className={styles.form}
      onCancel={() => answer(question, null)}
      onSubmit={() => void submit()}
    >
      <div className={styles.field}>
        <label htmlFor={`${id}-name`} className={styles.label}>
          <span className={styles.word}>{t`Name`}</span>
        </label>
        <TextInput
          id={`${id}-name`}
          label={t`Name`}
          code
          value={name}
          autoFocus
          onChange={(text) => {
            setName(text)
            forgetFault()
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
          <span className={styles.word}>{t`Where`}</span>
        </span>
        <Select
          label={t`Where`}
          value={at}
          options={places.map((place, index) => ({ value: String(index), label: originWords(place) }))}
          onChange={(next) => {
            setAt(next)
            forgetFault()
          }}
        />
      </div>
      <p
        className={styles.note}
      >{rich`The field will say ${(<code>{`{{${name.trim() || 'name'}}}`}</code>)}. The value is encrypted on this machine; the collection’s files hold its name only.`}</p>
    </FormDialog>
  )
}
