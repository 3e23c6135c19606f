/**
 * All checks of one answer: the gate, the assertions, what is shown for its status, and the values that are to be captured
 * (which are put into variables elsewhere). Nothing here throws for what an answer or a person's texts hold: whatever cannot
 * be told is a problem in words.
 */
import type { Assertion } from '#contract/model/assertion.ts'
import { isUnary } from '#contract/model/assertion.ts'
import type { Capture, StatusMessage } from '#contract/model/capture.ts'
import { SHOWN_VALUE, type AssertionResult } from '#contract/model/checks.ts'
import type { Exchange, ReceivedResponse } from '#contract/model/exchange.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { CoreError } from '../lib/core-error.ts'
import type { Expression, NotUnderstood } from './expression.ts'
import { operatorOf, type OperatorTools, type Verdict } from './operators.ts'
import { parseExpression } from './parse-expression.ts'
import { answerOf, gateValue, planReads, readValue, type Answer, type AnswerDeps } from './read-value.ts'
import { firstMatch } from './regex.ts'
import { statusFits } from './status-fits.ts'
import { problem, textOfValue, type Actual, type CheckProblem } from './value.ts'

export type CheckedRequest = Pick<RequestDocument, 'assertions' | 'raiseForStatus' | 'captures' | 'statusMessages'>

export interface CheckDeps extends AnswerDeps {
  /** A text with its references filled in, or what is wrong with one. */
  readonly fill: (text: string) => string | CheckProblem
  /** What JavaScript comes to, for an expression that is none of ours; absent: there is nobody who could tell. */
  readonly evaluate?: (expression: string) => Promise<Actual | CheckProblem>
}

/** A value that is to be kept. */
export interface CapturedValue {
  readonly row: number
  readonly capture: Capture
  /** Null: there is none, and why. */
  readonly value: string | null
  readonly problem?: string
}

export interface CheckedAnswer {
  readonly assertions: readonly AssertionResult[]
  readonly messages: readonly string[]
  readonly captures: readonly CapturedValue[]
}

/** Whether a request asks for anything. */
export function asksForChecks({ assertions, raiseForStatus, captures, statusMessages }: CheckedRequest): boolean {
  const isSome = (rows: readonly { readonly enabled: boolean }[] | undefined): boolean => rows?.some(({ enabled }) => enabled) === true
  return raiseForStatus === true || isSome(assertions) || isSome(captures) || isSome(statusMessages)
}

export async function runChecks(
  request: CheckedRequest,
  exchange: Exchange,
  response: ReceivedResponse,
  deps: CheckDeps,
): Promise<CheckedAnswer> {
  const answer = answerOf(exchange, response, deps)
  const gate = request.raiseForStatus === true ? [gateResult(response)] : []
  const isOpen = gate.every(({ passed }) => passed)
  const asked = enabledRows(request.assertions)
  const wanted = isOpen ? enabledRows(request.captures) : []
  const shown = (request.statusMessages ?? []).filter(({ enabled, status }) => enabled && statusFits(status, response.status))
  const texts = [
    ...asked.map(({ entry }) => entry.expression),
    ...wanted.map(({ entry }) => entry.expression),
    ...shown.map(({ show }) => show),
  ]
  planReads(
    answer,
    texts.map((text) => parseExpression(text)).filter((one) => one.kind === 'expression'),
  )
  const assertions: AssertionResult[] = [...gate]
  for (const { entry, row } of asked) assertions.push({ ...(await asserted(entry, answer, deps)), row })
  const messages: string[] = []
  for (const message of shown) messages.push(await messageFor(message, answer, deps))
  const captures: CapturedValue[] = []
  for (const { entry, row } of wanted) captures.push(await captured(entry, row, answer, deps))
  return { assertions, messages: messages.filter((text) => text !== ''), captures }
}

/** The row of the gate stands first, with the status beside it. */
function gateResult(response: ReceivedResponse): AssertionResult {
  const { value, shown } = gateValue(response)
  return { expression: 'res.raise_for_status()', operator: 'passes', value: '', actual: shown ?? null, passed: value === true }
}

function enabledRows<T extends { readonly enabled: boolean }>(
  rows: readonly T[] | undefined,
): { readonly entry: T; readonly row: number }[] {
  return (rows ?? []).map((entry, row) => ({ entry, row })).filter(({ entry }) => entry.enabled)
}

