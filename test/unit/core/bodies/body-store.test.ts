import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, chmod, mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { BodyIdSchema, type BodyId } from '#contract/model/ids.ts'
import { createBodyStore, SMALL_BODY_BYTES, type BodyStore } from '#core/bodies/body-store.ts'
import { saveBody } from '#core/bodies/save-body.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const MIB = 1024 * 1024
const DAY_MS = 24 * 60 * 60 * 1000

async function storeIn(dir?: string): Promise<{ store: BodyStore; dir: string }> {
  const used = dir ?? join(await tempDir(), 'bodies')
  return { store: createBodyStore({ dir: used, now: Date.now }), dir: used }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function pattern(bytes: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: bytes }, (_, index) => (index * 31) % 251))
}

async function fill(store: BodyStore, bytes: Buffer, chunkBytes: number): Promise<BodyId> {
  const writer = store.write()
  for (let at = 0; at < bytes.length; at += chunkBytes) await writer.append(bytes.subarray(at, at + chunkBytes))
  return (await writer.finish()).id
}

async function files(dir: string): Promise<string[]> {
  const all = await readdir(dir, { recursive: true, withFileTypes: true })
  return all.filter((entry) => entry.isFile()).map(({ name }) => name)
}

describe('a body', () => {
  for (const size of [0, 1, SMALL_BODY_BYTES, SMALL_BODY_BYTES + 1, 3 * MIB]) {
    test(`of ${size} bytes is named by its content and read back whole, in part and as a stream`, async () => {
      const { store, dir } = await storeIn()
      const bytes = pattern(size)
      const id = await fill(store, bytes, 50_000)

      expect(id).toBe(sha256(bytes))
      expect(await store.stat(id)).toEqual({ bytes: size })
      expect((await store.read(id, 0, size + 10)).equals(bytes)).toBe(true)
      expect((await store.read(id, 10, 5)).equals(bytes.subarray(10, 15))).toBe(true)
      expect(await store.read(id, size + 5, 5)).toHaveLength(0)
      expect((await buffer(store.stream(id))).equals(bytes)).toBe(true)
      expect((await buffer(store.stream(id, { offset: 7, length: 100 }))).equals(bytes.subarray(7, 107))).toBe(true)
      expect((await readFile(await store.path(id))).equals(bytes)).toBe(true)
      expect(await files(dir)).toEqual([id])
    })
  }

  test('of which a given chunk is empty leaves that chunk alone: it may be a constant of a library', async () => {
    const { store } = await storeIn()
    const empty = Buffer.from(new ArrayBuffer(0))
    const writer = store.write()
    await writer.append(pattern(SMALL_BODY_BYTES + 1))

    await writer.append(empty, true)
    await writer.finish()

    expect(() => new Uint8Array(4).set(empty)).not.toThrow()
  })

  test('that is given is freed once it is written; one that is not stays its owner’s', async () => {
    const { store } = await storeIn()
    const writer = store.write()
    const [first, given, lent] = [pattern(SMALL_BODY_BYTES + 1), Buffer.from(new Uint8Array(MIB).fill(1)), Buffer.alloc(MIB, 2)]
    const expected = sha256(Buffer.concat([first, given, lent]))
    await writer.append(first)
    await writer.append(given, true)
    await writer.append(lent)

    expect((await writer.finish()).id).toBe(expected)
    expect(given).toHaveLength(0)
    expect(lent).toHaveLength(MIB)
  })

  test('is found by another process, from its file', async () => {
    const { store, dir } = await storeIn()
    const { id } = await store.put(Buffer.from('hello'))
    await store.flush()
    const { store: other } = await storeIn(dir)

    expect((await other.read(id, 0, 100)).toString()).toBe('hello')
    expect((await buffer(other.stream(id, { offset: 1, length: 3 }))).toString()).toBe('ell')
    expect(await other.stat(id)).toEqual({ bytes: 5 })
  })

  test('is kept once, however often it comes', async () => {
    const { store, dir } = await storeIn()
    const ids = await Promise.all(Array.from({ length: 20 }, () => store.put(Buffer.from('same'))))
    await fill(store, pattern(MIB), 100_000)
    await fill(store, pattern(MIB), 70_000)
    await store.flush()

    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
    expect(await files(dir)).toHaveLength(2)
  })

  test('is a copy: what its owner does with the bytes later does not matter', async () => {
    const { store } = await storeIn()
    const bytes = Buffer.from('before')
    const writer = store.write()
    await writer.append(bytes)
    const { id } = await writer.finish()
    const put = await store.put(bytes)
    bytes.fill('x')

    expect((await store.read(id, 0, 10)).toString()).toBe('before')
    expect((await store.read(put.id, 0, 10)).toString()).toBe('before')
  })

  test('that is held can be read, and never has a file', async () => {
    const { store, dir } = await storeIn()
    const { id } = store.hold(Buffer.from('a secret'))
    await store.flush()

    expect(await store.stat(id)).toEqual({ bytes: 8, isHeld: true })
    expect((await store.read(id, 2, 6)).toString()).toBe('secret')
    expect((await buffer(store.stream(id))).toString()).toBe('a secret')
    await expect(store.path(id)).rejects.toMatchObject({ kind: 'NotFound' })
    await expect(files(dir)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('that is not there is NotFound', async () => {
    const { store } = await storeIn()
    const id = BodyIdSchema.parse('0'.repeat(64))

    expect(await store.stat(id)).toBeNull()
    await expect(store.read(id, 0, 1)).rejects.toMatchObject({ kind: 'NotFound' })
    await expect(store.path(id)).rejects.toMatchObject({ kind: 'NotFound' })
    await expect(buffer(store.stream(id))).rejects.toMatchObject({ kind: 'NotFound' })
  })

  test('has a head of at most 64 KiB while it is written', async () => {
    const { store } = await storeIn()
    for (const size of [100, SMALL_BODY_BYTES, MIB]) {
      const writer = store.write()
      const bytes = pattern(size)
      for (let at = 0; at < size; at += 10_000) await writer.append(bytes.subarray(at, at + 10_000))

      expect(Buffer.from(writer.head()).equals(bytes.subarray(0, 65_536))).toBe(true)
      await writer.abort()
    }
  })

  test('whose reader gives up fails with that reader’s reason, not with one of its own', async () => {
    const { store } = await storeIn()
    const stream = store.stream(await fill(store, pattern(3 * MIB), 50_000))
    const reason = new Error('the browser went away')
    const failed = once(stream, 'error')

    await once(stream, 'readable')
    stream.destroy(reason)

    expect(await failed).toEqual([reason])
  })

  test('that is given up leaves nothing behind', async () => {
    const { store, dir } = await storeIn()
    const small = store.write()
    await small.append(Buffer.from('x'))
    await small.abort()
    const large = store.write()
    await large.append(pattern(2 * MIB))
    await large.abort()

    expect(await files(dir)).toEqual([])
  })

  test('takes chunks that are not waited for, in their order', async () => {
    const { store } = await storeIn()
    const bytes = pattern(4 * MIB)
    const writer = store.write()
    const waits: Promise<void>[] = []
    for (let at = 0; at < bytes.length; at += 65_536) {
      const wait = writer.append(bytes.subarray(at, at + 65_536))
      if (wait) waits.push(wait)
    }
    await Promise.all(waits)

    expect((await writer.finish()).id).toBe(sha256(bytes))
    expect(waits.length).toBeGreaterThan(0)
  })

  test('that is large and comes slowly can be read as it comes', async () => {
    const { store } = await storeIn()
    const bytes = pattern(3 * MIB + 100)
    const writer = store.write()
    for (const [from, to] of [
      [0, 3 * MIB + 1],
      [3 * MIB + 1, 3 * MIB + 20],
      [3 * MIB + 20, 3 * MIB + 100],
    ] as const) {
      await writer.append(bytes.subarray(from, to))
      await expect.poll(() => writer.arrived.bytes()).toBe(to)

      expect((await writer.arrived.read(3 * MIB - 5, 1000)).equals(bytes.subarray(3 * MIB - 5, to))).toBe(true)
    }

    expect((await writer.finish()).id).toBe(sha256(bytes))
  })

  test('of many that are large and come at once is the one that its chunks were', async () => {
    const { store, dir } = await storeIn()
    const bodies = [1, 2, 3, 4, 5].map((first) => Buffer.concat([Buffer.from([first]), pattern(2 * MIB + first * 100_000)]))

    const ids = await Promise.all(bodies.map((bytes) => fill(store, bytes, 60_000 + (bytes[0] ?? 0))))

    expect(ids).toEqual(bodies.map(sha256))
    expect((await files(dir)).toSorted()).toEqual(ids.toSorted())
  })

  test('is written anew where its folder was removed meanwhile', async () => {
    const { store, dir } = await storeIn()
    await store.put(Buffer.from('one'))
    await store.flush()
    await rm(dir, { recursive: true })
    const { id } = await store.put(Buffer.from('two'))
    await store.flush()

    expect(await files(dir)).toEqual([id])
  })
})

describe('a body that is one file with the user’s', () => {
  const SIZE = SMALL_BODY_BYTES + 1

  async function shared(): Promise<{ store: BodyStore; id: BodyId; theirs: string; bytes: Buffer; dir: string }> {
    const { store, dir } = await storeIn()
    const bytes = pattern(SIZE)
    const id = await fill(store, bytes, 50_000)
    const theirs = join(await tempDir(), 'theirs.bin')
    // It was written a while ago: two writes within a tick of the clock of the file system have one time.
    const earlier = Date.now() / 1000 - 60
    await utimes(await store.path(id), earlier, earlier)
    expect(await store.share(id, theirs)).toBe(true)
    return { store, id, theirs, bytes, dir }
  }

  test('takes no more room, and stays whatever becomes of the name that they know', async () => {
    const { store, id, theirs, bytes } = await shared()
    expect((await stat(theirs)).ino).toBe((await stat(await store.path(id))).ino)

    await chmod(theirs, 0o644)
    await rename(theirs, `${theirs}.other`)
    await rm(`${theirs}.other`)

    expect(await store.stat(id)).toEqual({ bytes: SIZE })
    expect((await store.read(id, 0, SIZE)).equals(bytes)).toBe(true)
    expect((await buffer(store.stream(id))).equals(bytes)).toBe(true)
  })

  test('is gone once they have written to it, and never another', async () => {
    const { store, id, theirs, dir } = await shared()

    const file = await open(theirs, 'r+')
    await file.write(Buffer.from('other'), 0, 5, 100)
    await file.close()

    expect(await store.stat(id)).toBeNull()
    const { store: other } = await storeIn(dir)
    for (const each of [store, other]) {
      await expect(each.read(id, 0, 200)).rejects.toMatchObject({ kind: 'NotFound' })
      await expect(buffer(each.stream(id))).rejects.toMatchObject({ kind: 'NotFound' })
      await expect(each.path(id)).rejects.toMatchObject({ kind: 'NotFound' })
    }
  })

  test('stays where they only touch it, and is gone once it holds something else of the same length', async () => {
    const { store, id, theirs, bytes, dir } = await shared()
    const path = await store.path(id)

    await utimes(theirs, 1_000_000, 1_000_000)
    const { store: other } = await storeIn(dir)
    expect(await Promise.all([store.stat(id), other.stat(id), store.stat(id)])).toEqual(Array(3).fill({ bytes: SIZE }))
    expect((await store.read(id, 0, SIZE)).equals(bytes)).toBe(true)
    expect(await readFile(`${path}.shared`, 'utf8')).toBe(`${SIZE} ${1_000_000n * 10n ** 9n}`)

    const file = await open(theirs, 'r+')
    await file.write(Buffer.from('other'), 0, 5, 100)
    await file.utimes(2_000_000, 2_000_000)
    await file.close()
    expect([await store.stat(id), await other.stat(id)]).toEqual([null, null])
    expect(await readFile(`${path}.shared`, 'utf8')).toContain(`\n${SIZE} `)
  })

  test('is its own again when it comes again: theirs keeps its time and what they wrote', async () => {
    const { store, id, theirs, bytes } = await shared()
    await appendFile(theirs, 'more')
    const before = await stat(theirs)

    expect(await fill(store, bytes, 70_000)).toBe(id)

    expect((await store.read(id, 0, SIZE)).equals(bytes)).toBe(true)
    expect([(await stat(theirs)).size, (await stat(theirs)).mtimeMs]).toEqual([SIZE + 4, before.mtimeMs])
    await appendFile(theirs, 'and more')
    expect((await buffer(store.stream(id))).equals(bytes)).toBe(true)
  })

  test('is shared once, and swept with all that belongs to it', async () => {
    const { store, id, theirs, bytes, dir } = await shared()

    expect(await store.share(id, `${theirs}.again`)).toBe(false)
    expect(await store.share(BodyIdSchema.parse(sha256(bytes)), join(dir, 'no', 'folder'))).toBe(false)
    await store.sweep({ olderThanMs: -1, maxBytes: 0 })

    expect(await files(dir)).toEqual([])
    expect((await readFile(theirs)).equals(bytes)).toBe(true)
  })
})

describe('a folder that cannot be written', () => {
  async function blocked(): Promise<{ store: BodyStore; dir: string }> {
    const dir = join(await tempDir(), 'bodies')
    await writeFile(dir, 'a file is in its place')
    return storeIn(dir)
  }

  test('fails a large body with StorageError that names it', async () => {
    const { store, dir } = await blocked()
    const error = { kind: 'StorageError', stage: 'store', message: `Bodies cannot be kept in the folder ${dir}: a file is in its place.` }

    await expect(fill(store, pattern(MIB), MIB)).rejects.toMatchObject(error)
    await expect(store.put(pattern(MIB))).rejects.toMatchObject(error)
  })

  test('has a body where it belongs once there is room, though it came to another folder before', async () => {
    const [{ dir }, overflowDir] = [await blocked(), join(await tempDir(), 'made-when-needed')]
    const store = createBodyStore({ dir, now: Date.now, overflowDir })
    const id = await fill(store, pattern(3 * MIB), MIB)
    expect([store.isLodged(id), (await stat(overflowDir)).mode & 0o77]).toEqual([true, 0])

    await rm(dir)
    await fill(store, pattern(3 * MIB), MIB)
    await store.close()

    expect([store.isLodged(id), (await stat(await store.path(id))).size, await files(overflowDir)]).toEqual([false, 3 * MIB, []])
  })

  test.each([3 * MIB, MIB / 2])(
    'has a body of %d bytes in another where there is one, which the user’s file becomes, and leaves nothing there',
    async (size) => {
      const [{ dir }, overflowDir] = [await blocked(), await tempDir()]
      const store = createBodyStore({ dir, now: Date.now, overflowDir })
      const bytes = pattern(size)
      const id = await fill(store, bytes, 50_000)
      const theirs = join(overflowDir, 'theirs')

      expect([id, store.isLodged(id), await store.stat(id)]).toEqual([sha256(bytes), true, { bytes: bytes.length }])
      expect((await store.read(id, 1000, 5)).equals(bytes.subarray(1000, 1005))).toBe(true)
      await saveBody(store, id, theirs, new AbortController().signal)
      expect((await stat(theirs)).ino).toBe((await stat(await store.path(id))).ino)
      await store.close()

      expect(await files(overflowDir)).toEqual(['theirs'])
      expect((await readFile(theirs)).equals(bytes)).toBe(true)
    },
  )

  test('keeps a small body in memory, and tells of the fault', async () => {
    const { store } = await blocked()
    const { id } = await store.put(Buffer.from('small'))
    await expect(store.flush()).rejects.toMatchObject({ kind: 'StorageError' })

    expect((await store.read(id, 0, 10)).toString()).toBe('small')
    expect(store.fault()?.kind).toBe('StorageError')
    await expect(store.path(id)).rejects.toMatchObject({ kind: 'StorageError' })
  })

  test('is forgiven once it can be written again', async () => {
    const { store, dir } = await blocked()
    await store.put(Buffer.from('small'))
    await store.flush().catch(() => undefined)
    await rm(dir)
    await store.put(Buffer.from('other'))
    await store.flush()

    expect(store.fault()).toBeNull()
  })
})

describe('sweep', () => {
  async function aged(store: BodyStore, text: string, days: number): Promise<BodyId> {
    const { id } = await store.put(Buffer.from(text))
    const path = await store.path(id)
    const at = (Date.now() - days * DAY_MS) / 1000
    await utimes(path, at, at)
    return id
  }

  test('removes what is older than the limit', async () => {
    const { store, dir } = await storeIn()
    await aged(store, 'old', 10)
    const young = await aged(store, 'young', 1)

    expect(await store.sweep({ olderThanMs: 5 * DAY_MS, maxBytes: 1000 })).toEqual({ removed: 1, removedBytes: 3, keptBytes: 5 })
    expect(await files(dir)).toEqual([young])
  })

  test('then removes the oldest until the rest fits', async () => {
    const { store, dir } = await storeIn()
    await aged(store, 'aaaa', 3)
    await aged(store, 'bbbb', 2)
    const newest = await aged(store, 'cccc', 1)
    const result = await store.sweep({ olderThanMs: 5 * DAY_MS, maxBytes: 7 })

    expect(result).toEqual({ removed: 2, removedBytes: 8, keptBytes: 4 })
    expect(await files(dir)).toEqual([newest])
  })

  test('leaves what was used again, and what is not a body', async () => {
    const { store, dir } = await storeIn()
    const id = await aged(store, 'again', 10)
    const { store: other } = await storeIn(dir)
    await other.put(Buffer.from('again'))
    await other.flush()
    await writeFile(join(dir, 'README'), 'not ours')
    await store.sweep({ olderThanMs: DAY_MS, maxBytes: 1000 })

    expect((await files(dir)).toSorted()).toEqual([id, 'README'].toSorted())
  })

  test('removes temp files whose writer is gone, not those of one that lives', async () => {
    const { store, dir } = await storeIn()
    const temp = join(dir, 'tmp')
    await mkdir(temp, { recursive: true })
    const hoursAgo = (Date.now() - 2 * 60 * 60_000) / 1000
    const name = (pid: number): string => `${pid}-x-1`
    const noSuchPid = 2 ** 22 + 1 // above the highest that Linux gives
    for (const pid of [process.pid, noSuchPid]) {
      await writeFile(join(temp, name(pid)), 'part')
      await utimes(join(temp, name(pid)), hoursAgo, hoursAgo)
    }
    await writeFile(join(temp, name(noSuchPid + 1)), 'just now')
    await store.sweep({ olderThanMs: DAY_MS, maxBytes: 1000 })

    expect((await readdir(temp)).toSorted()).toEqual([name(process.pid), name(noSuchPid + 1)].toSorted())
  })

  test('of a folder that is not there removes nothing', async () => {
    const { store } = await storeIn()

    expect(await store.sweep({ olderThanMs: 0, maxBytes: 0 })).toEqual({ removed: 0, removedBytes: 0, keptBytes: 0 })
  })

  test('beside another sweep and writers fails for no one', async () => {
    const { store, dir } = await storeIn()
    const { store: other } = await storeIn(dir)
    const texts = Array.from({ length: 60 }, (_, index) => `text ${index}`)
    await Promise.all([
      ...texts.map((text) => store.put(Buffer.from(text))),
      ...texts.map((text) => other.put(Buffer.from(text))),
      ...Array.from({ length: 5 }, () => store.sweep({ olderThanMs: DAY_MS, maxBytes: 100 })),
      ...Array.from({ length: 5 }, () => other.sweep({ olderThanMs: DAY_MS, maxBytes: 100 })),
    ])
    await Promise.all([store.flush(), other.flush()])

    expect((await stat(dir)).isDirectory()).toBe(true)
    expect(store.fault() ?? other.fault()).toBeNull()
  })
})
