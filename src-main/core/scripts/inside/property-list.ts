/** Postman's `PropertyList` over rows that live elsewhere: headers, query parameters, cookies. */
import { asText, isFunction, isObject } from './host.ts'

export interface Pair {
  readonly key: string
  readonly value: string
}

interface Source {
  readonly all: () => readonly Pair[]
  readonly isSame: (a: string, b: string) => boolean
  readonly add?: (pair: Pair) => void
  readonly put?: (pair: Pair) => void
  readonly remove?: (key: string) => void
}

function pairOf(item: unknown, value?: unknown): Pair {
  if (isObject(item)) return { key: asText(item.key ?? item.name ?? ''), value: asText(item.value ?? '') }
  const text = String(item)
  if (value !== undefined) return { key: text, value: asText(value) }
  const at = text.search(/[:=]/)
  return at < 0 ? { key: text, value: '' } : { key: text.slice(0, at).trim(), value: text.slice(at + 1).trim() }
}

function refuse(): never {
  throw new Error('This list cannot be changed.')
}

export function propertyList({ all, isSame, add = refuse, put = refuse, remove = refuse }: Source) {
  const found = (key: unknown): Pair | undefined => all().findLast((pair) => isSame(pair.key, String(key)))
  const copies = (): Pair[] => all().map((pair) => ({ ...pair }))
  return {
    get: (key: unknown) => found(key)?.value,
    one: (key: unknown) => found(key),
    has: (key: unknown, value?: unknown) => {
      const pair = found(isObject(key) ? key.key : key)
      return pair !== undefined && (value === undefined || pair.value === asText(value))
    },
    all: copies,
    count: () => all().length,
    idx: (index: number) => copies()[index],
    indexOf: (key: unknown) => all().findIndex((pair) => isSame(pair.key, isObject(key) ? asText(key.key) : String(key))),
    each: (run: (pair: Pair) => void) => copies().forEach((pair) => run(pair)),
    forEach: (run: (pair: Pair) => void) => copies().forEach((pair) => run(pair)),
    map: (run: (pair: Pair) => unknown) => copies().map((pair) => run(pair)),
    filter: (run: (pair: Pair) => boolean) => copies().filter((pair) => run(pair)),
    find: (run: (pair: Pair) => boolean) => copies().find((pair) => run(pair)),
    reduce: (run: (sum: unknown, pair: Pair) => unknown, start: unknown) => copies().reduce((sum, pair) => run(sum, pair), start),
    toObject: () => Object.fromEntries(all().map(({ key, value }) => [key, value])),
    toString: () =>
      all()
        .map(({ key, value }) => `${key}: ${value}`)
        .join('\n'),
    toJSON: copies,
    add: (item: unknown, value?: unknown) => add(pairOf(item, value)),
    append: (item: unknown, value?: unknown) => add(pairOf(item, value)),
    upsert: (item: unknown, value?: unknown) => put(pairOf(item, value)),
    remove: (key: unknown) => {
      if (!isFunction(key)) return remove(isObject(key) ? asText(key.key) : String(key))
      for (const pair of copies()) if (key(pair) === true) remove(pair.key)
    },
    clear: () => {
      for (const pair of copies()) remove(pair.key)
    },
  }
}
