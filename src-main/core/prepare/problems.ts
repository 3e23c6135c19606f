/**
 * Collects what is wrong with a request while it is prepared, so that all of it can be shown at once. A field with a reference
 * that could not be filled in is reported as that alone: a second complaint about its braces would only confuse.
 */
import type { ErrorKind, FieldRef, WireError } from '#contract/errors.ts'
import { CoreError } from '../lib/core-error.ts'

export interface Problems {
  readonly found: readonly WireError[]
  add: (kind: ErrorKind, where: FieldRef, message: string, hint?: string, details?: WireError['details']) => void
  /** Records a CoreError, beside `where` if it names no field itself; rethrows anything else. */
  catch: (error: unknown, where: FieldRef) => void
}

export function createProblems(): Problems {
  const found: WireError[] = []
  const note = (problem: WireError): void => {
    const isUnfilled = found.some((known) => OF_VARIABLES.has(known.kind) && isSameField(known.where, problem.where))
    if (!isUnfilled || OF_VARIABLES.has(problem.kind)) found.push(problem)
  }
  return {
    found,
    add: (kind, where, message, hint, details) =>
      note({ kind, stage: 'prepare', message, where, ...(hint !== undefined && { hint }), ...(details && { details }) }),
    catch: (error, where) => {
      if (!(error instanceof CoreError)) throw error
      const wire = error.toWire()
      note({ ...wire, where: wire.where ?? where })
    },
  }
}

const OF_VARIABLES: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['UndefinedVariable', 'InvalidVariable'])

function isSameField(one: FieldRef | undefined, other: FieldRef | undefined): boolean {
  return one?.section === other?.section && one?.row === other?.row && one?.field === other?.field
}

/** The first of some problems, with what else keeps the request here as `details.problems`; undefined where there is none. */
export function withOthers(problems: readonly WireError[]): WireError | undefined {
  const [first, ...more] = problems
  if (!first) return undefined
  // A name without a value is one problem, at however many places it stands.
  const others = new Map(more.filter(({ message }) => message !== first.message).map((one) => [one.message, one]))
  if (others.size === 0) return first
  const further = [...others.values()].map(({ kind, message, hint }) => ({ kind, message, ...(hint !== undefined && { hint }) }))
  return { ...first, details: { ...first.details, problems: further } }
}
