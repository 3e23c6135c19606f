/** Calls: of the script's own functions and classes, which are followed, and of methods and libraries. */
import { NO_ARGS, type Args } from './args.ts'
import { assertedCall } from './assertions.ts'
import { classMember, newSession } from './attributes.ts'
import { dictMethod, listMethod } from './collection-methods.ts'
import { library } from './library.ts'
import { canonical } from './library-names.ts'
import { note, puzzled, step, unknown, type Frame, type Machine } from './machine.ts'
import { answerMethod, fileMethod, unknownMethod } from './other-methods.ts'
import { requestMethod, sessionMethod } from './requests-calls.ts'
import { adapterFrom } from './requests-objects.ts'
import { lookUp, newScope } from './scope.ts'
import type { Expression, Span, Statement } from './syntax.ts'
import { textMethod } from './text-methods.ts'
import {
  BASE,
  NONE,
  dict,
  list,
  str,
  type ClassValue,
  type FunctionValue,
  type InstanceValue,
  type Scope,
  type UnknownValue,
  type Value,
} from './values.ts'

const MAX_FRAMES = 25

export function call(callee: Value, args: Args, at: Span, scope: Scope, machine: Machine): Value {
  step(machine)
  switch (callee.kind) {
    case 'name':
      if (canonical(callee.path) === 'builtins.super') return superOf(scope, machine, at)
      return library(canonical(callee.path), args, { machine, at, scope })
    case 'method':
      return method(callee.object, callee.name, args, at, machine)
    case 'partial': {
      const { positional, named, hasUnknown } = callee.args
      const all = {
        positional: [...positional, ...args.positional],
        named: new Map([...named, ...args.named]),
        hasUnknown: hasUnknown || args.hasUnknown,
      }
      return machine.call(callee.callee, all, at, scope)
    }
    case 'function':
      return followed(callee, args, at, machine)
    case 'class':
      return instantiated(callee, args, at, machine)
    case 'instance': {
      const own = classMember(callee.type, '__call__')
      return own?.kind === 'function' ? followed({ ...own, self: callee }, args, at, machine) : puzzled(machine, callee.type.name, at)
    }
    case 'unknown':
      return calledUnknown(callee, args, machine)
    default:
      return puzzled(machine, 'result', at)
  }
}

/** What a function gives that the script does not have; the variable is named as the function. */
function calledUnknown(callee: UnknownValue, args: Args, machine: Machine): Value {
  if (assertedCall(callee.name, args.positional, machine) === true) return NONE
  machine.isPuzzled = true
  const known = machine.declared.get(callee.name)
  if (known) machine.declared.set(callee.name, { ...known, why: 'computed' })
  return { ...callee, from: 'computed' }
}

function method(object: Value, name: string, args: Args, at: Span, machine: Machine): Value {
  switch (object.kind) {
    case 'str':
    case 'bytes':
      return textMethod(object, name, args) ?? fileMethod(object, name, args, at, machine) ?? unknown(machine, name, at, 'computed')
    case 'list':
    case 'tuple':
    case 'set':
      return listMethod(object, name, args) ?? puzzled(machine, name, at)
    case 'dict':
      if (name === 'set' && (args.named.has('domain') || args.named.has('path'))) {
        note(
          machine,
          'changed',
          machine.lineOf(at.from),
          'The domain and path of a cookie are left out: it is sent wherever its request or session goes.',
        )
      }
      return dictMethod(object, name, args) ?? puzzled(machine, name, at)
    case 'session':
      return sessionMethod(object, name, args, at, machine)
    case 'request':
      return requestMethod(object, name, args, at, machine)
    case 'answer':
      return answerMethod(object.request, name, at, machine)
    case 'file':
    case 'content':
      return fileMethod(object, name, args, at, machine) ?? puzzled(machine, name, at)
    case 'unknown':
      return unknownMethod(object, name, args, at, machine)
    case 'instance':
    case 'adapter':
      return name === '__init__' ? NONE : puzzled(machine, name, at)
    default:
      return puzzled(machine, name, at)
  }
}

