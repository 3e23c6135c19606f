/** Whether a name or an index is one that a selector takes, told from the bytes of a name as they stand. */
import type { Selector } from './json-path-plan.ts'
import { keyOf } from './json-path-frames.ts'

const BACKSLASH = 0x5c

/** Most lists of a child stay empty: they begin as one that all share. */
export function pushed<T>(list: readonly T[], item: T): readonly T[] {
  return list.length === 0 ? [item] : [...list, item]
}

/** Whether a name with white space around may be one of these: where it has escapes, that is told later. */
export function mayBeOneOf(bytes: Buffer, names: readonly Buffer[]): boolean {
  let [from, to] = [0, bytes.length]
  while ((bytes[from] ?? 0x21) <= 0x20) from += 1
  while ((bytes[to - 1] ?? 0x21) <= 0x20) to -= 1
  for (let at = from; at < to; at += 1) if (bytes[at] === BACKSLASH) return true
  for (let which = 0; which < names.length; which += 1) if (isAt(bytes, from, to, names[which])) return true
  return false
}

function isAt(bytes: Buffer, from: number, to: number, name: Buffer | undefined): boolean {
  if (!name || to - from !== name.length) return false
  for (let at = 0; at < name.length; at += 1) if (bytes[from + at] !== name[at]) return false
  return true
}

export function selects(selector: Exclude<Selector, { kind: 'filter' }>, key: number | Buffer): boolean {
  switch (selector.kind) {
    case 'wildcard':
      return true
    case 'name':
      if (typeof key === 'number') return false
      return key.includes(BACKSLASH) ? keyOf(key) === selector.name : selector.quoted.equals(key)
    case 'slice': {
      const { start, stop, step } = selector
      return typeof key === 'number' && key >= start && key < stop && (key - start) % step === 0
    }
  }
}

export function trimmed(bytes: Buffer): Buffer {
  let [from, to] = [0, bytes.length]
  while (from < to && (bytes[from] ?? 0) <= 0x20) from += 1
  while (to > from && (bytes[to - 1] ?? 0) <= 0x20) to -= 1
  return bytes.subarray(from, to)
}
