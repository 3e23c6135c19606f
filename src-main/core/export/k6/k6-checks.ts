/** Assertions of a request as checks of k6, as far as they say what a script can look at. */
import type { Assertion } from '#contract/model/assertion.ts'
import { jsText, quoted } from './js-text.ts'

/**
 * The line of an object for `check`.
 *
 * @returns null where it looks at what k6 does not give, or compares in a way that is not known
 */
export function checkLine({ expression, operator, value }: Assertion): string | null {
  const actual = actualOf(expression.trim())
  const test = actual === null ? null : testOf(actual, operator, value)
  return test === null ? null : `${quoted(`${expression} ${operator}${value === '' ? '' : ` ${value}`}`)}: (r) => ${test},`
}

/** What a script has of an answer, which it calls `r`; null: k6 does not give it. */
export function actualOf(expression: string, r = 'r'): string | null {
  if (/^res\.status(?:Code)?$/.test(expression)) return `${r}.status`
  if (/^res\.(?:statusText|reason)$/.test(expression)) return `${r}.status_text`
  if (/^res\.responseTime$/.test(expression)) return `${r}.timings.duration`
  if (/^res\.(?:text|body)$/.test(expression)) return expression === 'res.body' ? `bodyOf(${r})` : `${r}.body`
  if (/^res\.size$/.test(expression)) return `(${r}.body || '').length`
  if (/^res\.url$/.test(expression)) return `${r}.url`
  const header = /^res\.headers(?:\.([\w-]+)|\[(['"])([^'"\]]+)\2\])$/.exec(expression)
  if (header) return `headerOf(${r}, ${quoted((header[1] ?? header[3] ?? '').toLowerCase())})`
  const path = /^res\.body((?:\.[A-Za-z_$][\w$]*|\[\d+\]|\[(['"])[^'"\]]+\2\])+)$/.exec(expression)?.[1]
  if (path !== undefined) return `at(bodyOf(${r}), ${JSON.stringify(pathKeys(path))})`
  const plain = /^res\.jsonpath\((['"])\$((?:\.[A-Za-z_$][\w$]*|\[\d+\])*)\1\)$/.exec(expression)?.[2]
  return plain === undefined ? null : `at(bodyOf(${r}), ${JSON.stringify(pathKeys(plain))})`
}

function pathKeys(path: string): string[] {
  return [...path.matchAll(/\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\[(['"])([^'"\]]+)\3\]/g)].map((match) => match[1] ?? match[2] ?? match[4] ?? '')
}

const COMPARED: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' }

function testOf(actual: string, operator: string, typed: string): string | null {
  const value = literal(typed)
  const compared = Object.hasOwn(COMPARED, operator) ? COMPARED[operator] : undefined
  if (compared !== undefined) return `Number(${actual}) ${compared} Number(${value})`
  const text = jsText(typed)
  switch (operator) {
    case 'eq':
      return `same(${actual}, ${value})`
    case 'neq':
      return `!same(${actual}, ${value})`
    case 'contains':
      return `String(${actual}).includes(${text})`
    case 'notContains':
      return `!String(${actual}).includes(${text})`
    case 'startsWith':
      return `String(${actual}).startsWith(${text})`
    case 'endsWith':
      return `String(${actual}).endsWith(${text})`
    case 'matches':
      return `matches(${actual}, ${text})`
    case 'notMatches':
      return `!matches(${actual}, ${text})`
    case 'in':
      return `[${listed(typed)}].some((one) => same(${actual}, one))`
    case 'notIn':
      return `![${listed(typed)}].some((one) => same(${actual}, one))`
    case 'between': {
      const [low = '', high = ''] = typed.split(',').map((part) => part.trim())
      return `Number(${actual}) >= Number(${literal(low)}) && Number(${actual}) <= Number(${literal(high)})`
    }
    case 'length':
      return `${actual} != null && ${actual}.length === Number(${value})`
    default:
      return unaryTest(actual, operator)
  }
}

function unaryTest(actual: string, operator: string): string | null {
  const tests: Readonly<Record<string, string>> = {
    isEmpty: `isEmpty(${actual})`,
    isNotEmpty: `!isEmpty(${actual})`,
    isNull: `${actual} === null`,
    isUndefined: `${actual} === undefined`,
    isDefined: `${actual} !== undefined`,
    isTruthy: `Boolean(${actual})`,
    isFalsy: `!${actual}`,
    isJson: `typeof ${actual} === 'object' && ${actual} !== null`,
    isNumber: `typeof ${actual} === 'number'`,
    isString: `typeof ${actual} === 'string'`,
    isBoolean: `typeof ${actual} === 'boolean'`,
    isArray: `Array.isArray(${actual})`,
  }
  return Object.hasOwn(tests, operator) ? (tests[operator] ?? null) : null
}

function listed(typed: string): string {
  const inside = typed.trim().replace(/^\[|\]$/g, '')
  return inside
    .split(',')
    .map((part) => literal(part.trim().replace(/^(['"])(.*)\1$/, '$2')))
    .join(', ')
}

/** Numbers, true, false and null are themselves, all else a text. */
function literal(typed: string): string {
  const plain = typed.trim()
  if (/^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?|true|false|null)$/.test(plain)) return plain
  return jsText(/^(['"]).*\1$/s.test(plain) ? plain.slice(1, -1) : typed)
}
