/** The value of an expression, as far as it is known. What is not understood is an unknown value, and the statement is marked. */
import { NO_ARGS, type Args } from './args.ts'
import { memberOf, setMember } from './attributes.ts'
import { note, puzzled, renamed, step, unknown, type Machine } from './machine.ts'
import { takeAway } from './collection-methods.ts'
import { canonical, knownName } from './library-names.ts'
import { binary, indexed, iterated, sliced, unary, updated } from './operators.ts'
import { formatted, reprOf } from './python-text.ts'
import { lookUp, newScope } from './scope.ts'
import type { Argument, Clause, Collection, Comprehension, Expression, Span, StringPart } from './syntax.ts'
import { bytesOf, concat, type Text } from './text.ts'
import { NONE, bool, dict, int, list, plainText, setItem, truth, type Scope, type UnknownValue, type Value } from './values.ts'

const MAX_ITEMS = 10_000

export function evaluate(expression: Expression, scope: Scope, machine: Machine): Value {
  step(machine)
  const inner = (one: Expression): Value => machine.evaluate(one, scope)
  switch (expression.kind) {
    case 'none':
      return NONE
    case 'bool':
      return bool(expression.value)
    case 'number':
      return numberOf(expression.text) ?? puzzled(machine, 'number', expression)
    case 'string':
      return stringOf(expression, scope, machine)
    case 'name':
      return named(expression, scope, machine)
    case 'member':
      return memberOf(inner(expression.object), expression.name, expression, machine)
    case 'index':
      return itemOf(inner(expression.object), inner(expression.index), expression, machine)
    case 'slice':
      return slicedOf(expression, scope, machine)
    case 'call':
      return machine.call(inner(expression.callee), machine.argsOf(expression.args, scope), expression, scope)
    case 'list':
    case 'tuple':
    case 'set':
      return collected(expression, scope, machine)
    case 'dict':
      return dictionary(expression, scope, machine)
    case 'comprehension':
      return comprehended(expression, expression, scope, machine)
    case 'binary':
      return combined(expression, scope, machine)
    case 'unary':
      return unary(expression.operator, inner(expression.operand)) ?? unknown(machine, 'result', expression, 'computed')
    case 'conditional': {
      const holds = truth(inner(expression.test))
      return inner(holds === false ? expression.no : expression.yes)
    }
    case 'lambda':
      return {
        kind: 'function',
        name: 'lambda',
        params: expression.params,
        body: expression.body,
        scope,
        definition: null,
        self: null,
        owner: null,
      }
    case 'named':
      return namedHere(expression, scope, machine)
    case 'await':
      return inner(expression.operand)
    case 'ellipsis':
      return unknown(machine, 'value', expression, 'open')
    case 'other':
      return puzzled(machine, 'value', expression)
  }
}

function slicedOf(expression: Extract<Expression, { kind: 'slice' }>, scope: Scope, machine: Machine): Value {
  const bounds = expression.bounds.map((bound) => (bound === null ? null : machine.evaluate(bound, scope)))
  return sliced(machine.evaluate(expression.object, scope), bounds) ?? unknown(machine, 'part', expression, 'computed')
}

/** `(name := value)`. */
function namedHere(expression: Extract<Expression, { kind: 'named' }>, scope: Scope, machine: Machine): Value {
  const value = renamed(machine, machine.evaluate(expression.value, scope), expression.name)
  scope.names.set(expression.name, value)
  return value
}

