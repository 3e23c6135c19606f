/** Whether a variable's value is what its rules ask for. Messages never hold the value: it may be a secret. */
import type { VariableRules } from '#contract/model/variable.ts'
import { messageOf } from '../lib/core-error.ts'

const TYPES: Readonly<Record<NonNullable<VariableRules['type']>, { readonly is: (value: string) => boolean; readonly words: string }>> = {
  string: { is: () => true, words: 'a text' },
  number: { is: (value) => value.trim() !== '' && Number.isFinite(Number(value)), words: 'a number' },
  integer: { is: (value) => /^[+-]?\d+$/.test(value), words: 'a whole number' },
  boolean: { is: (value) => value === 'true' || value === 'false', words: 'true or false' },
  url: { is: (value) => URL.canParse(value) && /^[a-z][a-z0-9+.-]*:\/\//i.test(value), words: 'an absolute URL' },
  email: { is: (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), words: 'an e-mail address' },
  uuid: { is: (value) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value), words: 'a UUID' },
  json: { is: isJson, words: 'JSON' },
}

/** What is wrong with a value, in words that follow the variable's name; null where nothing is. */
export function ruleFault(value: string, rules: VariableRules): string | null {
  if (value === '') return rules.required === true || (rules.minLength ?? 0) > 0 ? 'must not be empty' : null
  if (rules.type !== undefined && !TYPES[rules.type].is(value)) return `must be ${TYPES[rules.type].words}`
  const length = [...value].length
  if (rules.minLength !== undefined && length < rules.minLength) return `must have at least ${rules.minLength} characters; it has ${length}`
  if (rules.maxLength !== undefined && length > rules.maxLength) return `must have at most ${rules.maxLength} characters; it has ${length}`
  return rules.pattern === undefined || rules.pattern === '' ? null : patternFault(value, rules.pattern)
}

function patternFault(value: string, pattern: string): string | null {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value) ? null : `must match ${pattern}`
  } catch (error) {
    return `has a pattern that is no regular expression: ${messageOf(error)}`
  }
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}
