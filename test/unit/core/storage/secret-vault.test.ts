import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSecretVault, type HostCipher, type SecretVault } from '#core/storage/secret-vault.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const SECRET = 'hunter2-é-secret'

/** Turns the text around: enough to be told from our own cipher. */
const HOST: HostCipher = {
  name: 'host',
  encrypt: async (text) => Buffer.from(text).reverse(),
  decrypt: async (sealed) => Buffer.from(sealed).reverse().toString(),
}

describe('createSecretVault', () => {
  test('gives back what was kept, also to another process, and null for what was not', async () => {
    const dir = join(await tempDir(), 'secrets')
    const vault = createSecretVault({ dir, hostCipher: null, log: () => undefined })
    await vault.set('a', SECRET)

    expect(await createSecretVault({ dir, hostCipher: null, log: () => undefined }).get('a')).toBe(SECRET)
    expect(await vault.get('b')).toBeNull()
    await vault.remove('a')
    await vault.remove('a')
    expect(await vault.get('a')).toBeNull()
  })

  test('writes no secret in the clear, in files of their owner alone', async () => {
    const dir = join(await tempDir(), 'secrets')
    const vault = createSecretVault({ dir, hostCipher: null, log: () => undefined })
    await vault.set('a', SECRET)
    await vault.set('a', SECRET)

    const files = await readdir(dir)
    const contents = await Promise.all(files.map((file) => readFile(join(dir, file), 'utf8')))
    const modes = await Promise.all(files.map(async (file) => (await stat(join(dir, file))).mode & 0o777))
    expect(files).toHaveLength(2)
    expect(contents.join()).not.toContain('hunter2')
    expect(modes).toEqual([0o600, 0o600])
  })

  test('of two that need the key at once, both get the same one', async () => {
    const dir = join(await tempDir(), 'secrets')
    const newVault = (): SecretVault => createSecretVault({ dir, hostCipher: null, log: () => undefined })
    const vaults = Array.from({ length: 8 }, newVault)
    const reader = newVault()
    await Promise.all(vaults.map((vault, index) => vault.set(String(index), SECRET)))

    const read = await Promise.all(vaults.map((_vault, index) => reader.get(String(index))))
    expect(read).toEqual(vaults.map(() => SECRET))
  })

  test('uses the cipher of the host; without it such a secret counts as missing, which is told', async () => {
    const dir = join(await tempDir(), 'secrets')
    const logged: string[] = []
    await createSecretVault({ dir, hostCipher: HOST, log: () => undefined }).set('a', SECRET)

    expect(await createSecretVault({ dir, hostCipher: HOST, log: () => undefined }).get('a')).toBe(SECRET)
    expect(await createSecretVault({ dir, hostCipher: null, log: (line) => void logged.push(line) }).get('a')).toBeNull()
    expect(logged.join()).toContain('host')
    expect(logged.join()).not.toContain('hunter2')
  })

  test("a changed file, or another secret's, counts as missing", async () => {
    const dir = join(await tempDir(), 'secrets')
    const logged: string[] = []
    const vault = createSecretVault({ dir, hostCipher: null, log: (line) => void logged.push(line) })
    await vault.set('a', 'one')
    const [fileOfA = ''] = (await readdir(dir)).filter((file) => file !== 'key')
    await vault.set('b', 'two')
    const [fileOfB = ''] = (await readdir(dir)).filter((file) => file !== 'key' && file !== fileOfA)

    await rename(join(dir, fileOfA), join(dir, fileOfB))
    expect(await vault.get('b')).toBeNull()
    await writeFile(join(dir, fileOfA), '{"cipher": "aes-256-gcm", "data": "AAAA"}')
    expect(await vault.get('a')).toBeNull()
    expect(logged).toHaveLength(2)
  })
})
