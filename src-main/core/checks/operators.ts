/**
 * What each operator of an assertion means: one table, by Bruno's names. Types count as they do there (`"5"` is not 5),
 * except where everything is text, as in headers; numbers compare by their digits. Regular expressions are handed on, since
 * one may not end.
 */
import type { JsonValue } from '../bodies/lossless-json.ts'
import { compareNumbers } from './decimals.ts'
import { expectedList, expectedOf, patternOf, type Expected } from './expected.ts'
import { operatorNames } from './operator-names.ts'
import { sameValue } from './same-value.ts'
import { known, problem, textOfValue, type Actual, type CheckProblem, type Known } from './value.ts'

export type Verdict = boolean | CheckProblem

export interface OperatorTools {
  /** Whether a text matches; where that is not told in time, a problem. */
  readonly test: (pattern: string, flags: string, text: string) => Verdict | Promise<Verdict>
}

/** @param typed what it is compared with, references filled in */
type Operator = (actual: Known, typed: string, tools: OperatorTools) => Verdict | Promise<Verdict>

const OPERATORS: Readonly<Record<string, Operator>> = {
  eq: (actual, typed) => equals(actual, expectedOf(typed)),
  gt: compared((order) => order > 0),
  gte: compared((order) => order >= 0),
  lt: compared((order) => order < 0),
  lte: compared((order) => order <= 0),
  in: (actual, typed) => expectedList(typed).some((one) => equals(actual, one)),
  contains: (actual, typed) => contains(actual, expectedOf(typed)),
  startsWith: onText((text, start) => text.startsWith(start)),
  endsWith: onText((text, end) => text.endsWith(end)),
  matches: (actual, typed, { test }) => {
    const text = textOfValue(actual)
    const { pattern, flags } = patternOf(typed)
    return text === null ? false : test(pattern, flags, text)
  },
  between: (actual, typed) => {
    const [low, high, ...more] = expectedList(typed)
    if (!low || !high || more.length > 0) return problem('Two numbers belong here, such as 1, 10.')
    const [above, below] = [order(actual, low), order(actual, high)]
    if (typeof above === 'object') return above
    return typeof below === 'object' ? below : above >= 0 && below <= 0
  },
  length: (actual, typed) => {
    const length = lengthOf(actual.value)
    if (length === null) return problem(`${nameOf(actual.value)} has no length.`)
    const expected = expectedOf(typed).value
    return typeof expected === 'number' ? length === expected : problem('A number belongs here.')
  },
  isEmpty: ({ value }) => lengthOf(value) === 0,
  isNull: ({ value }) => value === null,
  isUndefined: ({ value }) => value === undefined,
  isTruthy: ({ value }) => Boolean(value),
  isJson: ({ value, isText }) => (typeof value === 'object' && value !== null) || (isText === true && isJsonText(value)),
  isNumber: ({ value }) => typeof value === 'number',
  isString: ({ value }) => typeof value === 'string',
  isBoolean: ({ value }) => typeof value === 'boolean',
  isArray: ({ value }) => Array.isArray(value),
  isObject: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
}

/** An operator by its name; null where there is none of it. */
export function operatorOf(name: string): ((actual: Actual, typed: string, tools: OperatorTools) => Verdict | Promise<Verdict>) | null {
  const { own, positive } = operatorNames(name)
  const operator = Object.hasOwn(OPERATORS, positive) ? OPERATORS[positive] : undefined
  if (!operator) return null
  const isOpposite = positive !== own
  return (actual, typed, tools) => {
    // chai takes neither side where there is nothing that could be empty.
    if (own === 'isNotEmpty' && actual.kind === 'value' && lengthOf(actual.value) === null) return false
    const verdict = judged(positive, operator, actual, typed, tools)
    if (!isOpposite) return verdict
    return verdict instanceof Promise ? verdict.then(opposite) : opposite(verdict)
  }
}

function opposite(verdict: Verdict): Verdict {
  return typeof verdict === 'boolean' ? !verdict : verdict
}

/** What can be asked of a list of matches as a whole. */
const OF_LISTS = new Set(['length', 'isEmpty', 'isArray'])

