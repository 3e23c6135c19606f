import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { admissionSecret } from '../../../../src-main/hosts/web/admission-secret.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const READY = (): Promise<void> => Promise.resolve()

describe('admissionSecret', () => {
  test('is made once, for its owner only, and is the same ever after', async () => {
    const folder = await tempDir()

    const secrets = [await admissionSecret(folder, READY), await admissionSecret(folder, READY)]

    expect(Buffer.from(secrets[0] ?? '', 'base64url')).toHaveLength(32)
    expect(secrets[1]).toBe(secrets[0])
    expect(await readdir(folder)).toEqual(['web-admission.key'])
    expect((await stat(join(folder, 'web-admission.key'))).mode & 0o777).toBe(0o600)
  })

  test('is another in another folder', async () => {
    expect(await admissionSecret(await tempDir(), READY)).not.toBe(await admissionSecret(await tempDir(), READY))
  })

  test('is one for hosts that start at the same moment', async () => {
    const folder = await tempDir()

    const secrets = await Promise.all(Array.from({ length: 8 }, () => admissionSecret(folder, READY)))

    expect(new Set(secrets).size).toBe(1)
  })

  test('waits for a folder that is being made', async () => {
    const folder = join(await tempDir(), 'new')

    const secret = await admissionSecret(folder, () => mkdir(folder))

    expect((await readFile(join(folder, 'web-admission.key'), 'utf8')).trim()).toBe(secret)
  })

  test.each([[''], ['short'], ['x'.repeat(500)]])('replaces a damaged one: %j', async (damaged) => {
    const folder = await tempDir()
    await writeFile(join(folder, 'web-admission.key'), damaged, { mode: 0o600 })

    const secret = await admissionSecret(folder, READY)

    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(await admissionSecret(folder, READY)).toBe(secret)
    expect(await readdir(folder)).toEqual(['web-admission.key'])
  })

  test('replaces one that others could read', async () => {
    const folder = await tempDir()
    const before = await admissionSecret(folder, READY)
    await chmod(join(folder, 'web-admission.key'), 0o644)

    const after = await admissionSecret(folder, READY)

    expect(after).not.toBe(before)
    expect((await stat(join(folder, 'web-admission.key'))).mode & 0o777).toBe(0o600)
  })

  test('is of this launch only where nothing can be kept', async () => {
    const folder = join(await tempDir(), 'file')
    await writeFile(folder, 'not a folder')

    const secrets = [await admissionSecret(folder, () => Promise.reject(new Error('no folder'))), await admissionSecret(folder, READY)]

    expect(secrets[0]).toMatch(/^[\w-]{43}$/)
    expect(secrets[1]).not.toBe(secrets[0])
  })
})
