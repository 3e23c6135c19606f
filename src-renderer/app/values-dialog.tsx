/** Asks for the values of a send: a field for each variable, its rules checked as it is typed. Nothing typed here is kept. */
import { useEffect, useId, useState } from 'react'
import type { AskedVariable } from '#contract/model/variable.ts'
import { answer } from '../actions/ask.ts'
import type { Question } from '../stores/questions-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { TextInput } from '../ui/text-input.tsx'
import styles from './values-dialog.module.css'
import { originWords } from '../lib/origin-words.ts'
import { t } from '../lib/t.ts'

const CHECK_AFTER_MS = 200

type Values = Readonly<Record<string, string>>

export function ValuesDialog({ question }: { readonly question: Extract<Question, { kind: 'values' }> }) {
  const { asks, check } = question
  const [values, setValues] = useState<Values>(() => Object.fromEntries(asks.map(({ name }) => [name, ''])))
  const [typed, setTyped] = useState<ReadonlySet<string>>(new Set())
  const [faults, setFaults] = useState<Values>({})
  const formId = useId()
  useEffect(() => {
    if (typed.size === 0) return
    let isOld = false
    const timer = setTimeout(() => void check(values).then((found) => !isOld && setFaults(found)), CHECK_AFTER_MS)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [values, typed, check])
  const change = (name: string, value: string): void => {
    setValues((before) => ({ ...before, [name]: value }))
    setTyped((before) => new Set([...before, name]))
  }
  const submit = async (): Promise<void> => {
    const found = await check(values)
    setTyped(new Set(asks.map(({ name }) => name)))
    setFaults(found)
    if (Object.keys(found).length === 0) answer(question, values)
  }
  return (
    <Dialog
      open
      onClose={() => answer(question, null)}
      title={t`Values for this request`}
      actions={
        <>
          <Button onClick={() => answer(question, null)}>{t`Cancel`}</Button>
          <Button variant="primary" type="submit" form={formId}>{t`Send`}</Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {asks.map((asked, index) => (
          <ValueField
            key={asked.name}
            asked={asked}
            value={values[asked.name] ?? ''}
            fault={typed.has(asked.name) ? faults[asked.name] : undefined}
            isFirst={index === 0}
            onChange={(value) => change(asked.name, value)}
          />
        ))}
        <p className={styles.note}>{t`They are used for this send only, and not kept.`}</p>
      </form>
    </Dialog>
  )
}

interface ValueFieldProps {
  readonly asked: AskedVariable
  readonly value: string
  readonly fault: string | undefined
  readonly isFirst: boolean
  readonly onChange: (value: string) => void
}

function ValueField({ asked, value, fault, isFirst, onChange }: ValueFieldProps) {
  const id = useId()
  const { name, description, secret, origin } = asked
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        <span className={styles.name}>{name}</span>
        <span className={styles.origin}>{originWords(origin)}</span>
      </label>
      <TextInput
        id={id}
        label={name}
        code
        secret={secret}
        value={value}
        onChange={onChange}
        invalid={fault !== undefined}
        describedBy={`${id}-note`}
        {...(isFirst && { autoFocus: true })}
      />
      <div id={`${id}-note`}>
        {fault !== undefined && <ProblemNote message={fault} />}
        {fault === undefined && description !== undefined && <p className={styles.note}>{description}</p>}
      </div>
    </div>
  )
}
