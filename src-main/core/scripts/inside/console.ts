/** `console`, and values as it shows them. */
import { ask, elapsed, isObject, placeIn } from './host.ts'

const MAX_DEPTH = 4
const MAX_ITEMS = 100
const MAX_LENGTH = 10_000

type Level = 'log' | 'info' | 'warn' | 'error' | 'debug'

function print(level: Level, values: readonly unknown[]): void {
  const text = values.map((value) => (typeof value === 'string' ? value : shown(value))).join(' ')
  ask('console', { level, text: text.slice(0, MAX_LENGTH), line: placeIn(new Error().stack)?.line ?? null })
}

const timers = new Map<string, number>()
const counts = new Map<string, number>()

export const scriptConsole = {
  log: (...values: unknown[]) => print('log', values),
  info: (...values: unknown[]) => print('info', values),
  warn: (...values: unknown[]) => print('warn', values),
  error: (...values: unknown[]) => print('error', values),
  debug: (...values: unknown[]) => print('debug', values),
  trace: (...values: unknown[]) => print('debug', values),
  dir: (value: unknown) => print('log', [value]),
  table: (value: unknown) => print('log', [value]),
  group: (...values: unknown[]) => print('log', values),
  groupEnd: () => undefined,
  clear: () => undefined,
  assert: (holds: unknown, ...values: unknown[]) => {
    if (!holds) print('error', ['Assertion failed', ...values])
  },
  count: (label = 'default') => {
    counts.set(label, (counts.get(label) ?? 0) + 1)
    print('log', [`${label}: ${counts.get(label) ?? 0}`])
  },
  time: (label = 'default') => void timers.set(label, elapsed()),
  timeEnd: (label = 'default') => {
    const now = elapsed()
    print('log', [`${label}: ${Math.round(now - (timers.get(label) ?? now))} ms`])
  },
}

/** A value in words: what `console.log` prints of it. Never throws. */
export function shown(value: unknown, depth = 0, above: readonly unknown[] = []): string {
  try {
    if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value)
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value === 'function') return `[Function${value.name === '' ? '' : `: ${value.name}`}]`
    if (!isObject(value)) return String(value)
    if (above.includes(value)) return '[Circular]'
    return objectShown(value, depth, [...above, value])
  } catch (error) {
    return `[${error instanceof Error ? `cannot be shown: ${error.message}` : 'cannot be shown'}]`
  }
}

function objectShown(value: Record<string, unknown>, depth: number, above: readonly unknown[]): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof RegExp) return String(value)
  const inner = (one: unknown): string => shown(one, depth + 1, above)
  if (Array.isArray(value)) return depth >= MAX_DEPTH ? '[Array]' : listed('[', ']', value, inner)
  if (value instanceof Map) return `Map(${value.size}) ${listed('{', '}', [...value], ([key, one]) => `${inner(key)} => ${inner(one)}`)}`
  if (value instanceof Set) return `Set(${value.size}) ${listed('{', '}', [...value], inner)}`
  if (value instanceof Promise) return 'Promise'
  if (depth >= MAX_DEPTH) return '[Object]'
  return listed('{', '}', Object.keys(value), (key) => `${/^[\w$]+$/.test(key) ? key : JSON.stringify(key)}: ${inner(value[key])}`)
}

function listed<T>(open: string, close: string, items: readonly T[], text: (item: T) => string): string {
  const parts = items.slice(0, MAX_ITEMS).map(text)
  if (items.length > MAX_ITEMS) parts.push(`… ${items.length - MAX_ITEMS} more`)
  if (parts.length === 0) return open + close
  return open === '[' ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`
}
