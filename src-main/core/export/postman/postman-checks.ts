/**
 * Assertions, the gate and the captures of a request as lines of a script, which is all that Postman has for them. A last
 * line, a comment, says them in Posthaste's words, so that an import has the rows again.
 *
 * @see https://learning.postman.com/docs/tests-and-scripts/write-scripts/postman-sandbox-api-reference/
 */
import type { Assertion } from '#contract/model/assertion.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import { operatorNames } from '../../checks/operator-names.ts'
import { patternOf } from '../../checks/expected.ts'
import { withChecksComment } from '../../lib/checks-comment.ts'
import { answerValue, isTextual, type AnswerValue } from '../../checks/answer-value.ts'
import { endCodes, hasReference, numberCode, partCode, valueCode, valueCodes } from '../expected-code.ts'

/** Postman has no variables of folders, and its `pm.variables` end with a request. */
const SCOPES: Readonly<Record<string, string>> = {
  runtime: 'pm.environment',
  environment: 'pm.environment',
  folder: 'pm.collectionVariables',
  collection: 'pm.collectionVariables',
}

interface CheckNotes {
  readonly lost: (message: string) => void
  readonly changed: (message: string) => void
}

/** A script of them; none where there is nothing to say. */
export function postmanChecks(document: RequestDocument, { lost, changed }: CheckNotes): Script[] {
  const { raiseForStatus, assertions = [], captures = [] } = document
  const gate = raiseForStatus === true ? ["pm.test('raise_for_status', () => pm.expect(pm.response.code).to.be.below(400))"] : []
  const tests = assertions
    .filter(({ enabled }) => enabled)
    .flatMap((assertion) => {
      const code = testOf(assertion)
      const title = titleOf(assertion)
      if (code === null) lost(`The assertion ${title} is kept in a comment: Postman's scripts cannot look at that.`)
      if (looksInBody(assertion))
        changed(`The assertion ${title} looks in the text of the body: names of its JSON are not told from other text.`)
      return code === null ? [] : [`pm.test(${JSON.stringify(title)}, () => ${code})`]
    })
  const sets = captures
    .filter(({ enabled }) => enabled)
    .flatMap(({ name, expression, scope }) => {
      const value = answerValue(expression)
      const code = value && actualCode(value, '')
      if (code === null) lost(`The capture of ${expression} is kept in a comment: Postman's scripts cannot look at that.`)
      const holder = (Object.hasOwn(SCOPES, scope) ? SCOPES[scope] : undefined) ?? 'pm.environment'
      return code === null ? [] : [`${holder}.set(${JSON.stringify(name)}, ${code})`]
    })
  const isGuarded = raiseForStatus === true && sets.length > 0
  const guarded = isGuarded ? ['if (pm.response.code < 400) {', ...sets.map((line) => `  ${line}`), '}'] : sets
  const lines = [...gate, ...tests, ...guarded]
  if (lines.length === 0 && assertions.length === 0 && captures.length === 0) return []
  return [{ type: 'tests', code: withChecksComment(lines, { raiseForStatus: raiseForStatus === true, assertions, captures }) }]
}

/** Here, an object contains its names. */
function looksInBody({ expression, operator }: Assertion): boolean {
  const value = answerValue(expression)
  return value?.kind === 'body' && value.steps.length === 0 && operatorNames(operator).positive === 'contains'
}

function titleOf({ expression, operator, value }: Assertion): string {
  return [expression.trim(), operator, value.trim()].filter((part) => part !== '').join(' ')
}

/** @param link what stands in front of a step: `?` lets a value be missing, so that what compares it says so */
function actualCode(value: AnswerValue, link: '' | '?'): string | null {
  switch (value.kind) {
    case 'status':
      return 'pm.response.code'
    case 'statusText':
      return 'pm.response.status'
    case 'responseTime':
      return 'pm.response.responseTime'
    case 'size':
      return 'pm.response.responseSize'
    case 'text':
      return 'pm.response.text()'
    case 'ok':
      return '(pm.response.code < 400)'
    case 'header':
      return `pm.response.headers.get(${JSON.stringify(value.name)})`
    case 'cookie':
      return `pm.cookies.get(${JSON.stringify(value.name)})`
    case 'body':
      return value.steps.length === 0 && link === ''
        ? 'pm.response.text()'
        : `pm.response.json()${value.steps.map((step) => stepCode(step, link)).join('')}`
    case 'url':
      return null
  }
}

