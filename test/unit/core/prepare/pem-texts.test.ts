import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pemTexts } from '../../../../src-main/core/prepare/pem-texts.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const pem = (name: string): string => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`

test('a file is read once, and again when it was changed', async () => {
  const path = join(await tempDir(), 'ca.pem')
  await writeFile(path, pem('one'))

  const first = await pemTexts(path)
  const second = await pemTexts(path)
  await writeFile(path, pem('other'))
  const third = await pemTexts(path)

  expect(first).toEqual([pem('one')])
  expect(second).toBe(first)
  expect(third).toEqual([pem('other')])
})

test('a folder is read again when a file of it was changed, came or went; what holds no certificate is passed over', async () => {
  const folder = join(await tempDir(), 'certs')
  await mkdir(join(folder, 'sub'), { recursive: true })
  await writeFile(join(folder, 'a.pem'), pem('a'))
  await writeFile(join(folder, 'readme'), 'none')
  await symlink('nowhere', join(folder, 'link'))

  const seen = [await pemTexts(folder)]
  await writeFile(join(folder, 'a.pem'), pem('changed'))
  seen.push(await pemTexts(folder))
  await writeFile(join(folder, 'b.pem'), pem('b'))
  seen.push(await pemTexts(folder))
  await rm(join(folder, 'a.pem'))
  seen.push(await pemTexts(folder))

  expect(seen).toEqual([[pem('a')], [pem('changed')], [pem('changed'), pem('b')], [pem('b')]])
  expect(await pemTexts(folder)).toBe(seen[3])
})

test('what is not there fails each time, and is read once it is', async () => {
  const path = join(await tempDir(), 'ca.pem')

  await expect(pemTexts(path)).rejects.toThrow('ENOENT')
  await writeFile(path, pem('late'))
  await chmod(path, 0o600)

  expect(await pemTexts(path)).toEqual([pem('late')])
})
