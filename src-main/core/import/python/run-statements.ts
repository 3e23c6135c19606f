/**
 * Follows the statements of a script. What holds for certain is followed as Python would; where a test is not known, every
 * branch is read, because there may be requests in each.
 */
import { argsFrom } from './args.ts'
import { asserted } from './assertions.ts'
import { assign, hintOf, remove } from './evaluate.ts'
import { note, renamed, step, unknown, type Machine, type Outcome } from './machine.ts'
import { isMisspelt } from './library-names.ts'
import { classMember } from './attributes.ts'
import { binary, iterated, updated } from './operators.ts'
import { newScope } from './scope.ts'
import type { ClassStatement, Definition, Expression, Imported, Statement } from './syntax.ts'
import { NONE, truth, type ClassValue, type Scope, type Value } from './values.ts'

/** Rounds of a loop that makes requests. */
const MAX_ROUNDS = 100
const NEXT: Outcome = { kind: 'next' }

export function runStatements(body: readonly Statement[], scope: Scope, machine: Machine): Outcome {
  for (const statement of body) {
    const outcome = runOne(statement, scope, machine)
    if (outcome.kind !== 'next') return outcome
  }
  return NEXT
}

/** Runs one, and keeps its text where it is not understood. */
function runOne(statement: Statement, scope: Scope, machine: Machine): Outcome {
  step(machine)
  const wasPuzzled = machine.isPuzzled
  const before = machine.requests.length
  machine.isPuzzled = false
  const outcome = run(statement, scope, machine)
  const isCompound = COMPOUND.has(statement.kind)
  if (isCompound && machine.requests.length === before) gatherLeftovers(statement, machine)
  else if (machine.isPuzzled && !isCompound) keep(statement, machine)
  machine.isPuzzled = wasPuzzled
  return outcome
}

/** Keeps the text of a statement, with the request that stands before it when it is first met. */
function keep({ from, to }: Statement, machine: Machine): void {
  machine.puzzles += 1
  if (!machine.leftovers.has(from)) machine.leftovers.set(from, { from, to, after: machine.requests.length - 1 })
}

const COMPOUND = new Set<Statement['kind']>(['if', 'for', 'while', 'try', 'with', 'match'])

/** A compound statement without a request is kept whole, if any of it is. */
function gatherLeftovers(statement: Statement, machine: Machine): void {
  const inner = [...machine.leftovers.values()].filter(({ from, to }) => from >= statement.from && to <= statement.to)
  if (inner.length === 0 && !machine.isPuzzled) return
  for (const { from } of inner) machine.leftovers.delete(from)
  keep(statement, machine)
}

function run(statement: Statement, scope: Scope, machine: Machine): Outcome {
  switch (statement.kind) {
    case 'import':
      return imported(statement.names, statement, scope, machine)
    case 'assign':
      return assignment(statement, scope, machine)
    case 'update':
      return update(statement, scope, machine)
    case 'expression':
      machine.evaluate(statement.value, scope)
      if (statement.value.kind === 'other') machine.isPuzzled = true
      return NEXT
    case 'if':
      return conditional(statement, scope, machine)
    case 'for':
      return loop(statement, scope, machine)
    case 'while':
      return whileLoop(statement, scope, machine)
    case 'try':
      return attempt(statement, scope, machine)
    case 'with':
      return managed(statement, scope, machine)
    case 'match':
      return uncertain(
        statement.bodies.map((body) => ({ body, condition: `a case of line ${machine.lineOf(statement.from)} holds` })),
        scope,
        machine,
      )
    case 'def':
      define(statement, scope, machine)
      return NEXT
    case 'class':
      defineClass(statement, scope, machine)
      return NEXT
    case 'return':
      return { kind: 'return', value: statement.value ? machine.evaluate(statement.value, scope) : NONE }
    case 'delete':
      for (const target of statement.targets) remove(target, scope, machine)
      return NEXT
    case 'assert':
      if (machine.conditions.length > 0 || !asserted(statement.test, scope, machine)) machine.isPuzzled = true
      return NEXT
    case 'scope':
      for (const name of statement.names) scope.handedOut.add(name)
      return NEXT
    case 'print':
      machine.passedOver.add(machine.lineOf(statement.from))
      return NEXT
    case 'break':
    case 'continue':
      return { kind: statement.kind }
    case 'raise':
    case 'pass':
      return NEXT
    case 'other':
      machine.isPuzzled = true
      return NEXT
  }
}

function imported(names: readonly Imported[], statement: Statement, scope: Scope, machine: Machine): Outcome {
  for (const name of names) bindImport(name, statement, scope, machine)
  return NEXT
}

