/** What was checked of one result of a run, as lists of it have it: a line for each check, whatever its kind. */
import type { AssertionResult } from './checks.ts'
import { isUnary } from './assertion.ts'
import type { RunResult } from './run.ts'

export interface CheckLine {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** Of an assertion that did not hold. */
  readonly expected?: string
  readonly actual?: string
  /** Why it failed, where that is not said by the two. */
  readonly message?: string
}

/** Of a result without any check, that it was answered is the one. */
export function checksOf({ checks, error, outcome, problem }: RunResult): CheckLine[] {
  const lines: CheckLine[] = [
    ...(checks?.assertions ?? []).map(assertionLine),
    ...(checks?.tests ?? []).map(({ name, passed, skipped, message }): CheckLine => ({
      name,
      outcome: skipped === true ? 'skipped' : passed ? 'passed' : 'failed',
      ...(message !== undefined && { message }),
    })),
    ...(checks?.captured ?? []).flatMap(({ name, problem: lost }): CheckLine[] =>
      lost === undefined ? [] : [{ name: `capture of ${name}`, outcome: 'failed', message: lost }],
    ),
    ...(checks?.faults ?? []).map(({ message, from, line }): CheckLine => ({
      name: `script ${from.type}${from.of === undefined ? '' : ` of ${from.of}`}`,
      outcome: 'failed',
      message: line === null ? message : `${message} (line ${line})`,
    })),
  ]
  if (outcome === 'skipped') return [{ name: 'was skipped', outcome: 'skipped' }]
  const isExplained = error === null && lines.some((line) => line.outcome === 'failed')
  if (outcome === 'failed' && !isExplained)
    return [
      error
        ? { name: 'is answered', outcome: 'failed', message: error.message }
        : { name: 'status is below 400', outcome: 'failed', message: problem ?? '' },
      ...lines,
    ]
  return lines.length > 0 ? lines : [{ name: 'is answered', outcome: 'passed' }]
}

function assertionLine({ expression, operator, value, actual, passed, problem }: AssertionResult): CheckLine {
  const name = `${expression} ${operator}${isUnary(operator) || value === '' ? '' : ` ${value}`}`
  if (passed) return { name, outcome: 'passed' }
  if (problem !== undefined) return { name, outcome: 'failed', message: problem }
  return { name, outcome: 'failed', expected: expectedWords(operator, value), actual: actual ?? 'nothing' }
}

function expectedWords(operator: string, value: string): string {
  if (isUnary(operator)) return operator
  return operator === 'eq' ? value : `${operator} ${value}`.trimEnd()
}
