/** Several names without a value, told in one: which they are, and the one environment that has them all. Pure. */
import type { WireError } from '#contract/errors.ts'
import { environmentThatHas } from './variable-scope.ts'
import { told } from './told.ts'
import { listedWithAnd } from './listed.ts'
import { t } from './t.ts'

export interface UndefinedNames {
  /** Each name once, with the problem that says it first. */
  readonly names: readonly { readonly name: string; readonly problem: WireError }[]
  /** Where all of them have a value, and none is chosen; null: nowhere. */
  readonly environment: string | null
  /** What is wrong besides. */
  readonly others: readonly WireError[]
}

export function undefinedNames(problems: readonly WireError[]): UndefinedNames {
  const names = new Map<string, WireError>()
  const others: WireError[] = []
  for (const problem of problems) {
    const name = nameWithoutValue(problem)
    if (name === null) others.push(problem)
    else if (!names.has(name)) names.set(name, problem)
  }
  const places = new Set([...names.values()].map(environmentThatHas))
  const [environment = null] = places.size === 1 ? places : []
  return { names: [...names].map(([name, problem]) => ({ name, problem })), environment, others }
}

/** What such a problem says in short, without where it was looked for. */
export function shortMessage(problem: WireError): string {
  const name = nameWithoutValue(problem)
  return name === null ? told(problem.message) : t`The variable {{${name}}} has no value.`
}

/** `{{a}}, {{b}} and {{c}}`. */
export function listOfNames(names: UndefinedNames['names']): string {
  return listedWithAnd(names.map(({ name }) => `{{${name}}}`))
}

function nameWithoutValue({ kind, message }: WireError): string | null {
  return kind === 'UndefinedVariable' ? (/^The variable \{\{(.+?)\}\} has no value/.exec(message)?.[1] ?? null) : null
}