function bindImport({ path, as, binds }: Imported, statement: Statement, scope: Scope, machine: Machine): void {
  const root = path.split('.', 1)[0] ?? path
  if (isMisspelt(root)) {
    note(
      machine,
      'changed',
      machine.lineOf(statement.from),
      `\`import ${root}\` is read as \`import requests\`: that is the library's name.`,
    )
    scope.names.set(as, { kind: 'name', path: binds.replace(root, 'requests') })
    return
  }
  if (as === '*') {
    const names = root === 'requests' ? ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request', 'Session', 'Request'] : []
    for (const name of names) scope.names.set(name, { kind: 'name', path: `requests.${name}` })
    return
  }
  scope.names.set(as, { kind: 'name', path: binds })
}

function assignment(statement: Extract<Statement, { kind: 'assign' }>, scope: Scope, machine: Machine): Outcome {
  if (!statement.value) return NEXT
  const value = machine.evaluate(statement.value, scope)
  if (statement.value.kind === 'other') machine.isPuzzled = true
  for (const target of statement.targets) assign(target, value, scope, machine)
  return NEXT
}

function update(statement: Extract<Statement, { kind: 'update' }>, scope: Scope, machine: Machine): Outcome {
  const target = machine.evaluate(statement.target, scope)
  const value = machine.evaluate(statement.value, scope)
  if (target.kind === 'dict' && statement.operator === '|' && updated(target, value)) return NEXT
  const items = target.kind === 'list' && statement.operator === '+' ? iterated(value) : null
  if (target.kind === 'list' && items && items.length < 10_000) {
    target.items.push(...items)
    return NEXT
  }
  const made = binary(statement.operator, target, value) ?? unknown(machine, hintOf(statement.target), statement.target, 'computed')
  assign(statement.target, made, scope, machine)
  return NEXT
}

function conditional(statement: Extract<Statement, { kind: 'if' }>, scope: Scope, machine: Machine): Outcome {
  const open: { body: readonly Statement[]; condition: string }[] = []
  for (const { test, body } of statement.branches) {
    const holds = truth(machine.evaluate(test, scope))
    if (holds === false) continue
    if (holds === true && open.length === 0) return machine.run(body, scope)
    open.push({ body, condition: `\`${machine.text.slice(test.from, test.to)}\`` })
    if (holds === true) return uncertain(open, scope, machine)
  }
  if (open.length === 0) return machine.run(statement.otherwise, scope)
  const tests = open.map(({ condition }) => condition).join(' or ')
  return uncertain([...open, { body: statement.otherwise, condition: `not ${tests}` }], scope, machine)
}

/** Reads every branch; the names that the first of them binds stand afterwards. */
function uncertain(
  branches: readonly { readonly body: readonly Statement[]; readonly condition: string }[],
  scope: Scope,
  machine: Machine,
): Outcome {
  const before = new Map(scope.names)
  let after: Map<string, Value> | null = null
  for (const { body, condition } of branches) {
    if (body.length === 0) continue
    scope.names.clear()
    for (const [name, value] of before) scope.names.set(name, value)
    machine.conditions.push(condition.replaceAll(/\s+/g, ' '))
    const outcome = machine.run(body, scope)
    machine.conditions.pop()
    if (outcome.kind !== 'next') machine.endsEarly = true
    const frame = machine.frames.at(-1)
    if (outcome.kind === 'return' && frame && (frame.maybe ?? NONE).kind === 'none') frame.maybe = outcome.value
    after ??= new Map(scope.names)
  }
  // Names that only later branches bind stand too.
  for (const [name, value] of after ?? before) scope.names.set(name, value)
  return NEXT
}

function loop(statement: Extract<Statement, { kind: 'for' }>, scope: Scope, machine: Machine): Outcome {
  const value = machine.evaluate(statement.iterable, scope)
  const items = iterated(value)
  const before = machine.requests.length
  const { endsEarly } = machine
  machine.endsEarly = false
  const rounds = items ?? [somethingOf(value, statement, machine)]
  const ends: number[] = []
  let outcome: Outcome = NEXT
  for (const [index, item] of rounds.entries()) {
    if (index >= MAX_ROUNDS && machine.requests.length > before) {
      note(
        machine,
        'lost',
        machine.lineOf(statement.from),
        `The loop has ${rounds.length} rounds; the requests of the first ${MAX_ROUNDS} stand here.`,
      )
      break
    }
    step(machine)
    assign(statement.target, item, scope, machine)
    outcome = machine.run(statement.body, scope)
    ends.push(machine.requests.length)
    if (outcome.kind === 'break' || outcome.kind === 'return') break
  }
  if (items === null && machine.requests.length > before) noteOpenLoop(statement, machine)
  if (machine.endsEarly) foldRounds(before, ends, statement, machine)
  machine.endsEarly = endsEarly
  if (outcome.kind === 'return') return outcome
  return outcome.kind === 'break' ? NEXT : machine.run(statement.otherwise, scope)
}