function judged(name: string, operator: Operator, actual: Actual, typed: string, tools: OperatorTools): Verdict | Promise<Verdict> {
  switch (actual.kind) {
    case 'value':
      return operator(actual, typed, tools)
    case 'matches': {
      const [only] = actual.items
      if (name === 'length') return actual.total === expectedOf(typed).value
      if (name === 'isEmpty') return actual.total === 0
      if (only === undefined) return name === 'isArray' || operator(known(undefined), typed, tools)
      const list = known(
        actual.items.map(({ value }) => value ?? null),
        textOfList(actual.items),
      )
      if (OF_LISTS.has(name) || actual.total > 1) return listVerdict(name, operator, list, actual.items, typed, tools)
      // A query that finds one thing is that thing, and a list of it.
      const whole = operator(list, typed, tools)
      return whole === true && (name === 'eq' || name === 'contains' || name === 'in') ? true : operator(only, typed, tools)
    }
    case 'large':
      return judgedLarge(name, actual, typed)
  }
}

function listVerdict(
  name: string,
  operator: Operator,
  list: Known,
  items: readonly Known[],
  typed: string,
  tools: OperatorTools,
): Verdict | Promise<Verdict> {
  if (name === 'contains' && items.some((item) => equals(item, expectedOf(typed)))) return true
  return operator(list, typed, tools)
}

function textOfList(items: readonly Known[]): string {
  return textOfValue({ kind: 'matches', items, total: Math.max(2, items.length) }) ?? '[]'
}

function judgedLarge(
  name: string,
  { type, length, contains: search }: Extract<Actual, { kind: 'large' }>,
  typed: string,
): Verdict | Promise<Verdict> {
  switch (name) {
    case 'contains':
      return search ? search(expectedOf(typed).text) : tooLarge()
    case 'length':
      return length === null ? tooLarge() : length === expectedOf(typed).value
    case 'isEmpty':
    case 'isNull':
    case 'isUndefined':
    case 'isNumber':
    case 'isBoolean':
      return false
    case 'isTruthy':
      return true
    case 'isString':
      return type === 'string'
    case 'isArray':
      return type === 'array'
    case 'isObject':
      return type === 'object'
    case 'isJson':
      return type !== 'string'
    default:
      return tooLarge()
  }
}

function tooLarge(): CheckProblem {
  return problem('It is too large to be compared: ask for a part of it, such as res.body.items[0].id.')
}

function equals(actual: Known, expected: Expected): boolean {
  if (sameValue(actual, expected)) return true
  // A number beyond a double's reach is a text as well, as in Bruno: many an API writes its ids so.
  const isLong = typeof expected.value === 'number' && Math.abs(expected.value) > Number.MAX_SAFE_INTEGER
  if (isLong && actual.value === expected.text) return true
  if (actual.isText !== true || typeof actual.value !== 'string') return false
  if (actual.value === expected.text) return true
  return typeof expected.value === 'number' && compareNumbers(actual.value, expected.text) === 0
}

function contains(actual: Known, expected: Expected): Verdict {
  const { value } = actual
  if (typeof value === 'string') return value.includes(expected.text)
  if (Array.isArray(value)) return value.some((item) => sameValue(known(item), expected))
  if (typeof value === 'object' && value !== null) return hasMembers(value, expected)
  return value === undefined ? false : (textOfValue(actual) ?? '').includes(expected.text)
}

/** An object has a name, or everything that another object has. */
function hasMembers(value: { readonly [name: string]: JsonValue }, { value: wanted, text }: Expected): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return Object.hasOwn(value, text)
  return Object.entries(wanted).every(([name, one]) => Object.hasOwn(value, name) && sameValue(known(value[name]), known(one)))
}

function compared(holds: (order: number) => boolean): Operator {
  return (actual, typed) => {
    const found = order(actual, expectedOf(typed))
    return typeof found === 'object' ? found : holds(found)
  }
}

function order({ value, source, isText }: Known, expected: Expected): number | CheckProblem {
  const isNumber = typeof value === 'number' || (isText === true && typeof value === 'string')
  if (!isNumber) return problem(`${nameOf(value)} is not a number.`)
  if (typeof expected.value !== 'number') return problem(`“${expected.text}” is not a number.`)
  const found = compareNumbers(typeof value === 'string' ? value : (source ?? String(value)), expected.text)
  return found ?? problem(`“${String(value).slice(0, 50)}” is not a number.`)
}

function onText(holds: (text: string, part: string) => boolean): Operator {
  return (actual, typed) => {
    const text = textOfValue(actual)
    return text !== null && holds(text, expectedOf(typed).text)
  }
}

function lengthOf(value: JsonValue | undefined): number | null {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : null
}

function nameOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'What is not there'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'A list'
  return typeof value === 'object' ? 'An object' : typeof value === 'string' ? 'A text' : `${String(value)}`
}

function isJsonText(value: JsonValue | undefined): boolean {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return false
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}
