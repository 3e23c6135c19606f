/** What is wrong with an environment as it is typed, each with the place it belongs to. Pure; core refuses what must not be saved. */
import type { Environment } from '#contract/model/session.ts'
import { ruleFault } from '#contract/model/variable-rules.ts'
import type { Variable } from '#contract/model/variable.ts'
import { t } from './t.ts'

/** Another environment of the collection, as far as it matters here. */
export interface OtherEnvironment {
  readonly name: string
  readonly extends: string | null
}

/** Of a row of the table of variables. */
export interface VariableProblem {
  readonly row: number
  readonly field: string
  readonly message: string
}

export function variableProblems(variables: readonly Variable[]): readonly VariableProblem[] {
  const first = new Map<string, number>()
  return variables.flatMap((variable, row): VariableProblem[] => {
    const name = variable.name.trim()
    const found: VariableProblem[] = []
    const of = (field: string, message: string): void => void found.push({ row, field, message })
    if (name === '' && (variable.value !== '' || variable.secret === true)) of('name', t`It has no name, so nothing can refer to it.`)
    if (/[{}\s]/.test(name)) of('name', t`A name has no spaces and no braces.`)
    const before = first.get(name)
    if (name !== '' && variable.enabled && before !== undefined) of('name', t`${name} is defined in row ${before + 1} already.`)
    if (name !== '' && variable.enabled && before === undefined) first.set(name, row)
    const faults = ruleProblems(variable)
    for (const message of faults) of('value', message)
    const fault = faults.length === 0 ? valueFault(variable) : null
    if (fault !== null) of('value', t`It ${fault}: requests with it are not sent.`)
    return found
  })
}

/** Why the name cannot be; null: it can. */
export function nameProblem(name: string, others: readonly OtherEnvironment[]): string | null {
  const trimmed = name.trim()
  if (trimmed === '') return t`The name is empty.`
  return others.some((other) => other.name === trimmed) ? t`There is an environment ${trimmed} already.` : null
}

/**
 * Why an environment cannot extend another one; null: it can.
 *
 * @param others all environments of the collection but this one
 */
export function extendsProblem(environment: Pick<Environment, 'name' | 'extends'>, others: readonly OtherEnvironment[]): string | null {
  const { name } = environment
  if (environment.extends === null) return null
  const byName = new Map(others.map((other) => [other.name, other.extends]))
  const path: string[] = [name]
  for (let at: string | null = environment.extends; at !== null; at = byName.get(at) ?? null) {
    if (path.includes(at)) return t`That goes in a circle: ${[...path, at].join(' → ')}.`
    if (!byName.has(at)) return t`There is no environment ${at}.`
    path.push(at)
  }
  return null
}

/** What its own rules say of a value that stands in the file; what it refers to is known to requests only. */
function valueFault({ value, enabled, secret, ask, rules }: Variable): string | null {
  if (!enabled || secret === true || ask === true || rules === undefined || value.includes('{{')) return null
  return ruleFault(value, rules, (text) => URL.canParse(text))
}

function ruleProblems({ rules = {} }: Variable): readonly string[] {
  const { minLength, maxLength, pattern } = rules
  const found: string[] = []
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    found.push(t`It cannot be at least ${minLength} and at most ${maxLength} characters long.`)
  }
  const fault = pattern === undefined ? null : patternFault(pattern)
  if (fault !== null) found.push(t`The pattern is no regular expression: ${fault}.`)
  return found
}

function patternFault(pattern: string): string | null {
  try {
    new RegExp(pattern, 'u')
    return null
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return message.split(': ').at(-1)?.toLowerCase() ?? ''
  }
}