/** What a loop goes over where that is not known. */
function somethingOf(value: Value, { target }: Extract<Statement, { kind: 'for' }>, machine: Machine): Value {
  if (value.kind !== 'unknown') return unknown(machine, hintOf(target), target, 'open')
  return unknown(machine, hintOf(target), target, value.from, value.ofAnswer === undefined ? {} : { ofAnswer: value.ofAnswer })
}

function noteOpenLoop(statement: Statement, machine: Machine): void {
  note(
    machine,
    'changed',
    machine.lineOf(statement.from),
    'What the loop goes over is not known before the script runs: its requests stand once, with variables.',
  )
}

/** Rounds that only try again are one: the loop goes on until an answer ends it. */
function foldRounds(before: number, ends: readonly number[], statement: Statement, machine: Machine): void {
  const [first = before] = ends
  const count = first - before
  if (count === 0 || ends.length < 2) return
  const made = machine.requests.slice(before)
  const same = made.every((one, index) => JSON.stringify(one.document) === JSON.stringify(made[index % count]?.document))
  if (!same || made.length % count !== 0) return
  made.forEach((_, index) => {
    const origin = made[index % count]
    if (origin) machine.requests[before + index] = origin
  })
  note(
    machine,
    'changed',
    machine.lineOf(statement.from),
    'The loop sends the same until an answer ends it: its requests stand once. Retries are an option of the request.',
  )
}

function whileLoop(statement: Extract<Statement, { kind: 'while' }>, scope: Scope, machine: Machine): Outcome {
  const before = machine.requests.length
  const isEndless = truth(machine.evaluate(statement.test, scope)) !== false && isConstant(statement.test)
  const { endsEarly } = machine
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const holds = truth(machine.evaluate(statement.test, scope))
    if (holds === false) return machine.run(statement.otherwise, scope)
    const outcome = machine.run(statement.body, scope)
    if (outcome.kind === 'return') return outcome
    if (outcome.kind === 'break') break
    if (holds === null || isEndless || machine.endsEarly) {
      if (machine.requests.length > before) {
        note(machine, 'changed', machine.lineOf(statement.from), 'The loop goes on until an answer ends it: its requests stand once.')
      }
      break
    }
  }
  machine.endsEarly = endsEarly
  return NEXT
}

function isConstant(test: Expression): boolean {
  return test.kind === 'bool' || test.kind === 'number'
}

function attempt(statement: Extract<Statement, { kind: 'try' }>, scope: Scope, machine: Machine): Outcome {
  const outcome = machine.run(statement.body, scope)
  const line = machine.lineOf(statement.from)
  const early = machine.endsEarly
  uncertain(
    [{ body: [], condition: '' }, ...statement.handlers.map((body) => ({ body, condition: `what line ${line} tries fails` }))],
    scope,
    machine,
  )
  machine.endsEarly = early
  const other = outcome.kind === 'next' ? machine.run(statement.otherwise, scope) : outcome
  const last = machine.run(statement.final, scope)
  return last.kind === 'next' ? other : last
}

function managed(statement: Extract<Statement, { kind: 'with' }>, scope: Scope, machine: Machine): Outcome {
  for (const { value: expression, name } of statement.items) {
    const value = machine.evaluate(expression, scope)
    const enter = value.kind === 'instance' ? classMember(value.type, '__enter__') : undefined
    const entered = enter?.kind === 'function' ? machine.call({ ...enter, self: value }, argsFrom(), statement, scope) : value
    if (name !== null) scope.names.set(name, renamed(machine, entered, name))
  }
  return machine.run(statement.body, scope)
}

function define(statement: Definition, scope: Scope, machine: Machine): void {
  const { name, params, body } = statement
  const made = { kind: 'function', name, params, body, scope, definition: statement, self: null, owner: null } as const
  scope.names.set(name, made)
  machine.functions.push(made)
}

function defineClass(statement: ClassStatement, scope: Scope, machine: Machine): void {
  const inner = newScope(scope)
  const known = machine.functions.length
  machine.run(statement.body, inner)
  machine.functions.length = known
  const made: ClassValue = {
    kind: 'class',
    name: statement.name,
    bases: statement.bases.map((base) => machine.evaluate(base, scope)),
    attributes: new Map(),
    definition: statement,
  }
  for (const [name, value] of inner.names) {
    made.attributes.set(name, value.kind === 'function' ? { ...value, scope, owner: made } : value)
  }
  scope.names.set(statement.name, made)
  machine.classes.push(made)
}
