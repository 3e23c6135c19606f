/** Cells of the tables of Tests: an expression or a value that is typed, and beside it what the last answer had. */
import { memo } from 'react'
import { CellInput } from '../../ui/key-value-table/index.ts'
import { Verdict } from '../../ui/verdict.tsx'
import styles from './tests-section.module.css'
import { t } from '../../lib/t.ts'

interface TypedCellProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly suggestions?: readonly string[]
  readonly placeholder: string | undefined
  readonly invalid: boolean
  readonly describedBy: string | undefined
}

export function TypedCell({ placeholder, describedBy, suggestions, ...rest }: TypedCellProps) {
  return (
    <CellInput
      column="value"
      {...rest}
      {...(suggestions && { suggestions })}
      {...(placeholder !== undefined && { placeholder })}
      {...(describedBy !== undefined && { describedBy })}
    />
  )
}

interface LastResultProps {
  /** Null: it is not told whether it holds. */
  readonly passed: boolean | null
  /** In place of Passed and Failed. */
  readonly word?: string
  /** Null: there is none. */
  readonly actual: string | null
  readonly problem: string | null
}

/** The verdict, the value that was there, and why there is none. */
export const LastResult = memo(function LastResult({ passed, word, actual, problem }: LastResultProps) {
  return (
    <div className={styles.result}>
      {passed !== null && <Verdict outcome={passed ? 'passed' : 'failed'} {...(word !== undefined && { word })} />}
      {problem === null ? (
        <span className={styles.actual}>
          <span className={styles.actualWord}>{passed === null ? t`Last time: ` : t`Actual: `}</span>
          {actual === null ? (
            <em>{t`nothing`}</em>
          ) : (
            <code className={styles.actualValue} title={actual}>
              {actual === '' ? t`(empty)` : actual}
            </code>
          )}
        </span>
      ) : (
        <span className={styles.reason}>{problem}</span>
      )}
    </div>
  )
})
