/**
 * Secrets in the private data folder, each encrypted in a file of its own, so that the window and the command line can
 * both write. The key is the host's (Electron's safeStorage) or, where there is none, in a file that only its owner may
 * read: that keeps secrets out of backups of single files, logs and screenshots, not from whoever reads the whole folder.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { messageOf, systemCode } from '../lib/core-error.ts'
import { atomicWrite, storageError } from './atomic-write.ts'
import { readJson, type Log } from './json-file.ts'
import { makeFolder } from '../lib/make-folder.ts'

/** Encrypts with a key of the host's. `name` tells its secrets from those of others. */
export interface HostCipher {
  readonly name: string
  readonly encrypt: (text: string) => Promise<Uint8Array>
  readonly decrypt: (sealed: Uint8Array) => Promise<string>
}

export interface SecretVault {
  /** Null where there is none, or it cannot be decrypted here: that is told to the log. */
  readonly get: (name: string) => Promise<string | null>
  /** @throws {CoreError} `StorageError` */
  readonly set: (name: string, secret: string) => Promise<void>
  readonly remove: (name: string) => Promise<void>
}

const SealedSchema = z.object({ cipher: z.string(), data: z.string() })
const OWN_CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** @param options.dir absolute path; made when the first secret is kept */
export function createSecretVault(options: {
  readonly dir: string
  readonly hostCipher: HostCipher | null
  readonly log: Log
}): SecretVault {
  const { dir, hostCipher, log } = options
  const pathOf = (name: string): string => join(dir, `${createHash('sha256').update(name).digest('hex').slice(0, 40)}.json`)
  return {
    get: async (name) => {
      const sealed = await readJson(pathOf(name), (value) => SealedSchema.parse(value), log)
      if (sealed === null) return null
      const data = Buffer.from(sealed.data, 'base64')
      try {
        if (hostCipher?.name === sealed.cipher) return await hostCipher.decrypt(data)
        if (sealed.cipher === OWN_CIPHER) return unseal(data, await keyOf(dir), name)
        log(`A secret was encrypted by ${sealed.cipher}, which is not there now; it counts as missing.`)
      } catch (error) {
        log(`A secret could not be decrypted and counts as missing: ${messageOf(error)}`)
      }
      return null
    },
    set: async (name, secret) => {
      const sealed = hostCipher
        ? { cipher: hostCipher.name, data: await hostCipher.encrypt(secret) }
        : { cipher: OWN_CIPHER, data: seal(secret, await keyOf(dir), name) }
      const text = JSON.stringify({ cipher: sealed.cipher, data: Buffer.from(sealed.data).toString('base64') })
      await atomicWrite(pathOf(name), `${text}\n`, 0o600)
    },
    remove: async (name) => {
      try {
        await rm(pathOf(name), { force: true })
      } catch (error) {
        throw storageError(error, pathOf(name), 'removed')
      }
    },
  }
}

/** The name is authenticated too, so that one secret's file cannot stand in for another's. */
function seal(secret: string, key: Buffer, name: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(OWN_CIPHER, key, iv).setAAD(Buffer.from(name))
  const content = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), content])
}

function unseal(data: Buffer, key: Buffer, name: string): string {
  const decipher = createDecipheriv(OWN_CIPHER, key, data.subarray(0, IV_BYTES)).setAAD(Buffer.from(name))
  decipher.setAuthTag(data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(data.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
}

/** The key of the folder, made by whoever needs it first: of two at once, the second takes the first one's. */
async function keyOf(dir: string): Promise<Buffer> {
  const path = join(dir, 'key')
  try {
    return await existingKey(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw storageError(error, path, 'read')
  }
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await makeFolder(dir, 0o700)
    await writeFile(temporary, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx', flush: true })
    // Whole or not at all, and never over one that is there.
    await link(temporary, path)
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw storageError(error, path)
  } finally {
    await rm(temporary, { force: true })
  }
  return existingKey(path)
}

async function existingKey(path: string): Promise<Buffer> {
  const key = await readFile(path)
  if (key.byteLength !== KEY_BYTES) throw new Error(`${path} does not hold a key.`)
  return key
}