const JSON_NUMBER = /^(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i

/** @see The Python Language Reference, 2.4.5; `010` is Python 2's way of writing 8 */
function numberOf(text: string): Value | null {
  const plain = text.replaceAll('_', '')
  if (/^0[xob]/i.test(plain)) return plain.length > 2 && plain.length < 4000 ? int(BigInt(plain.toLowerCase())) : null
  if (/^\d+$/.test(plain)) return plain.length < 4300 ? int(BigInt(/^0[0-7]+$/.test(plain) ? `0o${plain}` : plain)) : null
  if (/j$/i.test(plain)) return null
  return { kind: 'float', value: Number(plain), ...(JSON_NUMBER.test(plain) && { literal: plain }) }
}

function stringOf(expression: Extract<Expression, { kind: 'string' }>, scope: Scope, machine: Machine): Value {
  const text = concat(expression.parts.map((part) => partText(part, scope, machine)))
  if (text === null) return puzzled(machine, 'text', expression)
  if (!expression.isBytes) return { kind: 'str', text }
  const known = text.every((part) => typeof part === 'string')
  // A bytes literal holds ASCII alone; other characters in one are a mistake that Python refuses.
  return {
    kind: 'bytes',
    text: known ? text.map((part) => (typeof part === 'string' && /[^\u0000-\u00ff]/.test(part) ? bytesOf(part) : part)) : text,
  }
}

function partText(part: StringPart, scope: Scope, machine: Machine): Text {
  if (part.kind === 'text') return part.text === '' ? [] : [part.text]
  const value = machine.evaluate(part.value, scope)
  const spec = concat(part.spec.map((one) => partText(one, scope, machine))) ?? []
  const isQuoted = part.conversion === 'r' || part.conversion === 'a' || (part.label !== '' && part.conversion === '' && spec.length === 0)
  const shown: Value = isQuoted ? quoted(value) : value
  const text = formatted(shown, spec.map((one) => (typeof one === 'string' ? one : '')).join(''))
  const known = text ?? [{ kind: 'variable' as const, name: unknown(machine, hintOf(part.value), part.value, 'computed').name }]
  return part.label === '' ? known : [part.label, ...known]
}

function quoted(value: Value): Value {
  const text = reprOf(value)
  return text === null || value.kind === 'unknown' ? value : { kind: 'str', text }
}

/** A name for what an expression gives, from the expression. */
export function hintOf(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
    case 'member':
      return expression.name
    case 'call':
      return hintOf(expression.callee)
    case 'index':
      return expression.index.kind === 'string'
        ? expression.index.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
        : hintOf(expression.object)
    case 'await':
      return hintOf(expression.operand)
    default:
      return 'value'
  }
}

function named(expression: Extract<Expression, { kind: 'name' }>, scope: Scope, machine: Machine): Value {
  const { name } = expression
  const found = lookUp(scope, name)
  if (found) return found
  const known = knownName(name)
  if (known?.mend !== undefined) note(machine, 'changed', machine.lineOf(expression.from), known.mend)
  return known?.value ?? unknown(machine, name, expression, 'open')
}

function itemOf(target: Value, index: Value, expression: Extract<Expression, { kind: 'index' }>, machine: Machine): Value {
  const item = indexed(target, index)
  if (item) return item
  const name = plainText(index) ?? (index.kind === 'int' ? String(index.value) : 'item')
  return memberOf(target, name, expression, machine, true)
}

function collected(expression: Span & Collection, scope: Scope, machine: Machine): Value {
  const items: Value[] = []
  for (const { isSpread, value } of expression.items) {
    const one = machine.evaluate(value, scope)
    const several = isSpread ? iterated(one) : [one]
    if (several === null) machine.isPuzzled = true
    items.push(...(several ?? []).slice(0, MAX_ITEMS))
    step(machine, several?.length ?? 1)
  }
  return list(items, expression.kind)
}

function dictionary(expression: Extract<Expression, { kind: 'dict' }>, scope: Scope, machine: Machine): Value {
  const made = dict()
  for (const { key, value } of expression.entries) {
    const one = machine.evaluate(value, scope)
    if (key === null) {
      if (!updated(made, one)) noteOpenEntries(machine, expression)
    } else {
      const name = machine.evaluate(key, scope)
      const isNameless = one.kind === 'unknown' && one.from === 'computed' && value.kind === 'call'
      if (!setItem(made, name, isNameless ? renamed(machine, one, plainText(name) ?? '_') : one)) machine.isPuzzled = true
    }
  }
  return made
}

function noteOpenEntries(machine: Machine, at: Expression): void {
  note(machine, 'lost', machine.lineOf(at.from), 'Entries of a dictionary that is not known before the script runs are left out.')
}

