/**
 * `res`: the answer. Its body is asked for once a script names it. `res('items[0].id')` looks into a body of JSON:
 * properties and places, `..name` for every one of a name at any depth, `[?]` for those that a function or an object given
 * beside it picks.
 */
import type { ScriptResponse } from '../script-job.ts'
import { ask, isFunction, isObject, textOf } from './host.ts'

export interface Answer {
  readonly facts: ScriptResponse
  /** @throws {Error} where it is too large */
  readonly text: () => string
  readonly json: () => unknown
  /** JSON where it is that, else its text. */
  readonly body: () => unknown
}

/** @param which `body` for the answer of the request, else the number of a call of `send` */
export function answerOf(facts: ScriptResponse, which: string): Answer {
  let text: string | null = null
  let json: { readonly value: unknown } | null = null
  const textOf = (): string => (text ??= ask('body', which))
  const jsonOf = (): unknown => (json ??= { value: parsedOf(textOf()) }).value
  return {
    facts,
    text: textOf,
    json: jsonOf,
    body: () => {
      if (textOf() === '') return ''
      try {
        return jsonOf()
      } catch {
        return textOf()
      }
    },
  }
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch (error) {
    const start = text.slice(0, 40)
    throw new Error(`The body is not JSON: it begins with ${JSON.stringify(start)} (${error instanceof Error ? error.message : ''}).`)
  }
}

/** Every header in one object, names in lower case; of several of a name, a list of `Set-Cookie` and else a text with commas. */
export function headersOf({ headers }: ScriptResponse): Record<string, string | string[]> {
  const all: Record<string, string | string[]> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const before = Object.hasOwn(all, key) ? all[key] : undefined
    if (key === 'set-cookie') all[key] = [...(Array.isArray(before) ? before : []), value]
    else all[key] = before === undefined ? value : `${String(before)}, ${value}`
  }
  return all
}

export function headerOfAnswer(facts: ScriptResponse, name: unknown): string | string[] | undefined {
  const headers = headersOf(facts)
  const key = String(name).toLowerCase()
  return Object.hasOwn(headers, key) ? headers[key] : undefined
}

/** Names in any case. */
function headerObject(facts: ScriptResponse): Record<string, unknown> {
  return new Proxy<Record<string, unknown>>(headersOf(facts), {
    get: (target, name) => (typeof name === 'string' ? target[name.toLowerCase()] : undefined),
    has: (target, name) => typeof name === 'string' && name.toLowerCase() in target,
  })
}

export function resOf(answer: Answer) {
  const { facts } = answer
  let changed: { readonly value: unknown } | null = null
  const body = (): unknown => (changed ? changed.value : answer.body())
  const call = (path?: unknown, ...picks: unknown[]): unknown => (path === undefined ? body() : query(body(), textOf(path), picks))
  const getters: Record<string, () => unknown> = {
    status: () => facts.status,
    statusText: () => facts.statusText,
    headers: () => headerObject(facts),
    body,
    text: answer.text,
    url: () => facts.url,
    responseTime: () => facts.responseTime,
    size: () => facts.bodyBytes,
    ok: () => facts.status < 400,
    cookies: () => Object.fromEntries(facts.cookies.map(({ name, value }) => [name, value])),
    history: () => ({ length: facts.redirects }),
  }
  for (const [name, get] of Object.entries(getters)) Object.defineProperty(call, name, { get, enumerable: true, configurable: true })
  return Object.assign(call, {
    getStatus: () => facts.status,
    getStatusText: () => facts.statusText,
    getHeader: (name: unknown) => headerOfAnswer(facts, name),
    getHeaders: () => headerObject(facts),
    getBody: body,
    getText: answer.text,
    getResponseTime: () => facts.responseTime,
    getUrl: () => facts.url,
    getSize: () => ({ body: facts.bodyBytes, headers: facts.headerBytes, total: facts.bodyBytes + facts.headerBytes }),
    setBody: (value: unknown) => void (changed = { value }),
    json: answer.json,
  })
}

/** What a path leads to in data. @param picks for each `[?]` of it, a function or an object of the properties wanted */
export function query(data: unknown, path: string, picks: readonly unknown[]): unknown {
  const left = [...picks]
  let found: readonly unknown[] = [data]
  let isList = false
  for (const step of path.matchAll(/(\.\.)?\.?([^.[\]]+)|\[(['"]?)(.*?)\3\]/g)) {
    const [, deep, name, , inner] = step
    if (deep !== undefined && name !== undefined) {
      found = found.flatMap((value) => deepOf(value, name))
      isList = true
    } else if (inner === '?') {
      const pick = left.shift()
      found = found.flatMap((value): unknown[] => (Array.isArray(value) ? value.filter((item: unknown) => picked(item, pick)) : []))
      isList = true
    } else {
      const key = name ?? inner ?? ''
      found = found.flatMap((value) => stepOf(value, key, isList))
    }
  }
  return isList ? found : found[0]
}

function stepOf(value: unknown, key: string, spreads: boolean): unknown[] {
  if (!isObject(value)) return []
  // In a list of lists a name is looked for in each item, as a place is in the list.
  if (Array.isArray(value) && !/^\d+$/.test(key) && key !== 'length' && spreads) return value.flatMap((item) => stepOf(item, key, spreads))
  const one = Object.hasOwn(value, key) ? value[key] : undefined
  return one === undefined ? [] : [one]
}

function deepOf(value: unknown, name: string): unknown[] {
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, one]) => [...(key === name && !Array.isArray(value) ? [one] : []), ...deepOf(one, name)])
}

function picked(item: unknown, pick: unknown): boolean {
  if (isFunction(pick)) return Boolean(pick(item))
  return isObject(pick) && isObject(item) && Object.entries(pick).every(([key, value]) => item[key] === value)
}
