/** Collects what is wrong with a request while it is prepared, so that all of it can be shown at once. */
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
  return {
    found,
    add: (kind, where, message, hint, details) => {
      found.push({ kind, stage: 'prepare', message, where, ...(hint !== undefined && { hint }), ...(details && { details }) })
    },
    catch: (error, where) => {
      if (!(error instanceof CoreError)) throw error
      const wire = error.toWire()
      found.push({ ...wire, where: wire.where ?? where })
    },
  }
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