function comprehended(made: Comprehension, at: Expression, scope: Scope, machine: Machine): Value {
  const pairs: (readonly [Value, Value])[] = []
  const own = newScope(scope)
  const isKnown = eachRound(made.clauses, own, machine, () => {
    if (pairs.length < MAX_ITEMS) pairs.push([machine.evaluate(made.element, own), made.value ? machine.evaluate(made.value, own) : NONE])
  })
  if (!isKnown)
    note(machine, 'changed', machine.lineOf(at.from), 'What is looped over is not known before the script runs: one round of it is taken.')
  if (made.shape === 'dict') return dict(pairs)
  return list(
    pairs.map(([element]) => element),
    made.shape === 'set' ? 'set' : 'list',
  )
}

/** Goes through the clauses, outermost first. False where one of them loops over what is not known. */
function eachRound(clauses: readonly Clause[], scope: Scope, machine: Machine, round: () => void): boolean {
  const [first, ...rest] = clauses
  if (!first) {
    round()
    return true
  }
  if (first.kind === 'if') {
    return truth(machine.evaluate(first.test, scope)) === false || eachRound(rest, scope, machine, round)
  }
  const items = iterated(machine.evaluate(first.iterable, scope))
  const rounds = items ?? [unknown(machine, hintOf(first.target), first.target, 'open')]
  let isKnown = items !== null
  for (const item of rounds.slice(0, MAX_ITEMS)) {
    step(machine)
    assign(first.target, item, scope, machine)
    isKnown = eachRound(rest, scope, machine, round) && isKnown
  }
  return isKnown
}

function combined(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope, machine: Machine): Value {
  const { operator } = expression
  const left = machine.evaluate(expression.left, scope)
  if (operator === 'and' || operator === 'or') {
    const holds = truth(left)
    const isSettled = operator === 'and' ? holds === false : holds === true || (holds === null && left.kind === 'str')
    if (isSettled) return withFallback(left, expression.right, scope, machine)
    return machine.evaluate(expression.right, scope)
  }
  const right = machine.evaluate(expression.right, scope)
  if (operator === '*' && isTime(left) && right.kind !== 'unknown' && 'value' in right && Number(right.value) === 1000)
    return { ...left, name: '$timestampMs' }
  step(machine, sizeOf(left) + sizeOf(right))
  const known = binary(operator, left, right)
  if (known) return known
  if (operator === '/' && (left.kind === 'str' || right.kind === 'str'))
    return joinedPath(left, right) ?? puzzled(machine, 'path', expression)
  return unknown(machine, hintOf(expression.left), expression, 'computed', isSum(operator) ? { isNumber: true } : {})
}

/** The time in seconds, which is made anew for each request. */
function isTime(value: Value): value is UnknownValue {
  return value.kind === 'unknown' && value.name === '$timestamp'
}

/** Big texts cost more, so that a script cannot make gigabytes. */
function sizeOf(value: Value): number {
  if (value.kind !== 'str' && value.kind !== 'bytes') return 0
  return value.text.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0) >> 12
}

function isSum(operator: string): boolean {
  return operator === '-' || operator === '*' || operator === '//' || operator === '**'
}

/** `os.getenv("X") or "default"`. */
function withFallback(left: Value, right: Expression, scope: Scope, machine: Machine): Value {
  const only = left.kind === 'str' && left.fallback === undefined && left.text.length === 1 ? left.text[0] : undefined
  if (typeof only !== 'object' || only.kind !== 'variable') return left
  const declared = machine.declared.get(only.name)
  const fallback = plainText(machine.evaluate(right, scope))
  if (!declared || fallback === null) return left
  machine.declared.set(only.name, { ...declared, value: fallback })
  return { kind: 'str', text: [only], fallback }
}

/** pathlib's `/`. */
function joinedPath(left: Value, right: Value): Value | null {
  const [one, other] = [left, right].map((value) => (value.kind === 'str' ? value.text : null))
  if (!one || !other) return null
  const text = concat([one, ['/'], other])
  return text === null ? null : { kind: 'str', text }
}

