/**
 * What each reference of a request comes to: the nearest scope that defines a name wins, values may refer to others, and
 * `{{$name}}` makes a new value at each place. Definitions, and the secrets among them, are read once and before;
 * looking up is then synchronous, and the same seed gives the same values, so that the preview is what is sent.
 */
import type { Origin } from '#contract/model/origin.ts'
import type { Environment } from '#contract/model/session.ts'
import type { AskedVariable, FoundVariable, Variable } from '#contract/model/variable.ts'
import { REFERENCE, undefinedVariable, type Looked, type Variables } from '../prepare/references.ts'
import { namesIn } from '../prepare/variables.ts'
import type { DynamicValues } from './dynamic.ts'
import { likelyName } from '../lib/likely-name.ts'
import { scopeWords, type Scope } from './scopes.ts'
import { ruleFault } from './variable-rules.ts'

export interface VariableSources {
  /** The nearest first. */
  readonly scopes: readonly Scope[]
  /** Environments that could be chosen where none is. */
  readonly unchosen?: readonly Pick<Environment, 'name' | 'variables'>[]
  /** The value of a secret variable, from the vault; null where it has none here. */
  readonly secretOf: (origin: Origin, name: string) => Promise<string | null>
  readonly env: Readonly<Record<string, string | undefined>>
  /** The built-in values, by their names with the dollar sign. Null for a name that is none. */
  readonly builtIn: (name: string) => Promise<string | null>
  readonly dynamic: () => Promise<DynamicValues>
}

export interface ResolvedVariables {
  readonly variables: Variables
  /** Those that have a value, as they are used. */
  readonly found: readonly FoundVariable[]
  readonly asks: readonly AskedVariable[]
  readonly secrets: readonly string[]
}

/** A name with what defines it. */
interface Definition {
  readonly text: string
  readonly origin: Origin
  readonly variable: Variable | null
}

const PROCESS_ENV = /^process\.env\.(.+)$/

/** Resolve the names that these texts refer to, directly or through others. */
export async function resolveVariables(texts: readonly string[], sources: VariableSources): Promise<ResolvedVariables> {
  const definitions = new Map<string, Definition | null>()
  const waiting = namesIn(texts)
  let dynamic: DynamicValues | null = null
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (definitions.has(name)) continue
    const definition = await define(name, sources)
    definitions.set(name, definition)
    if (definition === null && name.startsWith('$')) dynamic ??= await sources.dynamic()
    if (definition) waiting.push(...namesIn([definition.text]))
  }
  const look = (name: string): Looked => expand(name, [], definitions, dynamic, sources)
  return {
    variables: { lookUp: look },
    found: foundOf(definitions, (name) => expand(name, [], definitions, null, sources)),
    asks: [...definitions].flatMap(([name, definition]) => asked(name, definition)),
    secrets: secretsOf(definitions, look),
  }
}

async function define(name: string, { scopes, secretOf, env, builtIn }: VariableSources): Promise<Definition | null> {
  for (const { origin, variables } of scopes) {
    // Of two of a name in one scope the last counts, as in a dictionary.
    const variable = variables.findLast((one) => one.enabled && one.name === name)
    if (!variable) continue
    const text = variable.secret === true ? await secretOf(origin, name) : variable.value
    if (text === null) continue
    // A value that is given for one send is still held to the rules of the variable it is given for.
    return { text, origin, variable: origin.layer === 'given' || origin.layer === 'captured' ? declared(name, variable, scopes) : variable }
  }
  const fromProcess = PROCESS_ENV.exec(name)?.[1]
  if (fromProcess !== undefined) {
    const text = Object.hasOwn(env, fromProcess) ? env[fromProcess] : undefined
    return text === undefined ? null : { text, origin: { layer: 'process' }, variable: null }
  }
  const text = name.startsWith('$') ? await builtIn(name) : null
  return text === null ? null : { text, origin: { layer: 'dynamic' }, variable: null }
}

function declared(name: string, given: Variable, scopes: readonly Scope[]): Variable {
  const lasting = scopes.filter(({ origin }) => origin.layer !== 'given' && origin.layer !== 'captured')
  const found = lasting.flatMap(({ variables }) => variables.filter((one) => one.enabled && one.name === name)).at(0)
  if (!found) return given
  const { secret, raw, rules, description } = found
  return {
    ...given,
    ...(secret !== undefined && { secret }),
    ...(raw !== undefined && { raw }),
    ...(rules && { rules }),
    ...(description !== undefined && { description }),
  }
}

type Definitions = ReadonlyMap<string, Definition | null>

function expand(
  name: string,
  above: readonly string[],
  definitions: Definitions,
  dynamic: DynamicValues | null,
  sources: Pick<VariableSources, 'scopes' | 'unchosen'>,
): Looked {
  if (above.includes(name)) return circle([...above.slice(above.indexOf(name)), name])
  const definition = definitions.get(name) ?? null
  if (definition === null) {
    const value = dynamic?.make(name) ?? null
    return value === null ? missing(name, dynamic, sources) : { kind: 'value', value, isRaw: false }
  }
  const { text, variable } = definition
  if (variable?.ask === true) return notAsked(name)
  let fault: Looked | null = null
  // What the environment of the process holds is a text of its own, whatever stands in it.
  const value =
    definition.origin.layer === 'process'
      ? text
      : text.replace(REFERENCE, (whole: string, inner: string) => {
          const looked = expand(inner, [...above, name], definitions, dynamic, sources)
          if (looked.kind === 'value') return looked.value
          fault ??= looked
          return whole
        })
  if (fault !== null) return fault
  const broken = variable?.rules ? ruleFault(value, variable.rules) : null
  if (broken !== null) return ruleBroken(name, definition.origin, broken)
  return { kind: 'value', value, isRaw: variable?.raw ?? false }
}

