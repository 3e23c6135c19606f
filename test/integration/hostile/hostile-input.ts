/**
 * Inputs that a window taken over by somebody else could send: in the shape that a command's schema asks for, with
 * whatever a string, a number or a list can be in it. Nothing in them leads off this machine.
 */
import fc from 'fast-check'
import { safeParse } from 'zod/v4/core'
import type { z } from 'zod'

/** What the schema library tells of a schema, as far as it is asked here. */
interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
  readonly innerType?: z.core.$ZodType
  readonly element?: z.core.$ZodType
  readonly valueType?: z.core.$ZodType
  readonly options?: readonly z.core.$ZodType[]
  readonly items?: readonly z.core.$ZodType[]
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, string | number>>
}

/** Ids of what is there, by the name of the field that asks for one; `*`: paths that lead out of where they belong. */
export type KnownTexts = Readonly<Record<string, readonly string[]>>

/** Strings that have broken programs before. None is a whole path: that would lead somewhere. */
const NASTY = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202egpj.exe',
  '__proto__',
  'constructor',
  'toString',
  'CON',
  '-',
  '$(touch x)',
  '%s%n',
  "' OR 1=1 --",
  '{{a}}',
  '{{{{a}}}}',
  '{{$processEnv HOME}}',
  '${process.env.HOME}',
  '<script>alert(1)</script>',
  '(a+)+$',
  '[',
  '$..*',
  'a\r\nX-Injected: 1',
  '2026-13-45T99:00:00Z',
  'http://127.0.0.1:9/',
  'http://[::1]:9/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'http://127.0.0.1:99999/',
  'http://127.0.0.1:9/%00%zz',
  'x'.repeat(300_000),
  '{"a":'.repeat(3000),
  '['.repeat(100_000),
]

const NUMBERS = [0, 1, 2, 7, -1, 0.5, 1e9, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 1e308, NaN, Infinity]
const OTHER_KIND = fc.oneof(fc.constantFrom(null, true, 0, {}, []), fc.array(fc.integer(), { maxLength: 2 }))

/** Most of what it gives gets past the schema, so that what is behind it is met. */
export function hostileInput(schema: z.core.$ZodType, known: KnownTexts): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 15, arbitrary: shapedBy(schema, '*', known) }, { weight: 1, arbitrary: OTHER_KIND })
}

/** @param key the name of the field */
function shapedBy(schema: z.core.$ZodType, key: string, known: KnownTexts): fc.Arbitrary<unknown> {
  const definition = schema._zod.def as Definition
  const inner = (one: z.core.$ZodType | undefined): fc.Arbitrary<unknown> => (one ? shapedBy(one, key, known) : fc.anything())
  switch (definition.type) {
    case 'object':
      return objectOf(definition.shape ?? {}, known)
    case 'optional':
    case 'default':
    case 'prefault':
      return fc.option(inner(definition.innerType), { nil: undefined, freq: 2 })
    case 'nullable':
      return fc.option(inner(definition.innerType), { nil: null, freq: 2 })
    case 'array':
      return fc.array(inner(definition.element), { maxLength: 3 })
    case 'tuple':
      return fc.tuple(...(definition.items ?? []).map(inner))
    case 'record':
      return fc.dictionary(textFor(null, '*', known), inner(definition.valueType), { maxKeys: 3, noNullPrototype: true })
    case 'union':
      return fc.oneof(...(definition.options ?? []).map(inner))
    case 'literal':
      return fc.constantFrom(...(definition.values ?? []))
    case 'enum':
      return fc.constantFrom(...Object.values(definition.entries ?? {}))
    case 'boolean':
      return fc.boolean()
    case 'number':
      return mostlyRight(NUMBERS, schema, fc.nat(100))
    case 'string':
      return textFor(schema, key, known)
    case 'unknown':
    case 'custom':
      return fc.anything({ maxDepth: 2 })
    default:
      throw new Error(`There is no hostile ${definition.type} yet.`)
  }
}

/** Now and then a key has a value of another kind; more often, and nothing would get in. */
function objectOf(shape: Readonly<Record<string, z.core.$ZodType>>, known: KnownTexts): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape).map(([key, schema]) => [key, shapedBy(schema, key, known)] as const)
  const right = fc.record(Object.fromEntries(fields), { noNullPrototype: true })
  if (fields.length === 0) return right
  const wrong = fc.tuple(right, fc.constantFrom(...Object.keys(shape)), OTHER_KIND).map(([all, key, value]) => ({ ...all, [key]: value }))
  return fc.oneof({ weight: 80, arbitrary: right }, { weight: 1, arbitrary: wrong })
}

function textFor(schema: z.core.$ZodType | null, key: string, known: KnownTexts): fc.Arbitrary<string> {
  // One that began like a whole path would lead somewhere.
  const anyText = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/^\s*[/\\~]/, '.'))
  const own = (known[key] ?? []).filter((text) => schema === null || safeParse(schema, text).success)
  const texts = [...(known['*'] ?? []), ...NASTY]
  const nasty = schema === null ? fc.constantFrom(...texts) : mostlyRight(texts, schema, anyText)
  return own.length === 0 ? nasty : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...own) }, { weight: 1, arbitrary: nasty })
}

/** Those that the schema takes, and a few others. */
function mostlyRight<T>(values: readonly T[], schema: z.core.$ZodType, others: fc.Arbitrary<T>): fc.Arbitrary<T> {
  const right = values.filter((value) => safeParse(schema, value).success)
  const any = fc.oneof(fc.constantFrom(...values), others)
  return right.length === 0 ? any : fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: any })
}
