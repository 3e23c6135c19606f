import { writeFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeFile, MAX_FILE_BYTES, readTextFile, revisionOf } from '#core/storage/text-file.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('decodeFile', () => {
  test('keeps a byte order mark, so that the file can be written again as it was', () => {
    const bytes = Buffer.from('\uFEFFa: é\r\n')

    expect(decodeFile(bytes, 'a.yml')).toEqual({ text: '\uFEFFa: é\r\n', revision: revisionOf(bytes), fault: null })
  })

  test.each([
    ['UTF-16', Buffer.from('\uFEFFa: é', 'utf16le'), 'a: é', 'UTF-16'],
    ['another encoding', Buffer.from('a: \xe9', 'latin1'), 'a: é', 'not UTF-8'],
  ])('shows %s and says what is wrong', (_case, bytes, text, why) => {
    const file = decodeFile(bytes, 'a.yml')

    expect(file.text).toBe(text)
    expect(file.fault?.message).toContain(why)
  })
})

describe('readTextFile', () => {
  test('says that a file is not there', async () => {
    await expect(readTextFile(join(await tempDir(), 'a.yml'))).rejects.toMatchObject({
      kind: 'NotFound',
      message: expect.stringContaining('a.yml'),
    })
  })

  test('does not take in a file of any size', async () => {
    const path = join(await tempDir(), 'a.yml')
    await writeFile(path, '')
    await truncate(path, MAX_FILE_BYTES + 1)

    await expect(readTextFile(path)).rejects.toMatchObject({ kind: 'TooLarge' })
  })

  test('says why a folder is no file', async () => {
    await expect(readTextFile(await tempDir())).rejects.toMatchObject({ kind: 'StorageError' })
  })
})