/** Binds a target of an assignment or a loop. */
export function assign(target: Expression, value: Value, scope: Scope, machine: Machine): void {
  step(machine)
  switch (target.kind) {
    case 'name':
      holderOf(scope, target.name).names.set(target.name, renamed(machine, value, target.name))
      return
    case 'tuple':
    case 'list':
      unpack(target, value, scope, machine)
      return
    case 'member':
      setMember(machine.evaluate(target.object, scope), target.name, renamed(machine, value, target.name), target, machine)
      return
    case 'index': {
      const object = machine.evaluate(target.object, scope)
      const index = machine.evaluate(target.index, scope)
      setAt(object, index, renamed(machine, value, plainText(index) ?? '_'), target, machine)
      return
    }
    default:
      machine.isPuzzled = true
  }
}

function setAt(object: Value, index: Value, value: Value, target: Expression, machine: Machine): void {
  if (object.kind === 'dict') {
    if (!setItem(object, index, value)) machine.isPuzzled = true
  } else if (object.kind === 'list' && index.kind === 'int') {
    const at = Number(index.value) < 0 ? object.items.length + Number(index.value) : Number(index.value)
    if (at >= 0 && at < object.items.length) object.items[at] = value
    else machine.isPuzzled = true
  } else if (object.kind === 'name') {
    if (canonical(object.path) !== 'os.environ') machine.isPuzzled = true
  } else if (object.kind !== 'unknown') setMember(object, plainText(index) ?? '', value, target, machine)
  else machine.isPuzzled = true
}

function unpack(target: Collection, value: Value, scope: Scope, machine: Machine): void {
  const items = iterated(value)
  const rest = target.items.findIndex((item) => item.isSpread)
  target.items.forEach((item, index) => {
    const after = target.items.length - index - 1
    if (item.isSpread) {
      assign(
        item.value,
        items ? list(items.slice(index, items.length - after)) : unknown(machine, hintOf(item.value), item.value, 'computed'),
        scope,
        machine,
      )
      return
    }
    const at = rest >= 0 && index > rest ? (items?.length ?? 0) - after - 1 : index
    assign(
      item.value,
      items?.[at] ?? unknown(machine, hintOf(item.value), item.value, value.kind === 'unknown' ? value.from : 'computed'),
      scope,
      machine,
    )
  })
}

/** Where a name that is assigned belongs: further out after `global` and `nonlocal`. */
function holderOf(scope: Scope, name: string): Scope {
  if (!scope.handedOut.has(name)) return scope
  let holder = scope.outer
  while (holder?.outer && !holder.names.has(name)) holder = holder.outer
  return holder ?? scope
}

/** As `del target`. */
export function remove(target: Expression, scope: Scope, machine: Machine): void {
  if (target.kind === 'name') scope.names.delete(target.name)
  else if (target.kind === 'index') {
    const object = machine.evaluate(target.object, scope)
    const index = machine.evaluate(target.index, scope)
    if (object.kind === 'dict') takeAway(object, index)
    else if (object.kind === 'list' && index.kind === 'int') object.items.splice(Number(index.value), 1)
    else machine.isPuzzled = true
  }
}

export function argsOf(args: readonly Argument[], scope: Scope, machine: Machine): Args {
  if (args.length === 0) return NO_ARGS
  const positional: Value[] = []
  const named = new Map<string, Value>()
  let hasUnknown = false
  for (const argument of args) {
    const value = machine.evaluate(argument.value, scope)
    if (argument.kind === 'plain') positional.push(value)
    else if (argument.kind === 'named') named.set(argument.name, value)
    else if (argument.kind === 'spread') {
      const items = iterated(value)
      positional.push(...(items ?? []).slice(0, 1000))
      hasUnknown ||= items === null
    } else if (value.kind === 'dict') {
      for (const [key, item] of value.entries.values()) named.set(plainText(key) ?? '', item)
    } else hasUnknown = true
  }
  return { positional, named, hasUnknown }
}
