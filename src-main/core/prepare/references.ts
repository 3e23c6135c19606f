/**
 * What `{{name}}` comes to. Which values there are, and where they come from, is decided elsewhere (`core/resolve`);
 * preparing only asks.
 */
import type { WireError } from '#contract/errors.ts'

/** `{{name}}`, with the name as its first group. A name holds no braces. */
export const REFERENCE = /\{\{\s*([^{}]*?)\s*\}\}/g

export type Looked =
  | { readonly kind: 'value'; readonly value: string; /** Not to be encoded for its place. */ readonly isRaw: boolean }
  | { readonly kind: 'fault'; readonly fault: Pick<WireError, 'kind' | 'message' | 'hint' | 'details'> }

export interface Variables {
  /** Asked once for each reference, in the order of the request, so that each may have a value of its own. */
  readonly lookUp: (name: string) => Looked
}

/** Variables that are given as they are. */
export function givenVariables(values: ReadonlyMap<string, string>): Variables {
  return {
    lookUp: (name) => {
      const value = values.get(name)
      return value === undefined ? undefinedVariable(name) : { kind: 'value', value, isRaw: false }
    },
  }
}

/**
 * @param where   what was looked at, in words; empty: nothing could be
 * @param details the place that defines it without a value, where there is one
 */
export function undefinedVariable(
  name: string,
  where = '',
  hint = 'Give it one, or correct its name.',
  details?: WireError['details'],
): Looked {
  const message = where === '' ? `The variable {{${name}}} has no value.` : `The variable {{${name}}} has no value: ${where}.`
  return { kind: 'fault', fault: { kind: 'UndefinedVariable', message, hint, ...(details && { details }) } }
}
