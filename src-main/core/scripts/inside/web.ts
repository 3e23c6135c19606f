/** What scripts expect of any JavaScript around the language: URL, texts and bytes, random values, copies. */
import { ask, asText, isObject, textOf } from './host.ts'

const URL_PARTS = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'] as const
type UrlParts = Record<(typeof URL_PARTS)[number], string>

function partsOf(href: string, base?: string, change?: readonly [string, string]): UrlParts {
  const text = ask('url', { href, base, change })
  if (text === '') throw new TypeError(`Invalid URL: ${href}`)
  return JSON.parse(text) as UrlParts // Made by the thread around, of URL_PARTS.
}

/** A URL as the WHATWG has it. */
class ScriptURL {
  private parts: UrlParts
  readonly searchParams: ScriptURLSearchParams

  constructor(href: unknown, base?: unknown) {
    this.parts = partsOf(String(href), base === undefined ? undefined : textOf(base))
    this.searchParams = new ScriptURLSearchParams(this.parts.search, (search) => this.set('search', search))
  }

  private set(name: string, value: string): void {
    this.parts = partsOf(this.parts.href, undefined, [name, value])
  }

  static {
    for (const name of URL_PARTS) {
      Object.defineProperty(this.prototype, name, {
        get(this: ScriptURL) {
          return this.parts[name]
        },
        set(this: ScriptURL, value: unknown) {
          this.set(name, String(value))
          if (name === 'search' || name === 'href') this.searchParams.read(this.parts.search)
        },
        enumerable: true,
        configurable: true,
      })
    }
  }

  static canParse(href: unknown, base?: unknown): boolean {
    return ask('url', { href: String(href), base: base === undefined ? undefined : textOf(base) }) !== ''
  }

  toString(): string {
    return this.parts.href
  }

  toJSON(): string {
    return this.parts.href
  }
}

class ScriptURLSearchParams {
  private pairs: [string, string][] = []
  private readonly changed: (search: string) => void

  constructor(init: unknown = '', changed: (search: string) => void = () => undefined) {
    this.changed = changed
    if (isObject(init)) {
      const isList = Array.isArray(init) || init instanceof ScriptURLSearchParams || init instanceof Map
      const entries: Iterable<unknown> = isList ? (init as Iterable<unknown>) : Object.entries(init)
      for (const entry of entries) if (Array.isArray(entry)) this.pairs.push([String(entry[0]), String(entry[1])])
    } else this.read(textOf(init ?? ''))
  }

  read(search: string): void {
    const parts = search
      .replace(/^\?/, '')
      .split('&')
      .filter((part) => part !== '')
    this.pairs = parts.map((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [decoded(part), ''] : [decoded(part.slice(0, at)), decoded(part.slice(at + 1))]
    })
  }

  private update(): void {
    this.changed(this.toString())
  }

  get size(): number {
    return this.pairs.length
  }

  append(name: unknown, value: unknown): void {
    this.pairs.push([String(name), String(value)])
    this.update()
  }

  delete(name: unknown): void {
    this.pairs = this.pairs.filter(([one]) => one !== String(name))
    this.update()
  }

  get(name: unknown): string | null {
    return this.pairs.find(([one]) => one === String(name))?.[1] ?? null
  }

  getAll(name: unknown): string[] {
    return this.pairs.filter(([one]) => one === String(name)).map(([, value]) => value)
  }

  has(name: unknown): boolean {
    return this.pairs.some(([one]) => one === String(name))
  }

  set(name: unknown, value: unknown): void {
    const at = this.pairs.findIndex(([one]) => one === String(name))
    if (at < 0) this.pairs.push([String(name), String(value)])
    else
      this.pairs = this.pairs.flatMap((pair, index) => (index === at ? [[pair[0], String(value)]] : pair[0] === String(name) ? [] : [pair]))
    this.update()
  }

  sort(): void {
    this.pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    this.update()
  }

  forEach(run: (value: string, name: string) => void): void {
    for (const [name, value] of this.pairs) run(value, name)
  }

  keys(): Iterator<string> {
    return this.pairs.map(([name]) => name)[Symbol.iterator]()
  }

  values(): Iterator<string> {
    return this.pairs.map(([, value]) => value)[Symbol.iterator]()
  }

  entries(): Iterator<[string, string]> {
    return this.pairs.map(([name, value]): [string, string] => [name, value])[Symbol.iterator]()
  }

  [Symbol.iterator](): Iterator<[string, string]> {
    return this.entries()
  }

  toString(): string {
    return this.pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
  }
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

/** Bytes as a text of as many characters, each below 256. */
export function binaryOf(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

export function bytesOf(binary: string): Uint8Array {
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0))
}

class ScriptTextEncoder {
  readonly encoding = 'utf-8'

