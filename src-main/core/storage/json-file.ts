/**
 * Small JSON files of the private data folder. One that is damaged is set aside under another name and told of, never
 * deleted or overwritten.
 */
import { readFile, rename } from 'node:fs/promises'
import { messageOf, systemCode } from '../lib/core-error.ts'
import { storageError } from './atomic-write.ts'

export type Log = (line: string) => void

/**
 * Read a file and check its content.
 *
 * @param check throws where the content is not what it should be
 * @returns null where there is no file, or it was damaged
 * @throws {CoreError} `StorageError` where there is a file that cannot be read
 */
export async function readJson<T>(path: string, check: (value: unknown) => T, log: Log): Promise<T | null> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null
    throw storageError(error, path, 'read')
  }
  try {
    return check(JSON.parse(text))
  } catch (error) {
    await setAside(path, messageOf(error), log)
    return null
  }
}

async function setAside(path: string, why: string, log: Log): Promise<void> {
  const aside = `${path}.${Date.now()}.broken`
  log(`${path} is damaged and was set aside as ${aside}: ${why.slice(0, 300)}`)
  await rename(path, aside).catch((error: unknown) => log(`${path} could not be set aside: ${messageOf(error)}`))
}

/** The value as an object with unknown keys. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it does not hold an object')
  return { ...value }
}
