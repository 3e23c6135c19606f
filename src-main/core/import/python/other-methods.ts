/** Methods of answers, files, and of what is not known. */
import type { Args } from './args.ts'
import { memberOf } from './attributes.ts'
import { note, puzzled, unknown, type Machine } from './machine.ts'
import { inParallel, sideBySide } from './parallel-calls.ts'
import { writes } from './saved-answers.ts'
import { newScope } from './scope.ts'
import type { Span } from './syntax.ts'
import { NONE, list, plainText, str, type UnknownValue, type Value } from './values.ts'
import { concat } from './text.ts'

export function answerMethod(request: number, name: string, at: Span, machine: Machine): Value {
  switch (name) {
    case 'raise_for_status':
      raisesForStatus(machine, request)
      return NONE
    case 'json':
      return unknown(machine, 'data', at, 'answer', { path: { request, expression: 'res.body' } })
    case 'iter_content':
    case 'iter_lines':
      return unknown(machine, 'chunks', at, 'answer', { ofAnswer: request })
    case 'close':
    case '__enter__':
      return NONE
    default:
      return puzzled(machine, name, at)
  }
}

/** Only where the script does so in any case. */
function raisesForStatus(machine: Machine, request: number): void {
  const made = machine.requests[request]
  if (made && machine.conditions.length === 0) made.raisesForStatus = true
}

/** Asserts something of an answer, once. */
export function assertOf(machine: Machine, request: number, expression: string, operator: string, value: string): void {
  const assertions = machine.requests[request]?.assertions
  if (!assertions || assertions.some((one) => one.expression === expression && one.operator === operator && one.value === value)) return
  assertions.push({ expression, operator, value, enabled: true })
}

export function fileMethod(object: Value, name: string, args: Args, at: Span, machine: Machine): Value | null {
  if (object.kind === 'file') {
    if (name === 'read' && args.positional.length > 0) {
      note(machine, 'changed', machine.lineOf(at.from), 'A part of a file is read at a time; here the whole file stands for it.')
    }
    if (name === 'read' || name === 'readlines')
      return name === 'read' ? { kind: 'content', path: object.path } : unknown(machine, 'lines', at, 'computed')
    if (name === 'write' || name === 'writelines') return writes(object.path, args.positional[0], at, machine)
    return ['close', 'seek', 'flush', '__enter__'].includes(name) ? NONE : null
  }
  if (object.kind === 'content') return ['decode', 'encode', 'strip'].includes(name) ? object : null
  if (object.kind !== 'str') return ['read', 'getvalue'].includes(name) ? object : ['seek', 'close'].includes(name) ? NONE : null
  switch (name) {
    case 'open':
      return { kind: 'file', path: object.text }
    case 'read_bytes':
    case 'read_text':
      return { kind: 'content', path: object.text }
    case 'write_bytes':
    case 'write_text':
      return writes(object.text, args.positional[0], at, machine)
    case 'read':
    case 'getvalue':
    case 'resolve':
    case 'absolute':
    case 'expanduser':
    case 'as_posix':
      return object
    case 'joinpath': {
      const pieces = args.positional.flatMap((piece) => (piece.kind === 'str' ? [['/'], piece.text] : []))
      const text = concat([object.text, ...pieces])
      return text === null ? null : str(text)
    }
    default:
      return null
  }
}

/** What only changes the look of a value: it stays the variable that it is. */
const SAME = new Set(
  'strip lstrip rstrip lower upper title encode decode isoformat format replace timestamp hexdigest startswith copy json result'.split(' '),
)
/** Of pools and event loops: the function and its arguments. */
const POOLED = new Set(['submit', 'apply', 'apply_async', 'spawn'])
const QUIET = new Set('start write close append extend update'.split(' '))

export function unknownMethod(object: UnknownValue, name: string, args: Args, at: Span, machine: Machine): Value {
  const key = plainText(args.positional[0])
  if (name === 'get' && key !== null) return memberOf(object, key, at, machine, true)
  const [callee, ...rest] = args.positional
  const pooled = POOLED.has(name) && callee ? inParallel(callee, { ...args, positional: rest }, { machine, at, scope: newScope() }) : null
  const mapped = name === 'map' || name === 'imap' ? sideBySide(args, { machine, at, scope: newScope() }) : null
  if (pooled ?? mapped) return pooled ?? mapped ?? object
  if (name === 'strftime') return formattedTime(object, key ?? '', at, machine)
  if (SAME.has(name)) return object
  if (QUIET.has(name)) {
    machine.passedOver.add(machine.lineOf(at.from))
    return NONE
  }
  if (name === 'items') return list([list([unknown(machine, 'key', at, 'computed'), unknown(machine, 'value', at, 'computed')], 'tuple')])
  if (['keys', 'values', 'split', 'read', 'join', 'pop'].includes(name)) return unknown(machine, object.name, at, object.from)
  machine.isPuzzled = true
  return unknown(machine, name, at, 'computed')
}

function formattedTime(object: UnknownValue, format: string, at: Span, machine: Machine): Value {
  if (!object.name.startsWith('$')) return object
  const name = format === '%Y-%m-%d' ? '$isoDate' : '$isoTimestamp'
  if (name === '$isoTimestamp')
    note(machine, 'changed', machine.lineOf(at.from), 'The time is written as ISO 8601, not in the format that the script asks for.')
  return { ...object, name }
}
