/**
 * Jars go with their sessions: a renamed session keeps its cookies, and those of a removed one are put aside, to be had
 * back with it. A session that is new has an empty jar, also where a former one of its name had cookies.
 */
import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cookie } from 'tough-cookie'
import { JarKeySchema, type JarKey } from '#contract/model/cookie.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import { DEFAULT_JAR } from '#contract/model/request-defaults.ts'
import type { SessionRename } from '#contract/model/session.ts'
import { CoreError } from '../lib/core-error.ts'
import { cookieIdOf, restoredCookies } from '../send/cookie-facts.ts'
import { atomicWrite } from '../storage/atomic-write.ts'
import { asObject, readJson, type Log } from '../storage/json-file.ts'
import { jarsFolder } from './jar-file.ts'
import type { Jars } from './jars.ts'

export interface SessionsChange {
  readonly collectionId: CollectionId
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly renamed: readonly SessionRename[]
}

interface Held {
  readonly key: JarKey
  readonly cookies: readonly Cookie[]
}

export interface SessionJars {
  /**
   * Have the jars of a collection follow its sessions.
   *
   * @returns what `restore` takes to have the cookies of removed sessions back; null where nothing was put aside
   * @throws {CoreError} `StorageError`; no cookie is then lost
   */
  readonly follow: (change: SessionsChange) => Promise<string | null>
  /** @throws {CoreError} `NotFound` where it was too long ago */
  readonly restore: (removal: string) => Promise<void>
}

/** @param log told of what was put aside and cannot be read */
export function createSessionJars(jars: Jars, dataDir: string, log: Log): SessionJars {
  return {
    follow: (change) => followSessions(jars, dataDir, change),
    restore: (removal) => restoreJars(jars, dataDir, removal, log),
  }
}

async function followSessions(jars: Jars, dataDir: string, change: SessionsChange): Promise<string | null> {
  const { collectionId, before, after } = change
  const keyOf = (session: string): JarKey => ({ collectionId, session })
  const renamed = change.renamed.filter(({ from, to }) => from !== to && before.includes(from) && after.includes(to))
  const leaving = new Set(renamed.map(({ from }) => from))
  // A jar that a former session left behind is not to become another one's. The default session is always there.
  const isOther = (name: string, names: readonly string[]): boolean => !names.includes(name) && name !== DEFAULT_JAR.session
  const ended = new Set([...before.filter((name) => isOther(name, after)), ...after.filter((name) => isOther(name, before))])
  const gone = await heldOf(jars, [...ended].filter((name) => !leaving.has(name)).map(keyOf))
  const moving = await heldOf(
    jars,
    renamed.map(({ from }) => keyOf(from)),
  )
  const removal = gone.length === 0 ? null : await putAside(dataDir, gone)
  for (const { key } of [...gone, ...moving]) await empty(jars, key, isOther(key.session, after))
  for (const { key, cookies } of moving) {
    const to = renamed.find(({ from }) => from === key.session)?.to ?? key.session
    await fill(jars, keyOf(to), cookies)
  }
  return removal
}

async function restoreJars(jars: Jars, dataDir: string, removal: string, log: Log): Promise<void> {
  const path = removedPath(dataDir, removal)
  const held = await readJson(path, heldIn, log)
  if (held === null) throw new CoreError('NotFound', 'store', 'The cookies of the removed session are no longer kept.')
  for (const { key, cookies } of held) await fill(jars, key, cookies)
  await rm(path, { force: true })
}

/** Removes for good what was put aside so long ago. */
export async function sweepRemovedJars(dataDir: string, olderThanMs: number, now: number): Promise<void> {
  for (const name of await readdir(removedFolder(dataDir)).catch(() => [])) {
    const path = join(removedFolder(dataDir), name)
    const found = await stat(path).catch(() => null)
    if (found && now - found.mtimeMs > olderThanMs) await rm(path, { force: true })
  }
}

async function heldOf(jars: Jars, keys: readonly JarKey[]): Promise<Held[]> {
  const held: Held[] = []
  for (const key of keys) held.push({ key, cookies: (await jars.jar(key)).cookies.all() })
  return held.filter(({ cookies }) => cookies.length > 0)
}

async function putAside(dataDir: string, held: readonly Held[]): Promise<string> {
  const removal = randomBytes(9).toString('hex')
  const jars = held.map(({ key, cookies }) => ({ key, cookies: cookies.map((cookie) => cookie.toJSON()) }))
  await atomicWrite(removedPath(dataDir, removal), `${JSON.stringify({ jars })}\n`, 0o600)
  return removal
}

async function fill(jars: Jars, key: JarKey, cookies: readonly Cookie[]): Promise<void> {
  const jar = await jars.jar(key)
  for (const cookie of cookies) jar.cookies.put(cookie)
  await jar.flush()
}

/** @param isLast whether no session has the jar any more: its file goes too */
async function empty(jars: Jars, key: JarKey, isLast: boolean): Promise<void> {
  const jar = await jars.jar(key)
  for (const cookie of jar.cookies.all()) jar.cookies.remove(cookieIdOf(cookie))
  await jar.flush()
  if (isLast) await jars.forget(key)
}

function heldIn(value: unknown): Held[] {
  const { jars } = asObject(value)
  if (!Array.isArray(jars)) throw new Error('it holds no jars')
  return jars.map((jar: unknown) => ({ key: JarKeySchema.parse(asObject(jar)['key']), cookies: restoredCookies(jar) }))
}

function removedFolder(dataDir: string): string {
  return join(jarsFolder(dataDir), 'removed')
}

function removedPath(dataDir: string, removal: string): string {
  return join(removedFolder(dataDir), `${removal}.json`)
}