  encode(text: unknown = ''): Uint8Array {
    return bytesOf(unescape(encodeURIComponent(String(text).toWellFormed())))
  }
}

class ScriptTextDecoder {
  readonly encoding: string

  constructor(label: unknown = 'utf-8') {
    this.encoding = String(label).toLowerCase()
  }

  decode(input?: unknown): string {
    const bytes =
      input === undefined
        ? new Uint8Array()
        : ArrayBuffer.isView(input)
          ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
          : new Uint8Array(input as ArrayBuffer)
    return ask('decode', { label: this.encoding, base64: ask('btoa', { binary: binaryOf(bytes) }) })
  }
}

function btoaOf(text: unknown): string {
  const binary = String(text)
  if (/[^\u0000-\u00ff]/.test(binary)) throw new Error('btoa: the text holds characters beyond U+00FF.')
  return ask('btoa', { binary })
}

function atobOf(text: unknown): string {
  const base64 = String(text).replace(/[\t\n\f\r ]/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.replace(/=+$/, '').length % 4 === 1) throw new Error('atob: the text is not Base64.')
  return String(JSON.parse(ask('atob', { base64 })))
}

function copyOf(value: unknown, seen = new Map<unknown, unknown>()): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error(`structuredClone: a ${typeof value} cannot be copied.`)
  if (!isObject(value)) return value
  const known = seen.get(value)
  if (known !== undefined) return known
  if (value instanceof Date) return new Date(value.getTime())
  if (value instanceof RegExp) return new RegExp(value.source, value.flags)
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).slice()
  const copy: unknown = Array.isArray(value) ? [] : value instanceof Map ? new Map() : value instanceof Set ? new Set() : {}
  seen.set(value, copy)
  if (copy instanceof Map)
    for (const [key, one] of value as unknown as Map<unknown, unknown>) copy.set(copyOf(key, seen), copyOf(one, seen))
  else if (copy instanceof Set) for (const one of value as unknown as Set<unknown>) copy.add(copyOf(one, seen))
  else for (const key of Object.keys(value)) (copy as Record<string, unknown>)[key] = copyOf(value[key], seen)
  return copy
}

function randomBytes(count: number): Uint8Array {
  return bytesOf(atobOf(ask('random', String(count))))
}

const scriptCrypto = {
  randomUUID: () => ask('uuid', ''),
  getRandomValues: <T extends ArrayBufferView>(array: T): T => {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(randomBytes(array.byteLength))
    return array
  },
}

/** Chai tells of its plugins by events; nothing listens. */
class Quiet {
  addEventListener(): void {
    return undefined
  }

  removeEventListener(): void {
    return undefined
  }

  dispatchEvent(): boolean {
    return true
  }
}

class ScriptEvent {
  readonly type: string

  constructor(type: unknown) {
    this.type = String(type)
  }
}

/** `digest` and `hmac` of Node's crypto, by `require('crypto')`. */
function hashing(op: 'hash' | 'hmac', algorithm: unknown, key?: unknown) {
  const parts: string[] = []
  const binary = (data: unknown): string =>
    data instanceof Uint8Array ? binaryOf(data) : unescape(encodeURIComponent(asText(data).toWellFormed()))
  return {
    update(data: unknown) {
      parts.push(binary(data))
      return this
    },
    digest(encoding?: unknown): unknown {
      const argument = { algorithm: String(algorithm), data: btoaOf(parts.join('')), ...(op === 'hmac' && { key: btoaOf(binary(key)) }) }
      const base64 = ask(op, argument)
      if (encoding === 'base64') return base64
      const bytes = bytesOf(atobOf(base64))
      if (encoding === undefined) return bytes
      if (encoding === 'hex') return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      if (encoding === 'base64url') return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
      throw new Error(`digest: the encoding “${asText(encoding)}” is not known; there are hex, base64 and base64url.`)
    },
  }
}

export const nodeCrypto = {
  ...scriptCrypto,
  randomBytes,
  createHash: (algorithm: unknown) => hashing('hash', algorithm),
  createHmac: (algorithm: unknown, key: unknown) => hashing('hmac', algorithm, key),
}

export const webGlobals = {
  URL: ScriptURL,
  URLSearchParams: ScriptURLSearchParams,
  TextEncoder: ScriptTextEncoder,
  TextDecoder: ScriptTextDecoder,
  EventTarget: Quiet,
  Event: ScriptEvent,
  atob: atobOf,
  btoa: btoaOf,
  structuredClone: (value: unknown) => copyOf(value),
  crypto: scriptCrypto,
}

/** `Math.random` anew for each script: sfc32, from numbers of the system's. */
export function seedRandom(seed: readonly number[]): void {
  let [a = 1, b = 2, c = 3, d = 4] = seed
  Math.random = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4294967296
  }
}
