/**
 * Values of a script, as far as they are known without running it. Lists and dictionaries can be changed, as in Python; what
 * cannot be known is `unknown`, with the name that a variable for it would have.
 */
import type { Auth, Options, Part } from '#contract/model/request.ts'
import type { Adapter, Session } from '#contract/model/session.ts'
import type { ClassStatement, Definition, Expression, Param, Statement } from './syntax.ts'
import { plain, type Text } from './text.ts'

export type Value =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number; /** As it is typed, where JSON has it so. */ readonly literal?: string }
  | { readonly kind: 'str'; readonly text: Text; /** What it is where the environment has none. */ readonly fallback?: string }
  /** Each character of the text is one byte. */
  | { readonly kind: 'bytes'; readonly text: Text }
  | ListValue
  | DictValue
  | { readonly kind: 'file'; readonly path: Text }
  /** All that is in a file. */
  | { readonly kind: 'content'; readonly path: Text }
  /** Something of a library, by its dotted path. */
  | { readonly kind: 'name'; readonly path: string }
  | { readonly kind: 'method'; readonly object: Value; readonly name: string }
  /** `functools.partial`: some arguments are given already. */
  | { readonly kind: 'partial'; readonly callee: Value; readonly args: Args }
  | FunctionValue
  | ClassValue
  | InstanceValue
  | SessionValue
  | RequestValue
  | EncoderValue
  | { readonly kind: 'credentials'; readonly auth: Auth; /** They go with the proxy, not with the request. */ readonly isForProxy: boolean }
  | { readonly kind: 'retry'; readonly retry: NonNullable<Options['retry']> }
  | { readonly kind: 'adapter'; readonly adapter: Omit<Adapter, 'prefix'> }
  /** The answer to a request that was made, by its index. */
  | { readonly kind: 'answer'; readonly request: number }
  | UnknownValue

/** Arguments of a call. */
export interface Args {
  readonly positional: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
  /** Some of them are in a list or a dictionary that is not known. */
  readonly hasUnknown: boolean
}

export interface ListValue {
  readonly kind: 'list' | 'tuple' | 'set'
  readonly items: Value[]
}

export interface DictValue {
  readonly kind: 'dict'
  /** By `keyOf`; of a caseless one by the key in lower case. */
  readonly entries: Map<string, readonly [Value, Value]>
  readonly isCaseless: boolean
}

export interface FunctionValue {
  readonly kind: 'function'
  readonly name: string
  readonly params: readonly Param[]
  readonly body: readonly Statement[] | Expression
  readonly scope: Scope
  readonly definition: Definition | null
  /** What `self` is, where it is a method. */
  readonly self: Value | null
  /** The class that it was found in, for `super()`. */
  readonly owner: ClassValue | null
}

export interface ClassValue {
  readonly kind: 'class'
  readonly name: string
  readonly bases: readonly Value[]
  readonly attributes: Map<string, Value>
  readonly definition: ClassStatement
}

export interface InstanceValue {
  readonly kind: 'instance'
  readonly type: ClassValue
  /** Under {@link BASE} stands what it is of the library's, for a class derived from one of it. */
  readonly attributes: Map<string, Value>
}

export const BASE = '(base)'

/** requests' `Session`: its attributes by name, and what was mounted. */
export interface SessionValue {
  readonly kind: 'session'
  readonly attributes: Map<string, Value>
  readonly adapters: Adapter[]
  /** Name that it has in the script, once it has one. */
  name: string
  /** Every URL is relative to it, where it is given. */
  base: Text | null
  /** What it was at its first request, which is what the session of the import is. */
  made: Session | null
}

/** requests' `Request` and `PreparedRequest`: the arguments of the call that it will be. */
export interface RequestValue {
  readonly kind: 'request'
  readonly attributes: Map<string, Value>
  /** The Session object of the script that prepared it; null: none did. */
  session: SessionValue | null
  isPrepared: boolean
}

