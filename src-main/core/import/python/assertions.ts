/** What a script asserts of an answer, as assertions of the request. */
import type { Machine } from './machine.ts'
import { iterated } from './operators.ts'
import { assertOf } from './other-methods.ts'
import { fieldText } from './python-text.ts'
import type { Expression } from './syntax.ts'
import { plain } from './text.ts'
import type { Scope, Value } from './values.ts'

const OPERATORS: Readonly<Record<string, string>> = {
  '==': 'eq',
  is: 'eq',
  '!=': 'neq',
  'is not': 'neq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
}
const MIRRORED: Readonly<Record<string, string>> = { lt: 'gt', lte: 'gte', gt: 'lt', gte: 'lte' }

/** Takes an assertion over. False where it is none of an answer, or of a kind that there is not. */
export function asserted(test: Expression, scope: Scope, machine: Machine): boolean {
  if (test.kind === 'binary' && test.operator === 'and') {
    return [test.left, test.right].map((one) => asserted(one, scope, machine)).every(Boolean)
  }
  if (test.kind !== 'binary') return assertHolds(machine.evaluate(test, scope), machine)
  const [left, right] = [machine.evaluate(test.left, scope), machine.evaluate(test.right, scope)]
  return compare(test.operator, left, right, machine)
}

/** `assertEqual(a, b)` and its like of unittest; null where it is none of them. */
export function assertedCall(name: string, args: readonly Value[], machine: Machine): boolean | null {
  const operators: Readonly<Record<string, string>> = {
    assertEqual: '==',
    assertEquals: '==',
    assertNotEqual: '!=',
    assertIn: 'in',
    assertNotIn: 'not in',
    assertLess: '<',
    assertGreater: '>',
    assertLessEqual: '<=',
    assertGreaterEqual: '>=',
  }
  const [left, right] = args
  if (name === 'assertTrue' && left) return assertHolds(left, machine)
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (operator === undefined || !left || !right) return null
  return compare(operator, left, right, machine)
}

function assertHolds(value: Value, machine: Machine): boolean {
  const request =
    value.kind === 'answer' ? value.request : value.kind === 'unknown' && value.path?.expression === 'res.ok' ? value.path.request : null
  if (request === null) return false
  assertOf(machine, request, 'res.status', 'lt', '400')
  return true
}

function compare(operator: string, left: Value, right: Value, machine: Machine): boolean {
  if (operator === 'in' || operator === 'not in') return membership(operator, left, right, machine)
  const known = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
  if (known === undefined) return false
  if (left.kind === 'unknown' && left.path) return put(left.path, known, right, machine)
  if (right.kind === 'unknown' && right.path) return put(right.path, MIRRORED[known] ?? known, left, machine)
  return false
}

function membership(operator: string, left: Value, right: Value, machine: Machine): boolean {
  if (right.kind === 'unknown' && right.path) return put(right.path, operator === 'in' ? 'contains' : 'notContains', left, machine)
  const items = left.kind === 'unknown' && left.path ? iterated(right) : null
  if (!items || left.kind !== 'unknown' || !left.path) return false
  const texts = items.map(literal)
  if (texts.includes(null)) return false
  assertOf(machine, left.path.request, left.path.expression, operator === 'in' ? 'in' : 'notIn', texts.join(', '))
  return true
}

function put(path: { readonly request: number; readonly expression: string }, operator: string, value: Value, machine: Machine): boolean {
  if (value.kind === 'none') {
    if (operator !== 'eq' && operator !== 'neq') return false
    assertOf(machine, path.request, path.expression, operator === 'eq' ? 'isNull' : 'isDefined', '')
    return true
  }
  const text = literal(value)
  if (text === null || path.expression === 'res.ok') return false
  assertOf(machine, path.request, path.expression, operator, text)
  return true
}

function literal(value: Value): string | null {
  if (value.kind === 'bool') return value.value ? 'true' : 'false'
  if (value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'str') return null
  const text = fieldText(value)
  return text === null ? null : plain(text)
}