function stepCode(step: string | number, link: '' | '?'): string {
  if (typeof step === 'string' && /^[A-Za-z_$][\w$]*$/.test(step)) return `${link}.${step}`
  return `${link === '?' ? '?.' : ''}[${JSON.stringify(step)}]`
}

/** Operators that look at a text, so that a body is one to them. */
const OF_TEXTS = new Set(['contains', 'startsWith', 'endsWith', 'matches'])

function testOf({ expression, operator, value: typed }: Assertion): string | null {
  const { own, positive } = operatorNames(operator)
  const found = answerValue(expression)
  if (!found) return null
  const isWhole = found.kind === 'body' && found.steps.length === 0
  const looksAtText = OF_TEXTS.has(positive) || (positive === 'eq' && !/^[[{]/.test(typed.trim()))
  if (isWhole && positive === 'isJson') return `pm.expect(() => pm.response.json())${own === positive ? '.to.not' : '.to'}.throw()`
  const value: AnswerValue = isWhole && looksAtText ? { kind: 'text' } : found
  const actual = actualCode(value, '?')
  return actual === null ? null : expectation(actual, isTextual(value), { positive, isNot: own !== positive, typed })
}

interface Comparison {
  readonly positive: string
  readonly isNot: boolean
  readonly typed: string
}

const COMPARED: Readonly<Record<string, string>> = { gt: 'above', gte: 'least', lt: 'below', lte: 'most' }
const TYPES: Readonly<Record<string, string>> = {
  isNull: 'null',
  isUndefined: 'undefined',
  isTruthy: 'ok',
  isEmpty: 'empty',
  isNumber: "a('number')",
  isString: "a('string')",
  isBoolean: "a('boolean')",
  isArray: "an('array')",
  isObject: "an('object')",
}

function expectation(actual: string, isText: boolean, { positive, isNot, typed }: Comparison): string | null {
  const expect = (code: string, not = isNot): string => `pm.expect(${code}).to${not ? '.not' : ''}`
  const asText = `String(${actual})`
  const asNumber = isText ? `Number(${actual})` : actual
  const compared = own(COMPARED, positive)
  const type = own(TYPES, positive)
  if (type !== null) return `${expect(actual)}.be.${type}`
  if (compared !== null) {
    const number = numberCode(typed, textCode)
    return number && `${expect(asNumber)}.be.${compared === 'least' || compared === 'most' ? 'at.' : ''}${compared}(${number})`
  }
  switch (positive) {
    case 'eq': {
      const code = valueCode(typed, isText, textCode)
      if (code === null) return `${expect(actual)}.be.undefined`
      return `${expect(hasReference(typed) && !isText ? asText : actual)}.eql(${code})`
    }
    case 'in': {
      const codes = valueCodes(typed, isText, textCode)
      if (codes.some((code) => code === null || /^[[{]/.test(code))) return null
      return `${expect(hasReference(typed) && !isText ? asText : actual)}.be.oneOf([${codes.join(', ')}])`
    }
    case 'contains': {
      const code = valueCode(typed, isText, textCode)
      return code && `${expect(actual)}.${/^[[{]/.test(code) ? 'deep.' : ''}include(${code})`
    }
    case 'startsWith':
    case 'endsWith':
      return `${expect(`${asText}.${positive}(${partCode(typed, textCode)})`)}.be.true`
    case 'matches': {
      const { pattern, flags } = patternOf(typed)
      return `${expect(asText)}.match(new RegExp(${textCode(pattern)}${flags === '' ? '' : `, ${JSON.stringify(flags)}`}))`
    }
    case 'between': {
      const ends = endCodes(typed, textCode)
      return ends && `${expect(asNumber)}.be.within(${ends.join(', ')})`
    }
    case 'length': {
      const number = numberCode(typed, textCode)
      return number && `${expect(actual)}.have.lengthOf(${number})`
    }
    case 'isJson':
      return `${expect(`typeof ${actual} === 'object' && ${actual} !== null`)}.be.true`
    default:
      return null
  }
}

function textCode(text: string): string {
  return hasReference(text) ? `pm.variables.replaceIn(${JSON.stringify(text)})` : JSON.stringify(text)
}

function own(table: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null
}