/** requests-toolbelt's `MultipartEncoder`. */
export interface EncoderValue {
  readonly kind: 'encoder'
  readonly parts: readonly Part[]
}

export interface UnknownValue {
  readonly kind: 'unknown'
  readonly name: string
  readonly line: number
  /** `answer`: from the answer of a request; `asked`: from whoever runs it; `open`: the script itself does not say. */
  readonly from: 'answer' | 'asked' | 'secret' | 'open' | 'computed'
  /** Where it stands in an answer, as an assertion says it. */
  readonly path?: { readonly request: number; readonly expression: string }
  /** Index of the request of whose answer it is the bytes, or a piece of them. */
  readonly ofAnswer?: number
  /** Surely a number: it stands in JSON without quotes. */
  readonly isNumber?: boolean
}

/** Names of a module, a class or a function. */
export interface Scope {
  readonly names: Map<string, Value>
  readonly outer: Scope | null
  /** Names that `global` and `nonlocal` hand outwards. */
  readonly handedOut: Set<string>
}

export const NONE: Value = { kind: 'none' }

export function str(text: string | Text): Value {
  return { kind: 'str', text: typeof text === 'string' ? (text === '' ? [] : [text]) : text }
}

export function int(value: number | bigint): Value {
  return { kind: 'int', value: BigInt(value) }
}

export function bool(value: boolean): Value {
  return { kind: 'bool', value }
}

export function list(items: Value[], kind: ListValue['kind'] = 'list'): ListValue {
  return { kind, items }
}

export function dict(pairs: Iterable<readonly [Value, Value]> = [], isCaseless = false): DictValue {
  const made: DictValue = { kind: 'dict', entries: new Map(), isCaseless }
  for (const [key, value] of pairs) setItem(made, key, value)
  return made
}

/** Python's hash and equality in one text; null for what cannot be a key. */
export function keyOf(value: Value): string | null {
  switch (value.kind) {
    case 'none':
      return 'none'
    case 'bool':
      return `n:${Number(value.value)}`
    case 'int':
      return `n:${value.value}`
    case 'float':
      return `n:${value.value}`
    case 'str':
    case 'bytes':
      return `${value.kind}:${JSON.stringify(value.text)}`
    case 'tuple': {
      const keys = value.items.map(keyOf)
      return keys.includes(null) ? null : `t:${JSON.stringify(keys)}`
    }
    case 'unknown':
      return `unknown:${value.name}`
    default:
      return null
  }
}

function entryKey(target: DictValue, key: Value): string | null {
  const found = keyOf(key)
  return target.isCaseless ? (found?.toLowerCase() ?? null) : found
}

/** As `target[key] = value`: a key that is there keeps its place. */
export function setItem(target: DictValue, key: Value, value: Value): boolean {
  const at = entryKey(target, key)
  if (at === null) return false
  const known = target.entries.get(at)
  target.entries.set(at, [target.isCaseless ? key : (known?.[0] ?? key), value])
  return true
}

export function getItem(target: DictValue, key: Value): Value | undefined {
  const at = entryKey(target, key)
  return at === null ? undefined : target.entries.get(at)?.[1]
}

export function deleteItem(target: DictValue, key: Value): void {
  const at = entryKey(target, key)
  if (at !== null) target.entries.delete(at)
}

/** The text of a string all of which is known; null for everything else. */
export function plainText(value: Value | undefined): string | null {
  return value?.kind === 'str' ? plain(value.text) : null
}

/** Whether a value holds; null where that cannot be known. */
export function truth(value: Value): boolean | null {
  switch (value.kind) {
    case 'none':
      return false
    case 'bool':
      return value.value
    case 'int':
      return value.value !== 0n
    case 'float':
      return value.value !== 0
    case 'str':
    case 'bytes':
      return value.text.length === 0 ? false : value.text.some((part) => typeof part === 'string') ? true : null
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.length > 0
    case 'dict':
      return value.entries.size > 0
    case 'answer':
    case 'unknown':
    case 'content':
      return null
    default:
      return true
  }
}
