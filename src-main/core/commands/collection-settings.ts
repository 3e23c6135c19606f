/** Sessions, environments, defaults and secrets of collections, as commands. */
import { resolve } from 'node:path'
import type { Handlers } from '../dispatch.ts'
import type { SessionJars } from '../jars/session-jars.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { parseTargetUrl } from '../prepare/target-url.ts'
import { pickAdapter, prefixFault } from '../resolve/pick-adapter.ts'
import type { ConnectionPool } from '../send/connection-pool.ts'
import { secretName } from '../storage/secret-names.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import { ownerOf } from './prepare-for.ts'
import type { SecretGuard } from './secret-guard.ts'
import type { Workspace } from '../storage/workspace.ts'

type SettingsCommand =
  | `defaults.${'read' | 'save'}`
  | `session.${'list' | 'save' | 'pick' | 'close'}`
  | `environment.${'list' | 'save' | 'remove' | 'restore' | 'dotEnv'}`
  | `secret.${'list' | 'read' | 'set'}`
  | `captured.${'list' | 'set'}`

export function collectionSettingsHandlers(
  { settings, captured, reader, folderOf }: Workspace,
  { vault, guard }: { readonly vault: SecretVault; readonly guard: SecretGuard },
  pool: Pick<ConnectionPool, 'closeOf'>,
  jars: SessionJars,
): Pick<Handlers, SettingsCommand> {
  return {
    'defaults.read': ({ parent }) => settings.defaults(parent),
    'defaults.save': async ({ parent, defaults, revision, allowSecrets }) => {
      const stored = async (): Promise<unknown> => (await settings.defaults(parent)).defaults
      await guard({ place: { parent }, next: defaults, stored, allowSecrets })
      return settings.saveDefaults(parent, defaults, revision)
    },
    'session.list': ({ collectionId }) => settings.sessions(collectionId),
    'session.save': async ({ collectionId, sessions, revision, renamed, restore, allowSecrets }) => {
      const { sessions: stored } = await settings.sessions(collectionId)
      const parent = { collectionId, folderId: null }
      await guard({ place: { parent }, next: sessions, stored: async () => stored, allowSecrets })
      const saved = await settings.saveSessions(collectionId, sessions, revision)
      const removal = await jars.follow({ collectionId, before: namesOf(stored), after: namesOf(sessions), renamed })
      if (restore !== undefined) await jars.restore(restore)
      return { ...saved, removal }
    },
    'session.pick': async ({ adapters, url }) => {
      const prefixFaults = adapters.map(({ prefix }) => prefixFault(prefix))
      try {
        const picked = pickAdapter(adapters, parseTargetUrl(url))
        return { picked: picked && adapters.indexOf(picked), fault: null, prefixFaults }
      } catch (error) {
        if (!(error instanceof CoreError)) throw error
        return { picked: null, fault: messageOf(error), prefixFaults }
      }
    },
    'session.close': async (key) => ({ closed: pool.closeOf(ownerOf(key)) }),
    'environment.list': async ({ collectionId }) => ({ environments: await settings.environments(collectionId) }),
    'environment.save': async ({ collectionId, file, environment, revision, allowSecrets }) => {
      const stored = async (): Promise<unknown> => (await settings.environments(collectionId)).find((one) => one.file === file)
      await guard({ place: { parent: { collectionId, folderId: null } }, next: environment, stored, allowSecrets })
      return settings.saveEnvironment(collectionId, file, environment, revision)
    },
    'environment.remove': ({ collectionId, file }) => settings.removeEnvironment(collectionId, file),
    'environment.restore': ({ collectionId, file, text }) => settings.restoreEnvironment(collectionId, file, text),
    'environment.dotEnv': async ({ collectionId, path }) => ({ names: await dotEnvNames(reader, resolve(folderOf(collectionId), path)) }),
    'secret.list': async (place) => {
      const values = await Promise.all(place.names.map((name) => vault.get(keyOf({ ...place, name }))))
      return { kept: place.names.filter((_name, index) => values[index] !== null) }
    },
    'secret.read': async (place) => ({ value: await vault.get(keyOf(place)) }),
    'secret.set': async ({ value, ...place }) => {
      await (value === null ? vault.remove(keyOf(place)) : vault.set(keyOf(place), value))
      return {}
    },
    'captured.list': async ({ collectionId }) => ({ values: await captured.read(collectionId) }),
    'captured.set': async ({ collectionId, values }) => {
      await captured.set(collectionId, values)
      return {}
    },
  }
}

async function dotEnvNames(reader: Workspace['reader'], path: string): Promise<string[] | null> {
  const values = await reader.dotEnv(path)
  return values && Object.keys(values)
}

function namesOf(sessions: readonly { readonly name: string }[]): string[] {
  return sessions.map(({ name }) => name)
}

function keyOf(place: { readonly collectionId: string; readonly origin: Parameters<typeof secretName>[1]; readonly name: string }): string {
  const key = secretName(place.collectionId, place.origin, place.name)
  if (key !== null) return key
  throw new CoreError('InvalidCall', 'call', `A variable of the ${place.origin.layer} cannot be a secret.`, {
    hint: 'Define it in an environment, a folder or the collection.',
  })
}
