/**
 * The places where a variable can be defined, the nearest first. The order is that of `docs/variables.md`: given for this
 * send, captured, request, folders from the inside out, environment (then those it extends, then its `.env` file),
 * collection.
 */
import type { Origin } from '#contract/model/origin.ts'
import type { Environment } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import { CoreError } from '../lib/core-error.ts'
import type { CollectionLayers } from './collection-layers.ts'

export interface Scope {
  readonly origin: Origin
  readonly variables: readonly Variable[]
}

export interface ScopeSources {
  readonly layers: CollectionLayers
  readonly request: readonly Variable[]
  readonly given: Readonly<Record<string, string>>
  readonly captured: Readonly<Record<string, string>>
  /** The chosen environment, then those it extends. */
  readonly environments: readonly Environment[]
  /** The values of a `.env` file that an environment names; null where there is none. */
  readonly dotEnv: (path: string) => Readonly<Record<string, string>> | null
}

export function scopesOf({ layers, request, given, captured, environments, dotEnv }: ScopeSources): Scope[] {
  return [
    { origin: { layer: 'given' }, variables: plain(given) },
    { origin: { layer: 'captured' }, variables: plain(captured) },
    { origin: { layer: 'request' }, variables: request },
    ...[...layers.folders]
      .reverse()
      .map(({ id, name, defaults }): Scope => ({ origin: { layer: 'folder', id, name }, variables: defaults.variables })),
    ...environments.flatMap(({ name, variables, dotEnvPath }): Scope[] => {
      const values = dotEnvPath === null ? null : dotEnv(dotEnvPath)
      const own: Scope = { origin: { layer: 'environment', name }, variables }
      return values === null ? [own] : [own, { origin: { layer: 'dotenv', path: dotEnvPath ?? '' }, variables: plain(values) }]
    }),
    { origin: { layer: 'collection', id: layers.id, name: layers.name }, variables: layers.collection.variables },
  ]
}

/**
 * An environment and those that it extends, the nearest first.
 *
 * @param name null: none is chosen
 * @throws {CoreError} `NotFound` where there is none of the name; `InvalidVariable` where they extend each other in a circle
 */
export function environmentChain(name: string | null, { environments, name: collection }: CollectionLayers): Environment[] {
  const chain: Environment[] = []
  for (let wanted = name; wanted !== null;) {
    const found = environments.find((environment) => environment.name === wanted)
    if (!found) throw missingEnvironment(wanted, chain.at(-1)?.name ?? null, collection, environments)
    if (chain.includes(found)) {
      const circle = [...chain.slice(chain.indexOf(found)), found].map((one) => `“${one.name}”`).join(' extends ')
      throw new CoreError('InvalidVariable', 'resolve', `The environments extend each other in a circle: ${circle}.`, {
        hint: 'Take “extends” out of one of them.',
      })
    }
    chain.push(found)
    wanted = found.extends
  }
  return chain
}

function missingEnvironment(name: string, by: string | null, collection: string, environments: readonly Environment[]): CoreError {
  const place = collection === '' ? 'this request is in no collection' : `${collection} has none`
  const message =
    by === null
      ? `There is no environment “${name}”: ${collection === '' ? place : `${place} of that name`}.`
      : `The environment “${by}” extends “${name}”, which is not there.`
  const names = environments.map((environment) => environment.name).join(', ')
  return new CoreError('NotFound', 'resolve', message, { ...(names !== '' && { hint: `There are: ${names}.` }) })
}

/** Where variables were looked for, in words. */
export function scopeWords(scopes: readonly Scope[]): string {
  return scopes
    .flatMap(({ origin, variables }) => {
      switch (origin.layer) {
        case 'request':
          return ['the request']
        case 'folder':
          return [`folder ${origin.name}`]
        case 'environment':
          return [`environment ${origin.name}`]
        case 'dotenv':
          return [origin.path]
        case 'collection':
          return origin.name === '' ? [] : [`collection ${origin.name}`]
        case 'captured':
          return variables.length > 0 ? ['captured variables'] : []
        case 'given':
          return variables.length > 0 ? ['those given'] : []
        default:
          return []
      }
    })
    .join(', ')
}

function plain(values: Readonly<Record<string, string>>): Variable[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, enabled: true }))
}
