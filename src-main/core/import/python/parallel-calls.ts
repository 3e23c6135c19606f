/** Calls that a script leaves to threads or pools: they are followed one after the other. */
import { argsFrom, type Args } from './args.ts'
import { note, unknown, type Machine } from './machine.ts'
import { iterated } from './operators.ts'
import type { Span } from './syntax.ts'
import { list, type Scope, type Value } from './values.ts'

interface Place {
  readonly machine: Machine
  readonly at: Span
  readonly scope: Scope
}

const CALLABLE = new Set<Value['kind']>(['function', 'partial', 'method', 'name', 'class'])

/** As `pool.submit(function, …)`; its answer is known later. */
export function inParallel(callee: Value, args: Args, { machine, at, scope }: Place): Value | null {
  if (!CALLABLE.has(callee.kind)) return null
  const before = machine.requests.length
  machine.call(callee, args, at, scope)
  noteOrder(before, machine, at)
  return unknown(machine, 'result', at, 'computed')
}

/** As `map(function, values)`, of a pool too. */
export function sideBySide({ positional: [callee, ...lists] }: Args, { machine, at, scope }: Place): Value | null {
  const columns = lists.map((one) => iterated(one))
  if (!callee || !CALLABLE.has(callee.kind) || columns.length === 0) return null
  const before = machine.requests.length
  const known = columns.filter((one) => one !== null)
  const count = known.length < columns.length ? 1 : Math.min(...known.map((one) => one.length), 100)
  const rounds = Array.from({ length: count }, (_, index) => columns.map((one) => one?.[index] ?? unknown(machine, 'item', at, 'open')))
  const results = rounds.map((given) => machine.call(callee, argsFrom(...given), at, scope))
  noteOrder(before, machine, at)
  return list(results)
}

function noteOrder(before: number, machine: Machine, at: Span): void {
  if (machine.requests.length > before + 1) {
    note(machine, 'changed', machine.lineOf(at.from), 'Requests that the script sends side by side stand one after the other.')
  }
}
