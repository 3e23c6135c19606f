/**
 * The state of one reading of a script: what was made so far, what is to be told, and how much may still be done. Nothing is
 * run; a script is followed as far as its values are known, within a bound of steps.
 */
import type { ImportNote } from '#contract/model/import.ts'
import type { Argument, Definition, Expression, Span, Statement } from './syntax.ts'
import type { Args } from './args.ts'
import type { MadeRequest } from './made-request.ts'
import type { ClassValue, FunctionValue, InstanceValue, Scope, SessionValue, UnknownValue, Value } from './values.ts'
import { hole } from './text.ts'
import { isOpenName, isSecretName, variableName } from './variable-names.ts'

const MAX_STEPS = 300_000
/** Steps more for each character of the script: what stands in it written out is read, however much it is. */
const STEPS_A_CHARACTER = 2
/** Requests that one script may make. */
const MAX_REQUESTS = 1000

/** Ends a reading that would take too long; what was made until then stands. */
export class TooMany extends Error {}

/** A variable that stands for what the script does not say. */
export interface Declared {
  readonly name: string
  readonly isSecret: boolean
  /** Asked for at each send. */
  readonly isAsked: boolean
  readonly value: string
  readonly line: number
  readonly why: UnknownValue['from'] | 'environment'
  /** Where it stands in answers: a round of a loop has one of its own. */
  readonly paths?: readonly NonNullable<UnknownValue['path']>[]
}

/** A piece of the script that means nothing to a request, and after which request it stands. */
export interface Leftover extends Span {
  readonly after: number
}

export interface Frame {
  readonly name: string
  /** Text at the head of the function. */
  readonly docs: string
  /** Null for a lambda. */
  readonly definition: Definition | null
  /** What a `return` under a condition gives. */
  maybe: Value | null
}

export interface Machine {
  readonly text: string
  readonly lineOf: (offset: number) => number
  readonly notes: ImportNote[]
  readonly requests: MadeRequest[]
  readonly declared: Map<string, Declared>
  /** Names of variables that stand in a field. */
  readonly used: Set<string>
  /** Statements that only show or wait, by their line. */
  readonly passedOver: Set<number>
  readonly leftovers: Map<number, Leftover>
  readonly frames: Frame[]
  /** Tests that are not known to hold, of the branches that are being read. */
  readonly conditions: string[]
  readonly functions: FunctionValue[]
  readonly classes: ClassValue[]
  readonly instances: InstanceValue[]
  readonly sessions: SessionValue[]
  readonly called: Set<unknown>
  steps: number
  /** How many times a statement was not understood. */
  puzzles: number
  /** Set where a loop or a function may end before its end. */
  endsEarly: boolean
  /** Set by what is not understood in the statement that is being read. */
  isPuzzled: boolean
  /** Set where the reading ended before the script did. */
  isCutShort: boolean
  readonly evaluate: (expression: Expression, scope: Scope) => Value
  readonly call: (callee: Value, args: Args, at: Span, scope: Scope) => Value
  readonly argsOf: (args: readonly Argument[], scope: Scope) => Args
  readonly run: (body: readonly Statement[], scope: Scope) => Outcome
}

export type Outcome = { readonly kind: 'next' | 'break' | 'continue' } | { readonly kind: 'return'; readonly value: Value }

export function step(machine: Machine, cost = 1): void {
  machine.steps += cost
  if (machine.steps > MAX_STEPS + machine.text.length * STEPS_A_CHARACTER) throw new TooMany('steps')
}

export function checkRequests(machine: Machine): void {
  if (machine.requests.length >= MAX_REQUESTS) throw new TooMany('requests')
}

/** Notes a thing once for each line. */
export function note(machine: Machine, severity: ImportNote['severity'], line: number | null, message: string): void {
  if (machine.notes.some((one) => one.line === line && one.message === message)) return
  machine.notes.push({ severity, where: '', line, message })
}

/** A value that is not known, with a variable of its own that stands for it. */
export function unknown(
  machine: Machine,
  hint: string,
  at: Span,
  from: UnknownValue['from'],
  more: Partial<UnknownValue> = {},
): UnknownValue {
  const line = machine.lineOf(at.from)
  const name = nameFor(machine, variableName(hint), { line, from, path: more.path })
  return { kind: 'unknown', name, line, from, ...more }
}

/** What cannot be made out: an unknown value, and the statement is kept as it stands. */
export function puzzled(machine: Machine, hint: string, at: Span): UnknownValue {
  machine.isPuzzled = true
  return unknown(machine, hint, at, 'computed')
}

/** The same value by the name that the script gives it. */
export function renamed(machine: Machine, value: Value, name: string): Value {
  if (value.kind === 'session' && value.name === '') value.name = name
  if (value.kind !== 'unknown' || value.from === 'open' || name === '_' || value.name.startsWith('$')) return value
  return { ...value, name: nameFor(machine, variableName(name), value) }
}

function nameFor(
  machine: Machine,
  hint: string,
  { line, from, path }: Pick<UnknownValue, 'line' | 'from'> & { readonly path?: UnknownValue['path'] | undefined },
): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? hint : `${hint}_${number}`
    const known = machine.declared.get(name)
    if (known && (known.line !== line || known.why !== from) && !(from === 'open' && known.why === 'open')) continue
    const isSecret = from === 'secret' || isSecretName(name, from === 'open')
    const isOther = (one: { readonly request: number; readonly expression: string }): boolean =>
      one.request === path?.request && one.expression !== path.expression
    if (known?.paths?.some(isOther) && machine.used.has(name)) continue
    const paths = [...(known?.paths ?? []).filter((one) => !isOther(one)), ...(path ? [path] : [])]
    machine.declared.set(name, { name, isSecret, isAsked: from === 'asked' || from === 'secret', value: '', line, why: from, paths })
    return name
  }
}

/** A variable of the environment: `{{NAME}}`, and what it is where the environment has none. */
export function environmentValue(machine: Machine, name: string, fallback: string | undefined, at: Span): Value {
  const plainName = name.replaceAll(/[{}\s]/g, '_') || 'VARIABLE'
  const known = machine.declared.get(plainName)
  const value = fallback ?? known?.value ?? ''
  const isSecret = !isOpenName(plainName)
  machine.declared.set(plainName, { name: plainName, isSecret, isAsked: false, value, line: machine.lineOf(at.from), why: 'environment' })
  return { kind: 'str', text: hole(plainName), ...(fallback !== undefined && { fallback }) }
}
