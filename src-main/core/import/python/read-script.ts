/** Follows a script from its first statement to its last, and then the functions that it defines but never calls. */
import { argsFrom } from './args.ts'
import { call, followed, instantiated, libraryBase } from './call.ts'
import { argsOf, evaluate } from './evaluate.ts'
import { note, TooMany, unknown, type Machine } from './machine.ts'
import { runStatements } from './run-statements.ts'
import { newScope } from './scope.ts'
import type { Statement } from './syntax.ts'
import type { ClassValue, FunctionValue, InstanceValue } from './values.ts'

export function readScript(statements: readonly Statement[], text: string, lineOf: (offset: number) => number): Machine {
  const scope = newScope()
  const machine = createMachine(text, lineOf)
  try {
    machine.run(statements, scope)
    readUncalled(machine)
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    machine.isCutShort = true
    const what = error.message === 'requests' ? `more than ${machine.requests.length} requests` : 'more steps than are followed'
    note(machine, 'lost', null, `The script makes ${what}; what comes after them is left out.`)
  }
  return machine
}

function createMachine(text: string, lineOf: (offset: number) => number): Machine {
  const machine: Machine = {
    text,
    lineOf,
    notes: [],
    requests: [],
    declared: new Map(),
    used: new Set(),
    passedOver: new Set(),
    leftovers: new Map(),
    frames: [],
    conditions: [],
    functions: [],
    classes: [],
    instances: [],
    sessions: [],
    called: new Set(),
    steps: 0,
    puzzles: 0,
    endsEarly: false,
    isPuzzled: false,
    isCutShort: false,
    evaluate: (expression, scope) => evaluate(expression, scope, machine),
    call: (callee, args, at, scope) => call(callee, args, at, scope, machine),
    argsOf: (args, scope) => argsOf(args, scope, machine),
    run: (body, scope) => runStatements(body, scope, machine),
  }
  return machine
}

/** Their parameters are variables: what they are called with is for whoever imports the script. */
function readUncalled(machine: Machine): void {
  const all = [...machine.classes, ...machine.functions].sort((one, other) => (one.definition?.from ?? 0) - (other.definition?.from ?? 0))
  for (const one of all) {
    if (one.kind === 'class') readClass(one, machine)
    else if (one.definition && !machine.called.has(one.definition)) readFunction(one, machine)
  }
}

function readClass(type: ClassValue, machine: Machine): void {
  const base = libraryBase(type)
  if (base !== '' && base !== 'requests.Session' && !/TestCase$|^builtins\.|^abc\.|HttpUser$/.test(base)) return
  const methods = [...type.attributes.values()].flatMap((value) => (value.kind === 'function' && !/^__/.test(value.name) ? [value] : []))
  if (!methods.some(({ definition }) => definition && !machine.called.has(definition))) return
  const instance = machine.instances.find((one) => one.type === type) ?? madeInstance(type, machine)
  for (const method of methods) {
    const isOpen = method.definition && !machine.called.has(method.definition)
    if (!isOpen) continue
    readFunction({ ...method, self: method.definition?.decorators.includes('staticmethod') === true ? null : (instance ?? null) }, machine)
  }
}

function madeInstance(type: ClassValue, machine: Machine): InstanceValue | undefined {
  const made = instantiated(type, argsFrom(), type.definition, machine)
  return made.kind === 'instance' ? made : undefined
}

function readFunction(callee: FunctionValue, machine: Machine): void {
  const { definition } = callee
  if (!definition || definition.decorators.some((one) => one.includes('fixture'))) return
  const before = machine.requests.length
  const open = callee.params.filter(
    ({ kind, fallback, name }) => kind === 'plain' && fallback === null && name !== 'self' && name !== 'cls',
  )
  machine.isPuzzled = false
  followed(callee, argsFrom(), definition, machine)
  if (machine.requests.length === before) {
    gather(definition, machine)
    return
  }
  const names = open
    .map(({ name }) => unknown(machine, name, definition, 'open').name)
    .filter((name) => machine.used.has(name))
    .map((name) => `{{${name}}}`)
    .join(', ')
  if (names === '') return
  note(machine, 'changed', machine.lineOf(definition.from), `${callee.name} is never called: what it is given stands as ${names}.`)
}

/** A function that makes no request is kept whole, if it is not called and does more than showing something. */
function gather(definition: NonNullable<FunctionValue['definition']>, machine: Machine): void {
  if (/^(?:setUp|tearDown|setup_|teardown_)/.test(definition.name)) return
  const [first, last] = [machine.lineOf(definition.from), machine.lineOf(definition.to)]
  const inner = [...machine.leftovers.values()].filter(({ from, to }) => from >= definition.from && to <= definition.to)
  const isShown = [...machine.passedOver].some((line) => line >= first && line <= last)
  if (inner.length === 0 && isShown) return
  for (const { from } of inner) machine.leftovers.delete(from)
  machine.leftovers.set(definition.from, { from: definition.from, to: definition.to, after: machine.requests.length - 1 })
}
