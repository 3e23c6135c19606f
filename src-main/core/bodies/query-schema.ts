/**
 * Whether a JSON text holds to a JSON Schema (ajv): drafts 2020-12, 2019-09, 07 and 06, and 04 as far as it says the same
 * in other words. What does not is told in sentences, each with its place. Runs where it can be ended: a schema's patterns
 * are regular expressions.
 */
import type { default as Ajv, ErrorObject, Options, ValidateFunction } from 'ajv'
import * as formats from 'ajv-formats'
import { messageOf } from '../lib/core-error.ts'
import { parseLosslessJson } from './lossless-json.ts'
import { bodyProblem, expressionProblem, type QueryProblem } from './query-types.ts'

export interface Validity {
  readonly kind: 'validity'
  /** What does not hold, in sentences; none: all is well. */
  readonly faults: readonly string[]
}

type Validator = Pick<ValidateFunction, 'errors'> & ((data: unknown) => unknown)
type AddFormats = (ajv: Ajv) => unknown

/** Sentences that are told; of more their number. */
const TOLD = 20
const KEPT = 10
const OPTIONS: Options = { strict: false, allErrors: true, validateFormats: true, logger: false, unicodeRegExp: true }

const compiled = new Map<string, Validator>()

/** Validates a text. A schema that is none, and a text that is no JSON, are problems. */
export async function validateJson(text: string, schemaText: string): Promise<Validity | QueryProblem> {
  const validator = await validatorOf(schemaText)
  if (typeof validator !== 'function') return validator
  const json = parseLosslessJson(text)
  if (json.kind === 'fault') return bodyProblem(json.message)
  if (validator(json.root) === true) return { kind: 'validity', faults: [] }
  const faults = [...new Set((validator.errors ?? []).filter(({ keyword }) => !SUMMARIES.has(keyword)).map(sentence))]
  const more = faults.length > TOLD ? [`and ${faults.length - TOLD} more.`] : []
  return { kind: 'validity', faults: faults.length === 0 ? ['It does not hold to the schema.'] : [...faults.slice(0, TOLD), ...more] }
}

/** Errors that only say that the errors beside them are ones. */
const SUMMARIES = new Set(['if', 'propertyNames'])

async function validatorOf(text: string): Promise<Validator | QueryProblem> {
  const known = compiled.get(text)
  if (known) return known
  const read = parseLosslessJson(text)
  if (read.kind === 'fault') return expressionProblem(`The schema is not JSON. ${read.message}`)
  if (typeof read.root !== 'boolean' && (typeof read.root !== 'object' || read.root === null || Array.isArray(read.root)))
    return expressionProblem('The schema is no object.')
  try {
    // A copy without what reading notes on objects.
    const schema: unknown = JSON.parse(JSON.stringify(read.root))
    const validator: Validator = await compile(schema)
    if (compiled.size >= KEPT) compiled.clear()
    compiled.set(text, validator)
    return validator
  } catch (error) {
    return expressionProblem(schemaProblem(error))
  }
}

/** What ajv refuses a schema with; of what it holds against it, the first is the one to mend. */
function schemaProblem(error: unknown): string {
  if (!(error instanceof Error)) return `The schema cannot be used: ${messageOf(error)}.`
  if ('missingRef' in error && typeof error.missingRef === 'string') {
    return `The schema refers to ${error.missingRef}, which is not in it: nothing else is read or fetched.`
  }
  const [, place = '', first] = /^schema is invalid: data(\S*) ([^,]+)/.exec(error.message) ?? []
  if (first === undefined) return `The schema cannot be used: ${error.message}.`
  return `The schema is none: ${placeOf(place)} ${first}.`
}

async function compile(schema: unknown): Promise<Validator> {
  const draft = draftOf(schema)
  const ajv = await ajvFor(draft)
  const plain: unknown = 'default' in formats ? formats.default : formats
  // Node has the package's function as the default export, a bundle may have it one further in.
  const add = (typeof plain === 'object' && plain !== null && 'default' in plain ? plain.default : plain) as AddFormats
  add(ajv)
  return ajv.compile(withoutDraft(draft === '04' ? modernised(schema) : schema))
}

type Draft = '2020' | '2019' | '07' | '04'

function draftOf(schema: unknown): Draft {
  const said = isObject(schema) && typeof schema['$schema'] === 'string' ? schema['$schema'] : ''
  if (said.includes('2020-12')) return '2020'
  if (said.includes('2019-09')) return '2019'
  if (/draft-0[67]/.test(said)) return '07'
  if (/draft-04/.test(said)) return '04'
  // Where it does not say: that of 2019 takes older ways as well, and has no words for the newest.
  return /"(?:prefixItems|\$dynamicRef)"/.test(JSON.stringify(schema)) ? '2020' : '2019'
}

async function ajvFor(draft: Draft): Promise<Ajv> {
  switch (draft) {
    case '2020':
      return new (await import('ajv/dist/2020.js')).Ajv2020(OPTIONS)
    case '2019':
      return new (await import('ajv/dist/2019.js')).Ajv2019(OPTIONS)
    default:
      return new (await import('ajv')).Ajv(OPTIONS)
  }
}

/** Its own draft is known by now, and nothing is fetched to look it up. */
function withoutDraft(schema: unknown): Record<string, unknown> | boolean {
  if (!isObject(schema)) return schema === true
  const { $schema: _, ...rest } = schema
  return rest
}

/** Draft 04 in the words of later ones: `id`, and limits that exclude by a switch beside them. */
function modernised(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(modernised)
  if (!isObject(schema)) return schema
  const { id, exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, LITERAL.has(name) ? value : modernised(value)])),
    ...(typeof id === 'string' ? { $id: id } : id === undefined ? {} : { id: modernised(id) }),
    ...limit('minimum', 'exclusiveMinimum', minimum, exclusiveMinimum),
    ...limit('maximum', 'exclusiveMaximum', maximum, exclusiveMaximum),
  }
}

/** What stands there is data, not a schema. */
const LITERAL = new Set(['enum', 'const', 'default', 'examples', 'required'])

function limit(name: string, exclusiveName: string, value: unknown, exclusive: unknown): Record<string, unknown> {
  if (exclusive === true && value !== undefined) return { [exclusiveName]: value }
  return {
    ...(value !== undefined && { [name]: isObject(value) ? modernised(value) : value }),
    ...(exclusive !== undefined && typeof exclusive !== 'boolean' && { [exclusiveName]: exclusive }),
  }
}

/** `$.items[0].id must be integer` */
function sentence({ instancePath, message = 'does not hold to the schema', keyword, params }: ErrorObject): string {
  return `${placeOf(instancePath)} ${message}${detailOf(keyword, params)}`
}

function placeOf(pointer: string): string {
  const steps = pointer.split('/').slice(1)
  return `$${steps.map((step) => stepText(step.replaceAll('~1', '/').replaceAll('~0', '~'))).join('')}`
}

function stepText(step: string): string {
  if (/^\d+$/.test(step)) return `[${step}]`
  return /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
}

function detailOf(keyword: string, params: Readonly<Record<string, unknown>>): string {
  const value =
    keyword === 'additionalProperties'
      ? params['additionalProperty']
      : keyword === 'unevaluatedProperties'
        ? params['unevaluatedProperty']
        : keyword === 'enum'
          ? params['allowedValues']
          : keyword === 'const'
            ? params['allowedValue']
            : undefined
  if (value === undefined) return ''
  return `: ${(Array.isArray(value) ? value.map((one: unknown) => JSON.stringify(one)).join(', ') : JSON.stringify(value)).slice(0, 200)}`
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