function missing(
  name: string,
  dynamic: DynamicValues | null,
  { scopes, unchosen = [] }: Pick<VariableSources, 'scopes' | 'unchosen'>,
): Looked {
  const envName = PROCESS_ENV.exec(name)?.[1]
  if (envName !== undefined) {
    return undefinedVariable(name, `the environment of Posthaste’s process has no ${envName}`, 'Set it before Posthaste is started.')
  }
  const where = scopeWords(scopes)
  const known = name.startsWith('$')
    ? (dynamic?.names ?? [])
    : scopes.flatMap(({ variables }) => variables.flatMap((one) => (one.enabled ? [one.name] : [])))
  const likely = likelyName(name, known)
  const hasNoValue = scopes.find(({ variables }) => variables.some((one) => one.enabled && one.secret === true && one.name === name))
  if (hasNoValue) {
    const place = scopeWords([hasNoValue])
    const details = { variable: name, origin: hasNoValue.origin }
    return undefinedVariable(
      name,
      `it is a secret of ${place}, and its value is not kept on this machine`,
      'Type its value there.',
      details,
    )
  }
  const looked = name.startsWith('$')
    ? 'there is no dynamic value of that name'
    : where === ''
      ? ''
      : isNoneChosen(scopes)
        ? `it is not in ${where}, and no environment is chosen`
        : `it is not in ${where}`
  const has = unchosen.find(({ variables }) => variables.some((one) => one.enabled && one.name === name))
  if (has) return undefinedVariable(name, looked, `Environment ${has.name} has it: choose that.`, { variable: name, choose: has.name })
  return undefinedVariable(name, looked, likely === null ? undefined : `Did you mean {{${likely}}}?`)
}

/** Of a collection's request without an environment: what is the matter, nine times of ten. */
function isNoneChosen(scopes: readonly Scope[]): boolean {
  const layers = new Set(scopes.map(({ origin }) => origin.layer))
  return layers.has('collection') && !layers.has('environment')
}

function circle(names: readonly string[]): Looked {
  const message = `The variables refer to each other in a circle: ${names.map((name) => `{{${name}}}`).join(' → ')}.`
  return { kind: 'fault', fault: { kind: 'InvalidVariable', message, hint: 'Give one of them a value of its own.' } }
}

function notAsked(name: string): Looked {
  const message = `The variable {{${name}}} is asked for at each send, and was not given.`
  return { kind: 'fault', fault: { kind: 'UndefinedVariable', message, hint: `Give it with --var ${name}=…`, details: { ask: name } } }
}

function ruleBroken(name: string, origin: Origin, broken: string): Looked {
  const place = scopeWords([{ origin, variables: [] }])
  const message = `The variable {{${name}}}${place === '' ? '' : ` of ${place}`} ${broken}.`
  return {
    kind: 'fault',
    fault: { kind: 'InvalidVariable', message, hint: 'Change its value, or its rules.', details: { variable: name, origin } },
  }
}

function foundOf(definitions: Definitions, look: (name: string) => Looked): FoundVariable[] {
  return [...definitions].flatMap(([name, definition]): FoundVariable[] => {
    if (definition === null || definition.variable?.ask === true) return []
    const { origin, variable, text } = definition
    const looked = look(name)
    return [
      {
        name,
        value: looked.kind === 'value' ? looked.value : text,
        origin,
        secret: isSecret(name, definitions),
        ...(variable?.description !== undefined && { description: variable.description }),
      },
    ]
  })
}

function asked(name: string, definition: Definition | null): AskedVariable[] {
  if (definition?.variable?.ask !== true) return []
  const { variable, origin } = definition
  return [
    {
      name,
      secret: variable.secret ?? false,
      origin,
      ...(variable.description !== undefined && { description: variable.description }),
      ...(variable.rules && { rules: variable.rules }),
    },
  ]
}

/** The values of secret variables, and those of variables that are made of one. */
function secretsOf(definitions: Definitions, look: (name: string) => Looked): string[] {
  const values = [...definitions.keys()].flatMap((name) => {
    const looked = isSecret(name, definitions) ? look(name) : null
    return looked?.kind === 'value' && looked.value !== '' ? [looked.value] : []
  })
  return [...new Set(values)]
}

/** Whether it is a secret variable, or its value refers to one. */
function isSecret(name: string, definitions: Definitions, above: readonly string[] = []): boolean {
  const definition = definitions.get(name)
  if (!definition || above.includes(name)) return false
  return definition.variable?.secret === true || namesIn([definition.text]).some((inner) => isSecret(inner, definitions, [...above, name]))
}
