/**
 * Cookie jars as files of the private data folder. A file tells by itself whose it is; its name is made to be read by
 * people and to be safe on every disk.
 */
import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cookie } from 'tough-cookie'
import { JarKeySchema, type JarKey } from '#contract/model/cookie.ts'
import { DEFAULT_JAR } from '#contract/model/request-defaults.ts'
import { systemCode } from '../lib/core-error.ts'
import { isAlive, restoredCookies } from '../send/cookie-facts.ts'
import { atomicWrite, storageError } from '../storage/atomic-write.ts'
import { asObject, readJson, type Log } from '../storage/json-file.ts'

/** A cookie that has expired stays this long, so that one can see that it has. */
const EXPIRED_KEPT_MS = 24 * 3600 * 1000

export interface JarContent {
  readonly key: JarKey
  readonly cookies: readonly Cookie[]
}

/** The folder of a data folder's jars. */
export function jarsFolder(dataDir: string): string {
  return join(dataDir, 'cookies')
}

/** One text for a key, to look it up by. */
export function jarKeyText({ collectionId, session }: JarKey): string {
  return JSON.stringify([collectionId, session])
}

/** Where a jar is kept: `default.json` for requests without a session, else the session's name and a hash of the key. */
export function jarPath(dataDir: string, key: JarKey): string {
  const text = jarKeyText(key)
  if (text === jarKeyText(DEFAULT_JAR)) return join(jarsFolder(dataDir), 'default.json')
  const readable = key.session
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return join(jarsFolder(dataDir), `${readable === '' ? 'session' : readable}-${hash}.json`)
}

/**
 * Read a jar; a damaged file is set aside, and is as good as none.
 *
 * @throws {CoreError} `StorageError` where there is a file that cannot be read
 */
export async function readJarFile(path: string, log: Log): Promise<JarContent | null> {
  return readJson(path, contentOf, log)
}

export async function writeJarFile(path: string, { key, cookies }: JarContent): Promise<void> {
  const kept = cookies.filter((cookie) => isAlive(cookie, Date.now() - EXPIRED_KEPT_MS))
  await atomicWrite(path, `${JSON.stringify({ key, cookies: kept.map((cookie) => cookie.toJSON()) })}\n`, 0o600)
}

/** What changes whenever the file is another: every write renames a new file into place. */
export async function fileSignature(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true })
    return `${ino} ${size} ${mtimeNs}`
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return 'none'
    throw storageError(error, path, 'read')
  }
}

/** Paths of all jars there are. */
export async function jarFiles(dataDir: string): Promise<string[]> {
  const folder = jarsFolder(dataDir)
  try {
    const names = await readdir(folder)
    return names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name))
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return []
    throw storageError(error, folder, 'read')
  }
}

/** A file of the first versions names no key: it is the default jar. */
function contentOf(value: unknown): JarContent {
  const { key } = asObject(value)
  return { key: key === undefined ? DEFAULT_JAR : JarKeySchema.parse(key), cookies: restoredCookies(value) }
}