/** Follows a function of the script with these arguments. */
export function followed(callee: FunctionValue, args: Args, at: Span, machine: Machine): Value {
  if (callee.definition) machine.called.add(callee.definition)
  if (machine.frames.length >= MAX_FRAMES) return puzzled(machine, callee.name, at)
  if (callee.definition && machine.frames.some(({ definition }) => definition === callee.definition)) {
    note(machine, 'changed', machine.lineOf(at.from), `${callee.name} calls itself: it is followed once.`)
    return unknown(machine, callee.name, at, 'computed')
  }
  const scope = newScope(callee.scope)
  bind(callee, args, scope, at, machine)
  if (!isStatements(callee.body)) return machine.evaluate(callee.body, scope)
  const frame: Frame = { name: callee.name, docs: docsOf(callee.body), definition: callee.definition, maybe: null }
  const { endsEarly } = machine
  machine.frames.push(frame)
  try {
    const outcome = machine.run(callee.body, scope)
    // What is given only where a test fails, such as None behind `if response.ok: return …`, is not what goes on.
    return outcome.kind === 'return' && (outcome.value.kind !== 'none' || !frame.maybe) ? outcome.value : (frame.maybe ?? NONE)
  } finally {
    machine.frames.pop()
    machine.endsEarly = endsEarly
  }
}

function isStatements(body: FunctionValue['body']): body is readonly Statement[] {
  return Array.isArray(body)
}

/** The text at the head of a body. */
export function docsOf(body: readonly Statement[]): string {
  const [first] = body
  if (first?.kind !== 'expression' || first.value.kind !== 'string') return ''
  const text = first.value.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

/** Gives each parameter its value; one without any is a variable. */
function bind(callee: FunctionValue, args: Args, scope: Scope, at: Span, machine: Machine): void {
  const positional = callee.self ? [callee.self, ...args.positional] : [...args.positional]
  const named = new Map(args.named)
  for (const { name, kind, fallback } of callee.params) {
    if (kind === 'rest') scope.names.set(name, list(positional.splice(0), 'tuple'))
    else if (kind === 'rest-named') {
      scope.names.set(name, dict([...named].map(([key, value]) => [str(key), value] as const)))
      named.clear()
    } else {
      const value = positional.shift() ?? named.get(name)
      named.delete(name)
      scope.names.set(name, value ?? fallbackOf(callee, name, fallback, at, machine))
    }
  }
  if (callee.owner) scope.names.set('(owner)', callee.owner)
}

function fallbackOf(callee: FunctionValue, name: string, fallback: Expression | null, at: Span, machine: Machine): Value {
  if (fallback) return machine.evaluate(fallback, callee.scope)
  const fixture = lookUp(callee.scope, name)
  if (fixture?.kind === 'function' && fixture.definition?.decorators.some((one) => one.includes('fixture')) === true) {
    return followed(fixture, NO_ARGS, at, machine)
  }
  return unknown(machine, name, callee.definition ?? at, 'open')
}

export function instantiated(type: ClassValue, args: Args, at: Span, machine: Machine): Value {
  machine.called.add(type.definition)
  const made: InstanceValue = { kind: 'instance', type, attributes: new Map() }
  const base = libraryBase(type)
  if (base === 'requests.Session') {
    const session = newSession()
    machine.sessions.push(session)
    made.attributes.set(BASE, session)
  } else if (base === 'requests.adapters.HTTPAdapter') made.attributes.set(BASE, adapterFrom(args, at, machine))
  machine.instances.push(made)
  const init = classMember(type, '__init__')
  if (init?.kind === 'function') followed({ ...init, self: made }, args, at, machine)
  else bindFields(made, args)
  return made
}

/** A dataclass has its fields from its arguments, in the order of its body. */
function bindFields(made: InstanceValue, args: Args): void {
  const fields = made.type.definition.body.flatMap((one) =>
    one.kind === 'assign' ? one.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : [])) : [],
  )
  args.positional.forEach((value, index) => {
    const name = fields[index]
    if (name !== undefined) made.attributes.set(name, value)
  })
  for (const [name, value] of args.named) made.attributes.set(name, value)
}

/** The class of a library that a class is derived from; empty where there is none. */
export function libraryBase(type: ClassValue, depth = 0): string {
  for (const base of depth > 20 ? [] : type.bases) {
    if (base.kind === 'name') return canonical(base.path)
    const found = base.kind === 'class' ? libraryBase(base, depth + 1) : ''
    if (found !== '') return found
  }
  return ''
}

/** The instance seen as its base class. */
function superOf(scope: Scope, machine: Machine, at: Span): Value {
  const self = lookUp(scope, 'self')
  const owner = lookUp(scope, '(owner)')
  if (self?.kind !== 'instance' || owner?.kind !== 'class') return puzzled(machine, 'super', at)
  return { kind: 'instance', type: { ...owner, attributes: new Map() }, attributes: self.attributes }
}
