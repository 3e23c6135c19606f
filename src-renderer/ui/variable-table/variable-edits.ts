/** Edits of what a variable says beside its value. What goes back to its default leaves no trace, so that the file does not fill up. */
import type { Variable, VariableRules } from '#contract/model/variable.ts'
import { t } from '../../lib/t.ts'

type RuleType = NonNullable<VariableRules['type']>

export const RULE_TYPES: Readonly<Record<RuleType, string>> = {
  string: t`Text`,
  number: t`A number`,
  integer: t`A whole number`,
  boolean: t`true or false`,
  url: t`An absolute URL`,
  email: t`An e-mail address`,
  uuid: t`A UUID`,
  json: 'JSON',
}

/** What kind of value a variable has: as it stands in the file, encrypted on this machine, or asked for at each send. */
export type VariableKind = 'text' | 'secret' | 'ask'

export function kindOf({ ask, secret }: Variable): VariableKind {
  return ask === true ? 'ask' : secret === true ? 'secret' : 'text'
}

/** Of a secret no value is left in it; whoever calls this keeps what was there. */
export function withKind(variable: Variable, kind: VariableKind): Variable {
  const { ask: _ask, secret: _secret, ...rest } = variable
  switch (kind) {
    case 'text':
      return rest
    case 'secret':
      return { ...rest, value: '', secret: true }
    case 'ask':
      return { ...rest, ask: true }
  }
}

export function withFlag(variable: Variable, key: 'raw' | 'ask' | 'secret', on: boolean): Variable {
  const { [key]: _old, ...rest } = variable
  return on ? { ...rest, [key]: true } : rest
}

export function withDescription({ description: _old, ...rest }: Variable, text: string): Variable {
  return text === '' ? rest : { ...rest, description: text }
}

/** Undefined takes the rule out. */
export function withRule<K extends keyof VariableRules>(variable: Variable, key: K, value: VariableRules[K] | undefined): Variable {
  const { rules = {}, ...rest } = variable
  const { [key]: _old, ...others } = rules
  const next: VariableRules = value === undefined ? others : { ...others, [key]: value }
  return Object.keys(next).length === 0 ? rest : { ...rest, rules: next }
}

/** A length as it is typed; undefined where it is none. */
export function readLength(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : undefined
}

/** All of it in a line; empty where it says nothing. */
export function variableSummary({ description = '', raw, ask, secret, rules = {} }: Variable): string {
  const { required, type, minLength, maxLength, pattern } = rules
  const words = [
    description,
    ask === true && (secret === true ? t`asked for at each send, masked` : t`asked for at each send`),
    raw === true && t`raw`,
    required === true && t`required`,
    type !== undefined && t`must be: ${RULE_TYPES[type]}`,
    minLength !== undefined && t`at least ${minLength} characters`,
    maxLength !== undefined && t`at most ${maxLength} characters`,
    pattern !== undefined && t`matches ${pattern}`,
  ]
  return words.filter((word) => word !== false && word !== '').join(' · ')
}
