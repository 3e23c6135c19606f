/** What an answer must be: assertions of a request, as OpenCollection and Bruno keep them under `runtime.assertions`. */
import { z } from 'zod'

export const AssertionSchema = z.object({
  /** What is looked at, such as `res.status` or `res.jsonpath('$.items[0].id')`. */
  expression: z.string(),
  /** One of {@link ASSERTION_OPERATORS}, or another that a file has. */
  operator: z.string(),
  /** What it is compared with, as typed; empty for an operator that takes none. */
  value: z.string(),
  enabled: z.boolean(),
  description: z.string().optional(),
})
export type Assertion = z.infer<typeof AssertionSchema>

/** Operators by the names that Bruno gives them, with what they say in words; `unary`: they take no value. */
export const ASSERTION_OPERATORS: readonly { readonly name: string; readonly words: string; readonly unary?: true }[] = [
  { name: 'eq', words: 'equals' },
  { name: 'neq', words: 'does not equal' },
  { name: 'gt', words: 'is greater than' },
  { name: 'gte', words: 'is at least' },
  { name: 'lt', words: 'is less than' },
  { name: 'lte', words: 'is at most' },
  { name: 'in', words: 'is one of' },
  { name: 'notIn', words: 'is none of' },
  { name: 'contains', words: 'contains' },
  { name: 'notContains', words: 'does not contain' },
  { name: 'startsWith', words: 'starts with' },
  { name: 'endsWith', words: 'ends with' },
  { name: 'matches', words: 'matches' },
  { name: 'notMatches', words: 'does not match' },
  { name: 'between', words: 'is between' },
  { name: 'length', words: 'has length' },
  { name: 'isEmpty', words: 'is empty', unary: true },
  { name: 'isNotEmpty', words: 'is not empty', unary: true },
  { name: 'isNull', words: 'is null', unary: true },
  { name: 'isUndefined', words: 'is undefined', unary: true },
  { name: 'isDefined', words: 'is defined', unary: true },
  { name: 'isTruthy', words: 'is truthy', unary: true },
  { name: 'isFalsy', words: 'is falsy', unary: true },
  { name: 'isJson', words: 'is JSON', unary: true },
  { name: 'isNumber', words: 'is a number', unary: true },
  { name: 'isString', words: 'is a string', unary: true },
  { name: 'isBoolean', words: 'is a boolean', unary: true },
  { name: 'isArray', words: 'is a list', unary: true },
]

/** Whether an operator compares with nothing. */
export function isUnary(operator: string): boolean {
  return ASSERTION_OPERATORS.some(({ name, unary }) => name === operator && unary === true)
}
