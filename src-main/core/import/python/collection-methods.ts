/** Methods of Python's lists, sets and dictionaries; a cookie jar is a dictionary too. Null where the result is not known. */
import { argument, type Args } from './args.ts'
import { DEFAULT_HEADERS } from './attributes.ts'
import { iterated, pairsOf, updated } from './operators.ts'
import {
  NONE,
  deleteItem,
  dict,
  getItem,
  int,
  keyOf,
  list,
  plainText,
  setItem,
  str,
  type DictValue,
  type ListValue,
  type Value,
} from './values.ts'

const MAX_ITEMS = 100_000

export function listMethod(target: ListValue, name: string, args: Args): Value | null {
  const [first, second] = args.positional
  switch (name) {
    case 'append':
    case 'add':
      if (first && target.items.length < MAX_ITEMS && !(target.kind === 'set' && target.items.some((one) => keyOf(one) === keyOf(first))))
        target.items.push(first)
      return NONE
    case 'extend':
    case 'update': {
      const items = first ? iterated(first) : null
      if (!items || target.items.length + items.length > MAX_ITEMS) return null
      target.items.push(...items)
      return NONE
    }
    case 'insert':
      if (first?.kind !== 'int' || !second) return null
      target.items.splice(Number(first.value), 0, second)
      return NONE
    case 'pop':
      return target.items.splice(first?.kind === 'int' ? Number(first.value) : -1, 1)[0] ?? null
    case 'clear':
      target.items.length = 0
      return NONE
    case 'copy':
      return list([...target.items], target.kind)
    case 'reverse':
      target.items.reverse()
      return NONE
    case 'index': {
      const at = first ? target.items.findIndex((one) => keyOf(one) !== null && keyOf(one) === keyOf(first)) : -1
      return at < 0 ? null : int(at)
    }
    default:
      return null
  }
}

export function dictMethod(target: DictValue, name: string, args: Args): Value | null {
  const [first, second] = args.positional
  switch (name) {
    case 'get':
      return first ? (getItem(target, first) ?? argument(args, 1, 'default') ?? NONE) : null
    case 'setdefault': {
      if (!first) return null
      const known = getItem(target, first)
      if (!known) setItem(target, first, second ?? NONE)
      return known ?? second ?? NONE
    }
    case 'update': {
      const isKnown = (first === undefined || updated(target, first)) && !args.hasUnknown
      for (const [key, value] of args.named) setItem(target, str(key), value)
      return isKnown ? NONE : null
    }
    case 'pop':
      return first ? popped(target, first, second) : null
    case 'clear':
      target.entries.clear()
      if (target.isCaseless) for (const header of DEFAULT_HEADERS) setItem(target, str(header), NONE)
      return NONE
    case 'copy':
      return dict(target.entries.values(), target.isCaseless)
    case 'items':
      return list([...target.entries.values()].map(([key, value]) => list([key, value], 'tuple')))
    case 'keys':
      return list([...target.entries.values()].map(([key]) => key))
    case 'values':
      return list([...target.entries.values()].map(([, value]) => value))
    // Of a cookie jar.
    case 'set': {
      const [key, value] = [argument(args, 0, 'name'), argument(args, 1, 'value')]
      if (!key || !value) return null
      setItem(target, key, value)
      return NONE
    }
    case 'get_dict':
      return dict(target.entries.values())
    default:
      return null
  }
}

/** A session's headers have requests' own in them: taking one away leaves it out of what is sent. */
function popped(target: DictValue, key: Value, fallback: Value | undefined): Value {
  const known = getItem(target, key)
  takeAway(target, key)
  return known ?? fallback ?? NONE
}

/** As `del target[key]`. */
export function takeAway(target: DictValue, key: Value): void {
  const name = plainText(key)?.toLowerCase()
  if (target.isCaseless && DEFAULT_HEADERS.some((header) => header.toLowerCase() === name)) setItem(target, key, NONE)
  else deleteItem(target, key)
}

/** A copy that does not change with the original, as far down as `copy.deepcopy` goes. */
export function deepCopy(value: Value, depth = 0): Value {
  if (depth > 50) return value
  if (value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set') {
    return list(
      value.items.map((item) => deepCopy(item, depth + 1)),
      value.kind,
    )
  }
  const pairs = value.kind === 'dict' ? pairsOf(value) : null
  if (value.kind !== 'dict' || pairs === null) return value
  return dict(
    pairs.map(([key, item]) => [key, deepCopy(item, depth + 1)] as const),
    value.isCaseless,
  )
}
