/** Operators of Python over values that are known. Null where the operator makes nothing of them. */
import { percentFormatted } from './python-text.ts'
import { concat, plain, type Text } from './text.ts'
import { bool, dict, getItem, int, keyOf, list, setItem, str, truth, type ListValue, type Value } from './values.ts'

const MAX_ITEMS = 100_000
const MAX_BITS = 4096

type Sequence = ListValue | Extract<Value, { kind: 'str' | 'bytes' }>

export function binary(operator: string, left: Value, right: Value): Value | null {
  const compared = comparison(operator, left, right)
  if (compared !== null) return bool(compared)
  if (operator === '%' && left.kind === 'str') return ofText(percentFormatted(left.text, right))
  if (operator === '+') return added(left, right)
  if (operator === '|' && left.kind === 'dict' && right.kind === 'dict')
    return dict([...left.entries.values(), ...right.entries.values()], left.isCaseless)
  if (operator === '*' && isSequence(left) && right.kind === 'int') return repeated(left, Number(right.value))
  if (operator === '*' && isSequence(right) && left.kind === 'int') return repeated(right, Number(left.value))
  if (operator === '/' && left.kind === 'name' && left.path === 'pathlib') return null
  return numeric(operator, left, right)
}

export function unary(operator: string, value: Value): Value | null {
  if (operator === 'not') {
    const known = truth(value)
    return known === null ? null : bool(!known)
  }
  if (value.kind === 'float') {
    const literal = value.literal === undefined || value.literal.startsWith('-') ? {} : { literal: `-${value.literal}` }
    return operator === '-' ? { kind: 'float', value: -value.value, ...literal } : operator === '+' ? value : null
  }
  if (value.kind !== 'int' && value.kind !== 'bool') return null
  const number = BigInt(value.value)
  return operator === '-' ? int(-number) : operator === '+' ? int(number) : operator === '~' ? int(~number) : null
}

function ofText(text: Text | null): Value | null {
  return text === null ? null : str(text)
}

function isSequence(value: Value): value is Sequence {
  return ['str', 'bytes', 'list', 'tuple'].includes(value.kind)
}

function added(left: Value, right: Value): Value | null {
  if ((left.kind === 'str' || left.kind === 'bytes') && right.kind === left.kind) {
    const text = concat([left.text, right.text])
    return text === null ? null : { kind: left.kind, text }
  }
  // What a script puts together with a text that is not known is taken for text.
  if (left.kind === 'str' && right.kind === 'unknown') return ofText(concat([left.text, [{ kind: 'variable', name: right.name }]]))
  if (left.kind === 'unknown' && right.kind === 'str') return ofText(concat([[{ kind: 'variable', name: left.name }], right.text]))
  if ((left.kind === 'list' || left.kind === 'tuple') && right.kind === left.kind) {
    return left.items.length + right.items.length > MAX_ITEMS ? null : list([...left.items, ...right.items], left.kind)
  }
  return numeric('+', left, right)
}

function repeated(value: Sequence, times: number): Value | null {
  const count = Math.max(0, times)
  if ('items' in value) {
    if (value.items.length * count > MAX_ITEMS) return null
    return list(Array.from({ length: count }, () => value.items).flat(), value.kind)
  }
  const known = plain(value.text)
  if (known === null || known.length * count > 1_000_000) return null
  return { kind: value.kind, text: known === '' || count === 0 ? [] : [known.repeat(count)] }
}

function numeric(operator: string, left: Value, right: Value): Value | null {
  const isWhole = (value: Value): value is Extract<Value, { kind: 'int' | 'bool' }> => value.kind === 'int' || value.kind === 'bool'
  if (isWhole(left) && isWhole(right)) return whole(operator, BigInt(left.value), BigInt(right.value))
  const isNumber = (value: Value): value is Extract<Value, { kind: 'int' | 'bool' | 'float' }> => isWhole(value) || value.kind === 'float'
  if (!isNumber(left) || !isNumber(right)) return null
  const [one, other] = [Number(left.value), Number(right.value)]
  switch (operator) {
    case '+':
      return { kind: 'float', value: one + other }
    case '-':
      return { kind: 'float', value: one - other }
    case '*':
      return { kind: 'float', value: one * other }
    case '/':
      return other === 0 ? null : { kind: 'float', value: one / other }
    case '//':
      return other === 0 ? null : { kind: 'float', value: Math.floor(one / other) }
    case '**':
      return { kind: 'float', value: one ** other }
    default:
      return null
  }
}

function whole(operator: string, left: bigint, right: bigint): Value | null {
  switch (operator) {
    case '+':
      return int(left + right)
    case '-':
      return int(left - right)
    case '*':
      return left.toString(16).length + right.toString(16).length > MAX_BITS ? null : int(left * right)
    case '/':
      return right === 0n ? null : { kind: 'float', value: Number(left) / Number(right) }
    case '//':
      return right === 0n ? null : int((left - (((left % right) + right) % right)) / right)
    case '%':
      return right === 0n ? null : int(((left % right) + right) % right)
    case '**':
      if (right < 0n) return left === 0n ? null : { kind: 'float', value: Number(left) ** Number(right) }
      return right * BigInt(left.toString(2).length) > MAX_BITS ? null : int(left ** right)
    case '|':
      return int(left | right)
    case '&':
      return int(left & right)
    case '^':
      return int(left ^ right)
    case '<<':
      return right < 0n || right > MAX_BITS ? null : int(left << right)
    case '>>':
      return right < 0n || right > MAX_BITS ? null : int(left >> right)
    default:
      return null
  }
}

