/** The variables around a request as scripts see them, by where they are defined; and which values are secret. */
import type { Origin } from '#contract/model/origin.ts'
import { scopesOf } from '../resolve/scopes.ts'
import { scopeSources } from '../resolve/resolve-request.ts'
import type { ScriptVariables } from '../scripts/script-job.ts'
import { resolveInput, type PrepareSubject, type Surroundings } from './prepare-for.ts'

export interface FoundVariables {
  readonly variables: ScriptVariables
  readonly secrets: readonly string[]
}

type Scope = keyof ScriptVariables

const SCOPES: Readonly<Partial<Record<Origin['layer'], Scope>>> = {
  given: 'given',
  captured: 'captured',
  request: 'request',
  folder: 'folder',
  environment: 'environment',
  dotenv: 'environment',
  collection: 'collection',
}

/** @throws {CoreError} `NotFound` for an environment that is not there; `InvalidVariable` for one that extends itself */
export async function variablesForScripts(subject: PrepareSubject, around: Surroundings): Promise<FoundVariables> {
  const input = await resolveInput(subject, around)
  const scopes = scopesOf(await scopeSources(input))
  const found = new Map<Scope, Map<string, string>>()
  const secretNames = new Set<string>()
  const secrets = new Set<string>()
  // The nearest last, for it wins.
  for (const { origin, variables } of scopes.toReversed()) {
    const scope = SCOPES[origin.layer]
    if (scope === undefined) continue
    const values = found.get(scope) ?? new Map<string, string>()
    found.set(scope, values)
    for (const { name, value, enabled, secret, ask } of variables) {
      if (!enabled || ask === true) continue
      if (secret === true) secretNames.add(name)
      const text = secret === true ? await input.secretOf(origin, name) : value
      if (text === null) continue
      if (secretNames.has(name)) secrets.add(text)
      values.set(name, text)
    }
  }
  const entries = (scope: Scope): ScriptVariables[Scope] => [...(found.get(scope) ?? [])]
  return {
    variables: {
      given: entries('given'),
      captured: entries('captured'),
      request: entries('request'),
      folder: entries('folder'),
      environment: entries('environment'),
      collection: entries('collection'),
    },
    secrets: [...secrets],
  }
}
