/** What became of the checks of an answer: assertions, captures, tests of scripts, and scripts that broke. */
import FlaskConical from 'lucide-react/icons/flask-conical'
import { use, useId, type ReactNode } from 'react'
import { ASSERTION_OPERATORS } from '#contract/model/assertion.ts'
import {
  countChecks,
  type AssertionResult,
  type CaptureResult,
  type Checks,
  type ScriptFault,
  type TestResult,
} from '#contract/model/checks.ts'
import { CAPTURE_SCOPE_OPTIONS } from '../../lib/capture-scopes.ts'
import { byScript } from '../../lib/script-words.ts'
import { useFocusStore } from '../../stores/focus-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { ScriptLine } from './script-line.tsx'
import styles from './tests-panel.module.css'
import { UsedIn } from './used-in.ts'

export function TestsPanel({ checks }: { readonly checks: Checks | undefined }) {
  const draftId = use(UsedIn)
  if (checks === undefined || isEmpty(checks)) {
    return (
      <EmptyState icon={<FlaskConical />} title="Nothing was tested">
        <span>Say under Tests what the answer must be, or write a test in a script; both are checked at each send.</span>
        {draftId !== null && (
          <Button onClick={() => useFocusStore.getState().ask(draftId, { section: 'tests', row: 0, field: 'name' })}>
            Add an assertion
          </Button>
        )}
      </EmptyState>
    )
  }
  const { passed, failed } = countChecks(checks)
  const { assertions, captured, tests, faults } = checks
  return (
    <div className={styles.panel} role="group" aria-label="Results of tests" tabIndex={0}>
      <p className={styles.summary} role="status" aria-label="Tests">
        {failed === 0 ? <Verdict outcome="passed" word={`All ${passed} passed`} /> : <Verdict outcome="failed" word={`${failed} failed`} />}
        {failed > 0 && <span>{passed} passed</span>}
      </p>
      <Group title="Scripts that broke" items={faults}>
        {(fault, index) => <Fault key={index} fault={fault} />}
      </Group>
      <Group title="Assertions" items={assertions}>
        {(result, index) => <Assertion key={index} result={result} />}
      </Group>
      <Group title="Captures" items={captured}>
        {(result, index) => <Captured key={index} result={result} />}
      </Group>
      {byScript(tests).map(([words, ofScript]) => (
        <Group key={words} title={words} items={ofScript}>
          {(test, index) => <Test key={index} test={test} />}
        </Group>
      ))}
    </div>
  )
}

/** Whether nothing was asked of the answer: messages are shown above it. */
function isEmpty({ assertions, captured, tests, faults }: Checks): boolean {
  return assertions.length + captured.length + tests.length + faults.length === 0
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
    <CheckRow outcome={passed ? 'passed' : 'failed'} detail={problem ?? (passed && !isGate ? null : <Actual value={actual} />)}>
      {isGate ? (
        <>
          Status is below 400 <code className={styles.code}>raise_for_status()</code>
        </>
      ) : (
        <>
          <code className={styles.code}>{expression}</code> {known?.words ?? operator}
          {known?.unary !== true && <code className={styles.code}> {value === '' ? '(empty)' : value}</code>}
        </>
      )}
    </CheckRow>
  )
}

function Actual({ value }: { readonly value: string | null }) {
  return <>Actual: {value === null ? <em>nothing</em> : <code className={styles.code}>{value === '' ? '(empty)' : value}</code>}</>
}

function Captured({ result: { name, scope, value, problem } }: { readonly result: CaptureResult }) {
  const where = CAPTURE_SCOPE_OPTIONS.find((option) => option.value === scope)?.label ?? scope
  return (
    <CheckRow
      outcome={problem === undefined ? 'passed' : 'failed'}
      word={problem === undefined ? 'Captured' : 'Not captured'}
      detail={problem}
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

function Fault({ fault: { message, from, line, column } }: { readonly fault: ScriptFault }) {
  return (
    <CheckRow outcome="failed" word="Broke" detail={<ScriptLine from={from} line={line} column={column} />}>
      {message}
    </CheckRow>
  )
}