async function asserted({ expression, operator, value }: Assertion, answer: Answer, deps: CheckDeps): Promise<AssertionResult> {
  const filled = isUnary(operator) ? '' : deps.fill(value)
  const asked = { expression, operator, value: typeof filled === 'string' ? filled : value }
  const failed = (message: string, actual: Actual | null = null): AssertionResult => ({
    ...asked,
    actual: actual && shownText(actual),
    passed: false,
    problem: message,
  })
  const judge = operatorOf(operator)
  if (!judge) return failed(`There is no operator “${operator.slice(0, 50)}”.`)
  if (typeof filled !== 'string') return failed(filled.message)
  const actual = await valueOf(expression, answer, deps)
  if (actual.kind === 'problem') {
    const isTold = NOTHING_IS_TOLD[operator]
    return isTold === undefined || actual.isHard ? failed(actual.message) : { ...asked, actual: null, passed: isTold }
  }
  const verdict = await judge(actual, filled, toolsFor(deps))
  if (typeof verdict === 'object') return failed(verdict.message, actual)
  return { ...asked, actual: shownText(actual), passed: verdict }
}

/** Where a body has no such value because it is no JSON at all, it still can be told that the value is not there. */
const NOTHING_IS_TOLD: Readonly<Record<string, boolean | undefined>> = {
  isUndefined: true,
  notExists: true,
  isDefined: false,
  exists: false,
}

function toolsFor({ worker, signal }: CheckDeps): OperatorTools {
  return {
    test: (pattern, flags, text) => {
      const matched = firstMatch(pattern, flags, text, worker, signal)
      return matched instanceof Promise ? matched.then(verdictOf) : verdictOf(matched)
    },
  }
}

function verdictOf(matched: Awaited<ReturnType<typeof firstMatch>>): Verdict {
  return matched.kind === 'problem' ? matched : matched.match !== null
}

async function captured(capture: Capture, row: number, answer: Answer, deps: CheckDeps): Promise<CapturedValue> {
  const actual = await valueOf(capture.expression, answer, deps)
  if (actual.kind === 'problem') return { row, capture, value: null, problem: actual.message }
  if (actual.kind === 'large') return { row, capture, value: null, problem: 'It is too large for a variable.' }
  const value = textOfValue(actual)
  return value === null ? { row, capture, value, problem: 'The answer has no such value.' } : { row, capture, value }
}

/** A text that is no expression is shown as it is. */
async function messageFor({ show }: StatusMessage, answer: Answer, deps: CheckDeps): Promise<string> {
  if (parseExpression(show).kind === 'unknown') {
    const filled = deps.fill(show)
    return (typeof filled === 'string' ? filled : show).slice(0, SHOWN_VALUE)
  }
  const actual = await valueOf(show, answer, deps)
  if (actual.kind === 'problem') return `${show}: ${actual.message}`
  return shownText(actual) ?? `${show}: the answer has no such value.`
}

type Hard = CheckProblem & { readonly isHard: boolean }

/** The value of an expression. What goes wrong in getting it is a problem, a cancelled check excepted. */
async function valueOf(text: string, answer: Answer, deps: CheckDeps): Promise<Actual | Hard> {
  const filled = text.includes('{{') ? deps.fill(text) : text
  if (typeof filled !== 'string') return { ...filled, isHard: true }
  const expression = parseExpression(filled)
  try {
    const found = expression.kind === 'unknown' ? await evaluated(filled, expression, deps) : await readValue(expression, answer)
    return found.kind === 'problem' ? { ...found, isHard: !isPath(expression) } : found
  } catch (error) {
    if (error instanceof CoreError && error.kind !== 'Cancelled') return { ...problem(error.message), isHard: true }
    throw error
  }
}

function isPath(expression: Expression | NotUnderstood): boolean {
  return expression.kind === 'expression' && (expression.source.kind === 'body' || expression.source.kind === 'loose')
}

async function evaluated(text: string, unknown: NotUnderstood, { evaluate }: CheckDeps): Promise<Actual | CheckProblem> {
  if (evaluate) return evaluate(text)
  return problem(`The expression is not understood at character ${unknown.position + 1}: ${unknown.message}`)
}

function shownText(actual: Actual): string | null {
  const text = actual.kind === 'value' && actual.shown !== undefined ? actual.shown : textOfValue(actual)
  return text === null || text.length <= SHOWN_VALUE ? text : `${text.slice(0, SHOWN_VALUE - 1)}…`
}
