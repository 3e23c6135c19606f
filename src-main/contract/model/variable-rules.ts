/**
 * Whether a variable's value is what its rules ask for: asked of values as they are typed, and again before each send.
 * Messages never hold the value: it may be a secret.
 */
import type { VariableRules } from './variable.ts'

type RuleType = NonNullable<VariableRules['type']>

/** What a value of a type is called. */
const WORDS: Readonly<Record<RuleType, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  url: 'an absolute URL',
  email: 'an e-mail address',
  uuid: 'a UUID',
  json: 'JSON',
}

/**
 * What is wrong with a value, in words that follow the variable's name; null where nothing is.
 *
 * @param isUrl whether a text is a URL, by the parser of whoever asks
 */
export function ruleFault(value: string, rules: VariableRules, isUrl: (text: string) => boolean): string | null {
  if (value === '') return rules.required === true || (rules.minLength ?? 0) > 0 ? 'must not be empty' : null
  if (rules.type !== undefined && !isOfType(value, rules.type, isUrl)) return `must be ${WORDS[rules.type]}`
  const length = [...value].length
  if (rules.minLength !== undefined && length < rules.minLength) return `must have at least ${rules.minLength} characters; it has ${length}`
  if (rules.maxLength !== undefined && length > rules.maxLength) return `must have at most ${rules.maxLength} characters; it has ${length}`
  return rules.pattern === undefined || rules.pattern === '' ? null : patternFault(value, rules.pattern)
}

function isOfType(value: string, type: RuleType, isUrl: (text: string) => boolean): boolean {
  switch (type) {
    case 'string':
      return true
    case 'number':
      return value.trim() !== '' && Number.isFinite(Number(value))
    case 'integer':
      return /^[+-]?\d+$/.test(value)
    case 'boolean':
      return value === 'true' || value === 'false'
    case 'url':
      return isUrl(value) && /^[a-z][a-z0-9+.-]*:\/\//i.test(value)
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
    case 'uuid':
      return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    case 'json':
      return isJson(value)
  }
}

function patternFault(value: string, pattern: string): string | null {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value) ? null : `must match ${pattern}`
  } catch (error) {
    return `has a pattern that is no regular expression: ${error instanceof Error ? error.message : String(error)}`
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
