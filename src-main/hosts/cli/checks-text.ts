/** What an answer's checks came to, as lines for a terminal: what did not hold, with what was expected beside what is there. */
import { ASSERTION_OPERATORS } from '#contract/model/assertion.ts'
import type { AssertionResult, Checks, ScriptPlace } from '#contract/model/checks.ts'
import { countChecks } from '#contract/model/check-count.ts'

/** Longest value on a line, in UTF-16 units. */
const SHOWN = 200

/** Lines for standard error; none where nothing was checked or everything is well and silent. */
export function checksText(checks: Checks | undefined): string[] {
  if (!checks) return []
  const { passed, failed } = countChecks(checks)
  return [
    ...checks.messages,
    ...checks.console.map(({ level, text }) => (level === 'log' ? text : `${level}: ${text}`)),
    ...checks.assertions.filter((one) => !one.passed).map(assertionLine),
    ...checks.tests.filter((one) => !one.passed && one.skipped !== true).map(({ name, message }) => `\u2717 ${name}${because(message)}`),
    ...checks.captured.flatMap(({ name, problem }) => (problem === undefined ? [] : [`\u2717 ${name} was not captured: ${problem}`])),
    ...checks.faults.map(({ message, from, line }) => `\u2717 ${placeWords(from)}${line === null ? '' : `, line ${line}`}: ${message}`),
    ...(failed > 0 ? [`${failed} of ${passed + failed} checks failed`] : []),
  ]
}

/** `✗ res.status equals 200: it is 404` */
function assertionLine({ expression, operator, value, actual, problem }: AssertionResult): string {
  const words = ASSERTION_OPERATORS.find(({ name }) => name === operator)?.words ?? operator
  const expected = value === '' ? '' : ` ${oneLine(value)}`
  return `\u2717 ${oneLine(expression)} ${words}${expected}: ${problem ?? (actual === null ? 'there is nothing' : `it is ${oneLine(actual)}`)}`
}

function because(message: string | undefined): string {
  return message === undefined ? '' : `: ${message}`
}

function placeWords({ type, of }: ScriptPlace): string {
  return of === undefined ? `Script ${type}` : `Script ${type} of ${of}`
}

function oneLine(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length > SHOWN ? `${plain.slice(0, SHOWN - 1)}…` : plain
}
