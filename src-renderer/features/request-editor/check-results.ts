/**
 * What the last answer said of a row that is being edited. Rows change after a send: a result is shown as long as it is
 * of what the row says now. Pure.
 */
import type { Assertion } from '#contract/model/assertion.ts'
import type { Capture } from '#contract/model/capture.ts'
import type { AssertionResult, CaptureResult, Checks } from '#contract/model/checks.ts'

export interface RowCheck {
  readonly actual: string | null
  /** Null: the row compares otherwise since, so that only the actual value is still true. */
  readonly passed: boolean | null
  readonly problem: string | null
}

/** Null where the last answer says nothing of it. */
export function checkOf(row: Assertion, index: number, checks: Checks | undefined): RowCheck | null {
  if (!row.enabled) return null
  const ofRows = checks?.assertions.filter((result) => result.row !== undefined && result.expression === row.expression) ?? []
  const asNow = ofRows.filter((result) => comparesAs(row, result))
  const found = asNow.find((result) => result.row === index) ?? asNow[0]
  if (found) return { actual: found.actual, passed: found.passed, problem: found.problem ?? null }
  // What it was compared with does not matter to what the answer has; why it could not be told may.
  const other = ofRows.find((result) => result.problem === undefined)
  return other ? { actual: other.actual, passed: null, problem: null } : null
}

/** Of the gate `raise_for_status`. */
export function gateOf(checks: Checks | undefined): AssertionResult | null {
  return checks?.assertions.find(({ row }) => row === undefined) ?? null
}

/** Null where nothing was captured under this name the last time. */
export function capturedOf(row: Capture, index: number, checks: Checks | undefined): CaptureResult | null {
  if (!row.enabled) return null
  const ofName = checks?.captured.filter(({ name }) => name === row.name) ?? []
  return ofName.find((result) => result.row === index) ?? ofName[0] ?? null
}

/** A value with references is filled in for each send, so that it need not be the one that was compared with. */
function comparesAs({ operator, value }: Assertion, result: AssertionResult): boolean {
  return result.operator === operator && (result.value === value || value.includes('{{'))
}
