/**
 * What a `{{name}}` in a field stands for, as far as the window knows: from the list of variables that a request can use,
 * and from what its preview found out.
 */
import type { WireError } from '#contract/errors.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { Preview } from '#contract/model/prepared.ts'
import type { FoundVariable } from '#contract/model/variable.ts'
import { MASK } from './mask-header.ts'
import { isReachable } from '#contract/model/origin-words.ts'
import { originWords } from './origin-words.ts'
import { t } from './t.ts'

export type Looked =
  /** `fault`: what its rules have against the value; null: nothing. */
  | {
      readonly kind: 'value'
      readonly value: string
      readonly secret: boolean
      readonly origin: Origin
      readonly description: string
      readonly fault: string | null
    }
  /** Another one at each place, such as `{{$uuid}}`. */
  | { readonly kind: 'made'; readonly example: string }
  | { readonly kind: 'asked'; readonly origin: Origin; readonly description: string }
  /** `at`: where it stands without a value, such as a secret of another machine; null: nowhere. */
  | { readonly kind: 'missing'; readonly message: string; readonly hint: string | null; readonly at: Origin | null }
  /** Not known yet. */
  | { readonly kind: 'unknown' }

export interface Completion {
  readonly name: string
  /** As it may be shown: masked where it is a secret. */
  readonly value: string
  /** Where it is from, in words. */
  readonly origin: string
}

export interface VariableScope {
  readonly lookUp: (name: string) => Looked
  readonly completions: readonly Completion[]
}

export interface DynamicName {
  readonly name: string
  readonly example: string
}

export interface ScopeParts {
  /** Null: not known yet. */
  readonly variables: readonly FoundVariable[] | null
  readonly dynamic: readonly DynamicName[]
  readonly preview: Pick<Preview, 'layers' | 'problems'> | null
}

const UNKNOWN: Looked = { kind: 'unknown' }

export function variableScope({ variables, dynamic, preview }: ScopeParts): VariableScope {
  const found = new Map<string, Looked>(dynamic.map(({ name, example }) => [name, { kind: 'made', example }]))
  for (const variable of [...(preview?.layers.variables ?? []), ...(variables ?? [])]) found.set(variable.name, valueOf(variable))
  for (const { name, origin, description = '' } of preview?.layers.asks ?? []) found.set(name, { kind: 'asked', origin, description })
  const missing = missingNames(preview)
  const faults = wrongValues(preview)
  return {
    lookUp: (name) => {
      const known = found.get(name)
      if (known) return known.kind === 'value' ? { ...known, fault: faults.get(name) ?? null } : known
      const said = missing.get(name)
      if (said) return said
      // Of the process's environment only what a request refers to is told.
      if (variables === null || name.startsWith('process.env.')) return UNKNOWN
      return { kind: 'missing', message: t`There is no variable {{${name}}} here.`, hint: null, at: null }
    },
    completions: [
      ...(variables ?? []).map(({ name, value, secret, origin }) => ({
        name,
        value: secret ? MASK : value,
        origin: originWords(origin),
      })),
      ...(preview?.layers.asks ?? [])
        .filter((asked) => !variables?.some(({ name }) => name === asked.name))
        .map(({ name, origin }) => ({ name, value: t`asked for at each send`, origin: originWords(origin) })),
      ...dynamic.map(({ name, example }) => ({ name, value: example, origin: t`made for each send` })),
    ],
  }
}

/** Completions for what is typed: names that begin with it, then those that hold it. */
export function completionsFor(typed: string, completions: readonly Completion[]): readonly Completion[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return completions
  const begins = completions.filter(({ name }) => name.toLowerCase().startsWith(wanted))
  const holds = completions.filter(({ name }) => !name.toLowerCase().startsWith(wanted) && name.toLowerCase().includes(wanted))
  return [...begins, ...holds]
}

function valueOf({ value, secret, origin, description = '' }: FoundVariable): Looked {
  if (origin.layer === 'dynamic') return { kind: 'made', example: value }
  return { kind: 'value', value, secret, origin, description, fault: null }
}

/** The variable that a problem says has no value, where an environment can give it one; null: it says something else. */
export function definableName(problem: Pick<WireError, 'kind' | 'message'>): string | null {
  const name = undefinedName(problem)
  return name !== null && isDefinable(name) ? name : null
}

/** Where a variable stands that has no value on this machine, or a wrong one; null: the problem is another, or it stands nowhere. */
export function variableAt({
  kind,
  details,
}: Pick<WireError, 'kind' | 'details'>): { readonly name: string; readonly origin: Origin } | null {
  const { variable: name, origin } = details ?? {}
  if ((kind !== 'UndefinedVariable' && kind !== 'InvalidVariable') || typeof name !== 'string') return null
  if (typeof origin !== 'object' || origin === null || !('layer' in origin)) return null
  // Core puts an origin there.
  const at = origin as Origin
  return isReachable(at) ? { name, origin: at } : null
}

/** The option that has to do with a failure, and the layer it is from, or else the request, which shows that; null: none has. */
export function optionAt({
  details,
  where,
}: Pick<WireError, 'details' | 'where'>): { readonly option: string; readonly origin: Origin } | null {
  const { option, origin } = details ?? {}
  if (where?.section === 'options' && where.field !== undefined) return { option: where.field, origin: { layer: 'request' } }
  if (typeof option !== 'string' || typeof origin !== 'object' || origin === null || !('layer' in origin)) return null
  // Core puts an origin there.
  return { option, origin: origin as Origin }
}

/** The environment that would give a name its value, where none is chosen; null: none is known to. */
export function environmentThatHas({ kind, details }: Pick<WireError, 'kind' | 'details'>): string | null {
  const { choose } = details ?? {}
  return kind === 'UndefinedVariable' && typeof choose === 'string' ? choose : null
}

/** Whether an environment can give a name its value. */
export function isDefinable(name: string): boolean {
  return !name.startsWith('process.env.') && !name.startsWith('$')
}

function undefinedName({ kind, message }: Pick<WireError, 'kind' | 'message'>): string | null {
  return kind === 'UndefinedVariable' ? (/^The variable \{\{(.+?)\}\} has no value/.exec(message)?.[1] ?? null) : null
}

/** Which mark a name has in a field: one without a value, or with one that its rules refuse, keeps the request here. */
export function markOf(looked: Looked): 'known' | 'missing' | 'unknown' {
  if (looked.kind === 'missing' || looked.kind === 'unknown') return looked.kind
  return looked.kind === 'value' && looked.fault !== null ? 'missing' : 'known'
}

function wrongValues(preview: ScopeParts['preview']): ReadonlyMap<string, string> {
  const wrong = (preview?.problems ?? []).filter(({ kind }) => kind === 'InvalidVariable')
  return new Map(wrong.flatMap(({ message, details }) => (typeof details?.variable === 'string' ? [[details.variable, message]] : [])))
}

/** What the preview says of names without a value: where they were looked for, and which was likely meant. */
function missingNames(preview: ScopeParts['preview']): ReadonlyMap<string, Looked> {
  const missing = new Map<string, Looked>()
  for (const problem of preview?.problems ?? []) {
    const name = undefinedName(problem)
    const { message, hint = null } = problem
    if (name !== null) missing.set(name, { kind: 'missing', message, hint, at: variableAt(problem)?.origin ?? null })
  }
  return missing
}
