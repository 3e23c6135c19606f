/** How an exported k6 script runs: its stages, a file of rows beside it, and the wait between requests. */
import { useId } from 'react'
import { loadOf } from '../../actions/export-load.ts'
import { changeExportLoad } from '../../actions/export.ts'
import { useExportStore, type TypedLoad } from '../../stores/export-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './export.module.css'
import { t } from '../../lib/t.ts'

const FIELDS: readonly {
  readonly name: keyof TypedLoad
  readonly label: string
  readonly placeholder: string
  readonly title: string
}[] = [
  { name: 'stages', label: t`Stages`, placeholder: '30s:20, 1m:0', title: t`How long, and how many users at its end; one after another` },
  { name: 'data', label: t`Data file`, placeholder: 'users.csv', title: t`A CSV or JSON file beside the script, whose rows are variables` },
  { name: 'pause', label: t`Pause (s)`, placeholder: '0', title: t`The wait after each request` },
]

export function LoadFields() {
  const typed = useExportStore((state) => state.load)
  const id = useId()
  const load = loadOf(typed)
  return (
    <div className={styles.load} role="group" aria-label={t`How the script runs`}>
      {FIELDS.map(({ name, label, placeholder, title }) => {
        const isWrong = load.kind === 'wrong' && load.field === name
        return (
          <label key={name} className={styles.loadField} data-field={name} title={title}>
            {label}
            <TextInput
              label={label}
              value={typed[name]}
              placeholder={placeholder}
              references={false}
              invalid={isWrong}
              {...(isWrong && { describedBy: id })}
              onChange={(text) => changeExportLoad({ [name]: text })}
            />
          </label>
        )
      })}
      {load.kind === 'wrong' && <ProblemNote id={id} message={load.message} />}
    </div>
  )
}
