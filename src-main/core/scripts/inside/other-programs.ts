/**
 * What scripts of Insomnia, Hoppscotch and Thunder Client find: `insomnia`, `pw` and `tc`, as far as they say what `pm` says
 * as well. They are names for the same things; nothing is kept here.
 *
 * @see https://docs.hoppscotch.io/documentation/features/scripts https://docs.thunderclient.com/features/scripting
 */
import type { pmOf } from './pm.ts'
import type { Answer } from './response.ts'
import { headersOf } from './response.ts'
import { filled, EVERYWHERE, forget, keep, look, scopeOf } from './variables.ts'
import { expect, test } from './tests.ts'

type Pm = ReturnType<typeof pmOf>

/** Insomnia calls the collection's variables the base environment. */
export function insomniaOf(pm: Pm) {
  return { ...pm, baseEnvironment: pm.collectionVariables, baseGlobals: pm.globals }
}

const TYPE_OF: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'array',
}

/** Expectations of Hoppscotch, made of chai's. */
function hoppExpect(value: unknown) {
  const checks = (isNot: boolean) => {
    const to = () => {
      const { to: is } = expect(value) as { readonly to: Chained }
      return isNot ? is.not : is
    }
    const level = (first: number) => () => void to().be.within(first, first + 99)
    return {
      toBe: (other: unknown) => void to().equal(other),
      toBeLevel2xx: level(200),
      toBeLevel3xx: level(300),
      toBeLevel4xx: level(400),
      toBeLevel5xx: level(500),
      toBeType: (type: unknown) => void to().be.a(TYPE_OF[String(type)] ?? String(type)),
      toHaveLength: (length: unknown) => void to().have.lengthOf(Number(length)),
      toInclude: (part: unknown) => void to().include(part),
    }
  }
  return { ...checks(false), not: checks(true) }
}

/** The part of chai that is used here. */
interface Chained {
  readonly not: Chained
  readonly equal: (other: unknown) => unknown
  readonly include: (part: unknown) => unknown
  readonly be: { readonly within: (low: number, high: number) => unknown; readonly a: (type: string) => unknown }
  readonly have: { readonly lengthOf: (length: number) => unknown }
}

export function pwOf(answer: Answer | null) {
  const all = scopeOf(EVERYWHERE)
  const env = {
    get: (name: unknown) => look(name),
    set: keep,
    unset: forget,
    getResolve: (name: unknown) => filled(look(name)),
    resolve: (text: unknown) => filled(text),
    has: all.has,
  }
  const response = answer && {
    status: answer.facts.status,
    headers: answer.facts.headers.map(([key, value]) => ({ key: key.toLowerCase(), value })),
    get body() {
      return answer.body()
    },
  }
  return { env, test, expect: hoppExpect, response: response ?? undefined }
}

export function tcOf(answer: Answer | null, request: unknown) {
  const response = answer && {
    status: answer.facts.status,
    headers: headersOf(answer.facts),
    time: answer.facts.responseTime,
    get json() {
      return answer.json()
    },
    get body() {
      return answer.body()
    },
    get text() {
      return answer.text()
    },
  }
  return {
    getVar: (name: unknown) => look(name),
    setVar: (name: unknown, value: unknown) => keep(name, value),
    unsetVar: forget,
    test,
    request,
    response: response ?? undefined,
  }
}
