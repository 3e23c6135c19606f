import { mkdir, open, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BodyIdSchema, type BodyId } from '#contract/model/ids.ts'
import { createBodyStore, type BodyStore } from '#core/bodies/body-store.ts'
import { saveBody, SHARED_FROM_BYTES } from '#core/bodies/save-body.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const NEVER = new AbortController().signal

/** A store with a body of that size, which takes no room on the disk. */
async function storeWith(bytes: number): Promise<{ store: BodyStore; id: BodyId; folder: string }> {
  const folder = await tempDir()
  const dir = join(folder, 'bodies')
  const id = BodyIdSchema.parse('ab'.repeat(32))
  const path = join(dir, 'ab', id)
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'wx', 0o600)
  await file.truncate(bytes)
  await file.close()
  return { store: createBodyStore({ dir, now: Date.now }), id, folder }
}

describe('a large body that may be shared', () => {
  test('is written once, with the rights of any new file', async () => {
    const { store, id, folder } = await storeWith(SHARED_FROM_BYTES)
    const target = join(folder, 'saved.bin')

    await saveBody(store, id, target, NEVER, true)

    const [kept, saved] = [await stat(await store.path(id)), await stat(target)]
    expect([saved.size, saved.mode & 0o777]).toEqual([SHARED_FROM_BYTES, 0o666 & ~process.umask()])
    // One file, or, where the file system can, two of the same blocks.
    expect(saved.ino === kept.ino || saved.blocks === kept.blocks).toBe(true)
    expect(await store.stat(id)).toEqual({ bytes: SHARED_FROM_BYTES })
  })

  test('replaces a file that is there, and the next one leaves the first alone', async () => {
    const { store, id, folder } = await storeWith(SHARED_FROM_BYTES)
    const [first, second] = [join(folder, 'first.bin'), join(folder, 'second.bin')]
    await writeFile(first, 'before', { mode: 0o640 })

    await saveBody(store, id, first, NEVER, true)
    await saveBody(store, id, second, NEVER, true)

    expect([(await stat(first)).mode & 0o777, (await stat(first)).size]).toEqual([0o640, SHARED_FROM_BYTES])
    expect((await stat(second)).ino).not.toBe((await stat(first)).ino)
    expect((await stat(second)).size).toBe(SHARED_FROM_BYTES)
  })
})

test('a body that may not be shared, or is smaller, is copied', async () => {
  for (const [bytes, mayShare] of [
    [SHARED_FROM_BYTES, false],
    [SHARED_FROM_BYTES - 1, true],
  ] as const) {
    const { store, id, folder } = await storeWith(bytes)
    const target = join(folder, 'saved.bin')
    await saveBody(store, id, target, NEVER, mayShare)

    expect((await stat(target)).ino).not.toBe((await stat(await store.path(id))).ino)
    await writeFile(target, 'other')
    expect(await store.stat(id)).toEqual({ bytes })
    expect(await readFile(target, 'utf8')).toBe('other')
  }
})
