/**
 * Variables as scripts see them. What a script sets is kept beside the collection for later sends and wins over every
 * other value for the rest of this one; nothing is written to the files of environments, folders and collections.
 */
import type { ScriptVariables } from '../script-job.ts'
import { ask, asText, isObject, textOf } from './host.ts'

type Scope = keyof ScriptVariables

/** Everything but the last two is looked through in this order; `set` holds what was set since Send was pressed. */
const ORDER: readonly Scope[] = ['given', 'captured', 'request', 'folder', 'environment', 'collection']
const REFERENCE = /\{\{([^{}]+)\}\}/g
const MAX_NESTING = 10

const GONE = Symbol('gone')
let set = new Map<string, unknown>()
let scopes = new Map<Scope, Map<string, string>>()

export function setVariables(variables: ScriptVariables): void {
  set = new Map()
  scopes = new Map(ORDER.map((scope) => [scope, new Map(variables[scope])]))
}

/** What is kept by now, after another request was sent: its scripts and captures win over what was set before. */
export function renewCaptured(entries: readonly (readonly [string, string])[]): void {
  const before = scopes.get('captured')
  for (const [name, value] of entries) if (before?.get(name) !== value) set.delete(name)
  scopes.set('captured', new Map(entries))
}

/** The value of the first of these scopes that has the name, and before them what was set. */
export function look(name: unknown, among: readonly Scope[] = ORDER): unknown {
  const key = String(name)
  if (set.has(key)) {
    const value = set.get(key)
    return value === GONE ? undefined : value
  }
  for (const scope of among) {
    const value = scopes.get(scope)?.get(key)
    if (value !== undefined) return value
  }
  return undefined
}

function named(name: unknown): string {
  const key = textOf(name ?? '')
  if (key === '') throw new Error('A variable needs a name.')
  return key
}

/** Keeps a value for this and later sends. */
export function keep(name: unknown, value: unknown): void {
  if (value === undefined) return forget(name)
  ask('keep', { name: named(name), value: asText(value) })
  set.set(named(name), value)
}

/** A value for this send alone. */
export function keepHere(name: unknown, value: unknown): void {
  if (value === undefined) return forget(name)
  ask('local', { name: named(name), value: asText(value) })
  set.set(named(name), value)
}

export function forget(name: unknown): void {
  ask('keep', { name: named(name), value: null })
  set.set(named(name), GONE)
}

/** Every name of these scopes with its value, the nearest winning. */
export function allOf(among: readonly Scope[] = ORDER): Record<string, unknown> {
  const names = new Set([...among].flatMap((scope) => [...(scopes.get(scope)?.keys() ?? [])]))
  for (const [name, value] of set) if (value !== GONE) names.add(name)
  const all: Record<string, unknown> = {}
  for (const name of names) {
    const value = look(name, among)
    if (value !== undefined) all[name] = value
  }
  return all
}

/** A text with its `{{references}}` filled in; one that has no value stands as it is. In lists and objects, each text. */
export function filled(value: unknown, nesting = 0): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, nesting))
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, nesting)]))
  if (typeof value !== 'string' || nesting > MAX_NESTING) return value
  return value.replace(REFERENCE, (whole, inner: string) => {
    const name = inner.trim()
    const found = name.startsWith('process.env.') ? processEnv(name.slice('process.env.'.length)) : look(name)
    if (found !== undefined) return asText(filled(found, nesting + 1))
    return name.startsWith('$') ? ask('dynamic', name) || whole : whole
  })
}

export function processEnv(name: unknown): string | undefined {
  const found = ask('env', String(name))
  return found === '' ? undefined : found.slice(1)
}

export interface VariableScope {
  readonly get: (name: unknown) => unknown
  readonly set: (name: unknown, value: unknown) => void
  readonly has: (name: unknown) => boolean
  readonly unset: (name: unknown) => void
  readonly clear: () => void
  readonly toObject: () => Record<string, unknown>
  readonly replaceIn: (text: unknown) => unknown
}

/** @param write what `set` does: to keep, or for this send alone */
export function scopeOf(among: readonly Scope[], write = keep): VariableScope {
  return {
    get: (name) => look(name, among),
    set: write,
    has: (name) => look(name, among) !== undefined,
    unset: forget,
    clear: () => Object.keys(allOf(among)).forEach(forget),
    toObject: () => allOf(among),
    replaceIn: (text) => filled(text),
  }
}

export const KEPT: readonly Scope[] = ['given', 'captured']
export const EVERYWHERE = ORDER
