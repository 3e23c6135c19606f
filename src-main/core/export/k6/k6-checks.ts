/** Assertions of a request as checks of k6, as far as they say what a script can look at; they mean what they mean here. */
import type { Assertion } from '#contract/model/assertion.ts'
import { patternOf } from '../../checks/expected.ts'
import { operatorNames } from '../../checks/operator-names.ts'
import { answerValue, isTextual, type AnswerValue } from '../../checks/answer-value.ts'
import { endCodes, hasReference, numberCode, partCode, valueCode, valueCodes } from '../expected-code.ts'
import { jsText, nameText, quoted } from './js-text.ts'

/**
 * The line of an object for `check`.
 *
 * @returns null where it looks at what k6 does not give, or compares in a way that is not known
 */
export function checkLine({ expression, operator, value }: Assertion): string | null {
  const test = testOf({ expression, operator, value })
  return test === null ? null : `${nameText(`${expression} ${operator}${value === '' ? '' : ` ${value}`}`)}: (r) => ${test},`
}

/** What a script has of an answer, which it calls `r`; null: k6 does not give it. */
export function actualOf(expression: string, r = 'r'): string | null {
  const value = answerValue(expression)
  return value && actualCode(value, r)
}

/** Milliseconds below which every answer has to be; null: the assertion says something else. */
export function longestMs({ expression, operator, value }: Assertion): { readonly sign: '<' | '<='; readonly ms: string } | null {
  const { own } = operatorNames(operator)
  const ms = answerValue(expression)?.kind === 'responseTime' && !hasReference(value) ? numberCode(value, jsText) : null
  return ms !== null && (own === 'lt' || own === 'lte') ? { sign: own === 'lt' ? '<' : '<=', ms } : null
}

function actualCode(value: AnswerValue, r: string): string {
  switch (value.kind) {
    case 'status':
      return `${r}.status`
    case 'statusText':
      return `${r}.status_text.replace(/^\\d+ ?/, '')`
    case 'ok':
      return `(${r}.status < 400)`
    case 'responseTime':
      return `${r}.timings.duration`
    case 'text':
      return `(${r}.body || '')`
    case 'size':
      return `(${r}.body || '').length`
    case 'url':
      return `${r}.url`
    case 'header':
      return `headerOf(${r}, ${quoted(value.name)})`
    case 'cookie':
      return `((${r}.cookies[${quoted(value.name)}] || [])[0] || {}).value`
    case 'body':
      return value.steps.length === 0 ? `bodyOf(${r})` : `at(bodyOf(${r}), ${JSON.stringify(value.steps)})`
  }
}

/** Operators that look at a text, so that a body is one to them. */
const OF_TEXTS = new Set(['startsWith', 'endsWith', 'matches'])

function testOf({ expression, operator, value: typed }: Pick<Assertion, 'expression' | 'operator' | 'value'>): string | null {
  const { own, positive } = operatorNames(operator)
  const found = answerValue(expression)
  if (!found) return null
  const isWhole = found.kind === 'body' && found.steps.length === 0
  const value: AnswerValue = isWhole && OF_TEXTS.has(positive) ? { kind: 'text' } : found
  const test = positiveTest(actualCode(value, 'r'), isTextual(value), positive, typed)
  return test !== null && own !== positive ? `!${/^[\w.]+\([^()]*\)$/.test(test) ? test : `(${test})`}` : test
}

const COMPARED: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' }

function positiveTest(actual: string, isText: boolean, operator: string, typed: string): string | null {
  const compared = Object.hasOwn(COMPARED, operator) ? COMPARED[operator] : undefined
  if (compared !== undefined) {
    const number = numberCode(typed, jsText)
    return number && `Number(${actual}) ${compared} ${number}`
  }
  // What a reference stands for is known as a text alone.
  const asText = hasReference(typed) && !isText ? `String(${actual})` : actual
  switch (operator) {
    case 'eq': {
      const code = valueCode(typed, isText, jsText)
      return code === null ? `${actual} === undefined` : `same(${asText}, ${code})`
    }
    case 'in': {
      const codes = valueCodes(typed, isText, jsText).map((code) => code ?? 'undefined')
      return `[${codes.join(', ')}].some((one) => same(${asText}, one))`
    }
    case 'contains':
      return `has(${actual}, ${valueCode(typed, isText, jsText) ?? "'undefined'"})`
    case 'startsWith':
    case 'endsWith':
      return `String(${actual}).${operator}(${partCode(typed, jsText)})`
    case 'matches': {
      const { pattern, flags } = patternOf(typed)
      return `matches(${actual}, ${jsText(pattern)}${flags === '' ? '' : `, ${quoted(flags)}`})`
    }
    case 'between': {
      const ends = endCodes(typed, jsText)
      return ends && `Number(${actual}) >= ${ends[0]} && Number(${actual}) <= ${ends[1]}`
    }
    case 'length': {
      const number = numberCode(typed, jsText)
      return number && `lengthOf(${actual}) === ${number}`
    }
    default:
      return unaryTest(actual, operator)
  }
}

function unaryTest(actual: string, operator: string): string | null {
  const tests: Readonly<Record<string, string>> = {
    isEmpty: `lengthOf(${actual}) === 0`,
    isNull: `${actual} === null`,
    isUndefined: `${actual} === undefined`,
    isTruthy: `Boolean(${actual})`,
    isJson: `typeof ${actual} === 'object' && ${actual} !== null`,
    isNumber: `typeof ${actual} === 'number'`,
    isString: `typeof ${actual} === 'string'`,
    isBoolean: `typeof ${actual} === 'boolean'`,
    isArray: `Array.isArray(${actual})`,
    isObject: `lengthOf(${actual}) !== null && typeof ${actual} === 'object' && !Array.isArray(${actual})`,
  }
  return Object.hasOwn(tests, operator) ? (tests[operator] ?? null) : null
}