function comparison(operator: string, left: Value, right: Value): boolean | null {
  switch (operator) {
    case '==':
    case 'is':
      return equal(left, right)
    case '!=':
    case '<>':
    case 'is not': {
      const same = equal(left, right)
      return same === null ? null : !same
    }
    case 'in':
      return contains(right, left)
    case 'not in': {
      const found = contains(right, left)
      return found === null ? null : !found
    }
    case '<':
    case '>':
    case '<=':
    case '>=':
      return ordered(operator, left, right)
    default:
      return null
  }
}

/** Whether two values are equal; null where that cannot be known. */
function equal(left: Value, right: Value): boolean | null {
  if (!isKnown(left) || !isKnown(right)) return null
  const [one, other] = [keyOf(left), keyOf(right)]
  if (one !== null && other !== null) return one === other
  if (left === right) return true
  if ((left.kind === 'list' || left.kind === 'tuple') && right.kind === left.kind) {
    if (left.items.length !== right.items.length) return false
    const items = left.items.map((item, index) => equal(item, right.items[index] ?? item))
    return items.includes(false) ? false : items.includes(null) ? null : true
  }
  return left.kind === right.kind ? null : false
}

/** Whether nothing of it is left open, so that it can be compared. */
function isKnown(value: Value): boolean {
  if (value.kind === 'str' || value.kind === 'bytes') return plain(value.text) !== null
  return value.kind !== 'unknown' && value.kind !== 'answer' && value.kind !== 'content' && value.kind !== 'method'
}

function contains(container: Value, item: Value): boolean | null {
  if (!isKnown(item)) return null
  if (container.kind === 'dict') return getItem(container, item) !== undefined
  if (container.kind === 'str' && item.kind === 'str') {
    const [all, part] = [plain(container.text), plain(item.text)]
    return all === null || part === null ? null : all.includes(part)
  }
  if (container.kind !== 'list' && container.kind !== 'tuple' && container.kind !== 'set') return null
  const found = container.items.map((one) => equal(one, item))
  return found.includes(true) ? true : found.includes(null) ? null : false
}

function ordered(operator: string, left: Value, right: Value): boolean | null {
  const [one, other] = [comparable(left), comparable(right)]
  if (one === null || other === null || typeof one !== typeof other) return null
  if (operator === '<') return one < other
  if (operator === '>') return one > other
  return operator === '<=' ? one <= other : one >= other
}

function comparable(value: Value): number | string | null {
  if (value.kind === 'int' || value.kind === 'float' || value.kind === 'bool') return Number(value.value)
  return value.kind === 'str' ? plain(value.text) : null
}

/** The values that a loop over it takes in turn; null where they are not known. */
export function iterated(value: Value): Value[] | null {
  switch (value.kind) {
    case 'list':
    case 'tuple':
    case 'set':
      return [...value.items]
    case 'dict':
      return [...value.entries.values()].map(([key]) => key)
    case 'str': {
      const known = plain(value.text)
      return known === null || known.length > MAX_ITEMS ? null : [...known].map((character) => str(character))
    }
    default:
      return null
  }
}

/** As `target[index]`; undefined where there is no such item, or it is not known. */
export function indexed(target: Value, index: Value): Value | undefined {
  if (target.kind === 'dict') return getItem(target, index)
  if (index.kind !== 'int') return undefined
  const at = Number(index.value)
  if (target.kind === 'list' || target.kind === 'tuple') return target.items.at(at)
  const known = target.kind === 'str' ? plain(target.text) : null
  const character = known === null ? undefined : [...known].at(at)
  return character === undefined ? undefined : str(character)
}

/** As `target[from:to]`, with steps of one; null where that is not known. */
export function sliced(target: Value, bounds: readonly (Value | null)[]): Value | null {
  const numbers = bounds.map((bound) =>
    bound === null || bound.kind === 'none' ? undefined : bound.kind === 'int' ? Number(bound.value) : null,
  )
  const [from, to, by] = numbers
  if (from === null || to === null || (by !== undefined && by !== 1 && !(by === -1 && from === undefined && to === undefined))) return null
  const turn = <T>(items: T[]): T[] => (by === -1 ? items.reverse() : items.slice(from, to))
  if (target.kind === 'list' || target.kind === 'tuple') return list(turn([...target.items]), target.kind)
  if (target.kind !== 'str' && target.kind !== 'bytes') return null
  const known = plain(target.text)
  if (known !== null) return { kind: target.kind, text: asText(turn([...known]).join('')) }
  return null
}

function asText(text: string): Text {
  return text === '' ? [] : [text]
}

/** Puts every entry of a dictionary, or every pair of a list of pairs, into another. False where they are not known. */
export function updated(target: Extract<Value, { kind: 'dict' }>, source: Value): boolean {
  const pairs = pairsOf(source)
  if (pairs === null) return false
  for (const [key, value] of pairs) setItem(target, key, value)
  return true
}

/** The pairs of a dictionary, or of a list of pairs; null where it is neither, or not known. */
export function pairsOf(source: Value): (readonly [Value, Value])[] | null {
  if (source.kind === 'dict') return [...source.entries.values()]
  if (source.kind !== 'list' && source.kind !== 'tuple') return null
  const pairs = source.items.map((item) => ((item.kind === 'tuple' || item.kind === 'list') && item.items.length === 2 ? item.items : null))
  if (pairs.includes(null)) return null
  return pairs.flatMap((pair): (readonly [Value, Value])[] => {
    const [key, value] = pair ?? []
    return key && value ? [[key, value]] : []
  })
}
