/**
 * What is around the requests of a run: read once for all of it, where a send by itself reads it each time. Captured
 * values are an iteration's own, so that iterations beside each other do not take each other's.
 */
import type { JarKey } from '#contract/model/cookie.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { CorePorts } from '../ports.ts'
import type { Options } from '#contract/model/request.ts'
import { readNetrc, type NetrcFile } from '../commands/netrc-file.ts'
import type { KeepDeps } from '../commands/keep-captures.ts'
import type { CollectionSettings, Place, SurroundingFiles } from '../commands/prepare-for.ts'
import { pemTexts } from '../prepare/pem-texts.ts'
import { DEFAULT_CONNECTIONS } from '../prepare/policy.ts'
import type { CollectionLayers } from '../resolve/collection-layers.ts'
import type { ConnectionPool } from '../send/connection-pool.ts'
import { createCookieJar, type CookieBox } from '../send/cookie-jar.ts'
import type { SessionCookies } from '../send/session-cookies.ts'
import { secretName } from '../storage/secret-names.ts'
import type { KnownSecret } from '../resolve/held-secrets.ts'
import type { RunPlan } from './run-plan.ts'

/** @param base where values come from that no file of the run has */
export function settingsOfRun(plan: RunPlan, base: CollectionSettings): CollectionSettings {
  const layers = new Map(plan.requests.map(({ key, layers: own }) => [key, own]))
  const secrets = createMemo<string | null>()
  const dotEnvs = createMemo<Readonly<Record<string, string>> | null>()
  const options = createMemo<Options>()
  const captured = createMemo<Readonly<Record<string, string>>>()
  const around = new Map<CollectionLayers, Promise<readonly KnownSecret[]>>()
  const brought = [...(plan.secrets?.values() ?? [])]
  return {
    ...base,
    layersAt: async (place: Place) => {
      const own = place !== null && 'file' in place ? layers.get(place.file) : undefined
      return own ?? base.layersAt(place)
    },
    secretOf: (of: CollectionLayers, origin: Origin, name: string) => {
      const key = secretKey(of.id, origin, name)
      return secrets(key, async () => plan.secrets?.get(key)?.value ?? base.secretOf(of, origin, name))
    },
    knownSecrets: (of) => {
      const known = around.get(of) ?? base.knownSecrets(of).then((kept) => [...kept, ...brought])
      around.set(of, known)
      return known
    },
    capturedIn: (of) => captured(of.id ?? '', () => base.capturedIn(of)),
    optionsOfSettings: () => options('', base.optionsOfSettings),
    dotEnvOf: (of, path) => dotEnvs(`${of.root ?? ''}\n${path}`, () => base.dotEnvOf(of, path)),
  }
}

/** Names a secret variable by where it is defined. @param id of its collection; null: of what is in none */
export function secretKey(id: string | null, origin: Origin, name: string): string {
  return JSON.stringify([id, origin, name])
}

/** Where an iteration keeps what it captures: its own variables, whatever their scope is, so that no file changes under a run. */
export interface OwnValues {
  readonly captured: Map<string, string>
  /** Of variables that are secret, by their names in the vault. */
  readonly secrets: Map<string, string>
}

export function noValues(): OwnValues {
  return { captured: new Map(), secrets: new Map() }
}

/** What is around the requests of one iteration, with what it has captured over all that there was before. */
export function withOwn(settings: CollectionSettings, { captured, secrets }: OwnValues): CollectionSettings {
  return {
    ...settings,
    secretOf: async (layers, origin, name) => {
      const key = secrets.size === 0 ? null : secretName(layers.id, origin, name)
      return (key === null ? undefined : secrets.get(key)) ?? settings.secretOf(layers, origin, name)
    },
    keep: async (_layers, values) => {
      for (const [name, value] of Object.entries(values)) note(captured, name, value)
    },
    capturedIn: async (layers) => {
      const before = await settings.capturedIn(layers)
      return captured.size === 0 ? before : { ...before, ...Object.fromEntries(captured) }
    },
  }
}

function note(captured: Map<string, string>, name: string, value: string | null): void {
  if (value === null) captured.delete(name)
  else captured.set(name, value)
}

/** Takes the captures of an iteration. */
export function keeperOf({ captured, secrets }: OwnValues, vault: KeepDeps['vault']): KeepDeps {
  return {
    workspace: {
      captured: {
        read: async () => Object.fromEntries(captured),
        set: async (_collection, values) => {
          for (const [name, value] of Object.entries(values)) note(captured, name, value)
        },
      },
      changeVariables: async (_root, _place, change) => {
        for (const { name, value } of change([])) note(captured, name, value)
      },
    },
    vault: {
      get: async (key) => secrets.get(key) ?? vault.get(key),
      set: async (key, value) => {
        if (value === null) secrets.delete(key)
        else secrets.set(key, value)
      },
    },
  }
}

/** The CA files and the netrc that the environment names, each read once. */
export function filesOfRun(): SurroundingFiles {
  const pems = createMemo<readonly string[]>()
  const netrcs = createMemo<{ readonly file: NetrcFile | null; readonly warnings: readonly string[] }>()
  return {
    pemsAt: (path) => pems(path, () => pemTexts(path)),
    netrc: async (env, warn) => {
      const { file, warnings } = await netrcs('', async () => {
        const told: string[] = []
        return { file: await readNetrc(env, (message) => void told.push(message)), warnings: told }
      })
      warnings.forEach(warn)
      return file
    },
  }
}

/**
 * The environment of the process, whose every look-up is a call of the system. On Windows its names are found in any case,
 * which those of a copy are not.
 */
export function copyOfEnv(env: CorePorts['env']): CorePorts['env'] {
  return process.platform === 'win32' ? env : { ...env }
}

/** Each jar is asked for once: its file is looked at again by the next run. */
export function memoized<T>(find: (key: JarKey) => Promise<T>): (key: JarKey) => Promise<T> {
  const known = createMemo<T>()
  return (key) => known(JSON.stringify(key), () => find(key))
}

/** Copies of the sessions' jars, for one of several iterations beside each other: who is signed in in one is not in another. */
export function ownJars(boxFor: (key: JarKey) => Promise<Pick<CookieBox, 'all'>>): (key: JarKey) => Promise<SessionCookies> {
  return memoized(async (key) => {
    const jar = createCookieJar()
    jar.reset((await boxFor(key)).all().flatMap((cookie) => cookie.clone() ?? []))
    return jar
  })
}

/** Lets as many requests of one place be under way as iterations are, where nobody chose another number. */
export function poolOfRun(pool: ConnectionPool, parallel: number): ConnectionPool {
  return {
    ...pool,
    acquire: (request) => {
      const own = request.policy.pool
      if (own.maxConnections !== DEFAULT_CONNECTIONS || own.maxConnections >= parallel) return pool.acquire(request)
      return pool.acquire({ ...request, policy: { ...request.policy, pool: { ...own, maxConnections: parallel } } })
    },
  }
}

function createMemo<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (key, make) => {
    const found = known.get(key)
    if (found) return found
    const made = make()
    known.set(key, made)
    made.catch(() => known.delete(key))
    return made
  }
}
