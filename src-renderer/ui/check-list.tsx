/**
 * What became of checks, one below the other: scripts that broke, assertions, captures, tests of scripts by script. How a
 * place in a script is drawn is the caller's, who may know a way there.
 */
import { useId, type ReactNode } from 'react'
import { ASSERTION_OPERATORS } from '#contract/model/assertion.ts'
import type { AssertionResult, CaptureResult, Checks, ScriptFault, TestResult } from '#contract/model/checks.ts'
import { CAPTURE_SCOPE_OPTIONS } from '../lib/capture-scopes.ts'
import { byScript } from '../lib/script-words.ts'
import styles from './check-list.module.css'
import { Verdict } from './verdict.tsx'
import { told } from '../lib/told.ts'
import { rich, t } from '../lib/t.ts'

interface CheckListProps {
  readonly checks: Checks
  readonly renderPlace: (place: Pick<ScriptFault, 'from' | 'line' | 'column'>) => ReactNode
}

export function CheckList({ checks: { assertions, captured, tests, faults }, renderPlace }: CheckListProps) {
  return (
    <>
      <Group title={t`Scripts that broke`} items={faults}>
        {({ message, ...place }, index) => (
          <CheckRow key={index} outcome="failed" word={t`Broke`} detail={renderPlace(place)}>
            {message}
          </CheckRow>
        )}
      </Group>
      <Group title={t`Assertions`} items={assertions}>
        {(result, index) => <Assertion key={index} result={result} />}
      </Group>
      <Group title={t`Captures`} items={captured}>
        {(result, index) => <Captured key={index} result={result} />}
      </Group>
      {byScript(tests).map(([words, ofScript]) => (
        <Group key={words} title={words} items={ofScript}>
          {(test, index) => <Test key={index} test={test} />}
        </Group>
      ))}
    </>
  )
}

interface GroupProps<T> {
  readonly title: string
  readonly items: readonly T[]
  readonly children: (item: T, index: number) => ReactNode
}

function Group<T>({ title, items, children }: GroupProps<T>) {
  const id = useId()
  if (items.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <ul className={styles.list} aria-labelledby={id}>
        {items.map(children)}
      </ul>
    </section>
  )
}

interface CheckRowProps {
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly word?: string
  /** What was checked. */
  readonly children: ReactNode
  /** What there was to see, below it. */
  readonly detail?: ReactNode
}

function CheckRow({ outcome, word, children, detail }: CheckRowProps) {
  return (
    <li className={styles.row} data-outcome={outcome}>
      <span className={styles.verdict}>
        <Verdict outcome={outcome} {...(word !== undefined && { word })} />
      </span>
      <div className={styles.said}>
        <div className={styles.what}>{children}</div>
        {detail !== undefined && detail !== null && <div className={styles.detail}>{detail}</div>}
      </div>
    </li>
  )
}

function Assertion({ result }: { readonly result: AssertionResult }) {
  const { expression, operator, value, actual, passed, problem, row } = result
  const known = ASSERTION_OPERATORS.find(({ name }) => name === operator)
  const isGate = row === undefined
  return (
    <CheckRow
      outcome={passed ? 'passed' : 'failed'}
      detail={(problem && told(problem)) ?? (passed && !isGate ? null : <Actual value={actual} />)}
    >
      {isGate ? (
        <>{rich`Status is below 400 ${(<code className={styles.code}>raise_for_status()</code>)}`}</>
      ) : (
        <>
          <code className={styles.code}>{expression}</code> {known ? told(known.words) : operator}
          {known?.unary !== true && <code className={styles.code}> {value === '' ? t`(empty)` : value}</code>}
        </>
      )}
    </CheckRow>
  )
}

function Actual({ value }: { readonly value: string | null }) {
  return (
    <>
      {t`Actual:`} {value === null ? <em>{t`nothing`}</em> : <code className={styles.code}>{value === '' ? t`(empty)` : value}</code>}
    </>
  )
}

function Captured({ result: { name, scope, value, problem } }: { readonly result: CaptureResult }) {
  const where = CAPTURE_SCOPE_OPTIONS.find((option) => option.value === scope)?.label ?? scope
  return (
    <CheckRow
      outcome={problem === undefined ? 'passed' : 'failed'}
      word={problem === undefined ? t`Captured` : t`Not captured`}
      detail={problem === undefined ? undefined : told(problem)}
    >
      <code className={styles.code}>{name}</code>
      {value !== null && (
        <>
          {' = '}
          <code className={styles.code}>{value}</code>
        </>
      )}{' '}
      <span className={styles.place}>{where}</span>
    </CheckRow>
  )
}

function Test({ test: { name, passed, skipped, message } }: { readonly test: TestResult }) {
  return (
    <CheckRow outcome={skipped === true ? 'skipped' : passed ? 'passed' : 'failed'} detail={message}>
      {name}
    </CheckRow>
  )
}
