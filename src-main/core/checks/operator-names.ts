/** The names of operators: those that say the opposite of another, and those that others give to the same. */

/** Each says the opposite of another. */
const OPPOSITES: Readonly<Record<string, string>> = {
  neq: 'eq',
  notIn: 'in',
  notContains: 'contains',
  notMatches: 'matches',
  isNotEmpty: 'isEmpty',
  isDefined: 'isUndefined',
  isFalsy: 'isTruthy',
}

/** Other names of the same, which people bring along. */
const ALIASES: Readonly<Record<string, string>> = {
  equals: 'eq',
  '==': 'eq',
  '===': 'eq',
  notEquals: 'neq',
  '!=': 'neq',
  '!==': 'neq',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  exists: 'isDefined',
  notExists: 'isUndefined',
  passes: 'isTruthy',
}

export interface OperatorNames {
  /** Ours, for an alias. */
  readonly own: string
  /** The one that `own` is the opposite of; else `own`. */
  readonly positive: string
}

/** Total: a name that is not known is its own. */
export function operatorNames(name: string): OperatorNames {
  const own = Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name
  return { own, positive: Object.hasOwn(OPPOSITES, own) ? (OPPOSITES[own] ?? own) : own }
}
