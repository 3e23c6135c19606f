import { execFileSync } from 'node:child_process'
import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BodyId } from '../../src-main/contract/model/ids.ts'
import { createBodyStore, type BodyStore } from '../../src-main/core/bodies/body-store.ts'
import { saveBody } from '../../src-main/core/bodies/save-body.ts'
import { createBodyViews, type BodyViews } from '../../src-main/core/bodies/body-views.ts'
import { bodyHandlers } from '../../src-main/core/commands/bodies.ts'
import type { CallContext } from '../../src-main/core/dispatch.ts'

let folder: string
let store: BodyStore
let views: BodyViews
let handlers: ReturnType<typeof bodyHandlers>
const context: CallContext = { signal: new AbortController().signal, clientId: 'test' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-bodies-'))
  store = createBodyStore({ dir: join(folder, 'bodies'), now: Date.now })
  views = createBodyViews({ store, dir: join(folder, 'views') })
  handlers = bodyHandlers({ views, store, mayWrite: (path) => !path.includes('not-chosen') })
})

afterEach(async () => {
  await views.closeAll()
  await store.flush()
  await rm(folder, { recursive: true, force: true })
})

const put = async (body: Uint8Array | string): Promise<BodyId> => (await store.put(Buffer.from(body))).id
const GONE = '0'.repeat(64) as BodyId

describe('body.open, body.lines and body.close', () => {
  test('read a body by lines', async () => {
    const id = await put('one\ntwo\nthree')

    const { viewId, lines } = await handlers['body.open']({ id, contentType: 'text/plain', format: 'raw', encoding: null }, context)

    expect(lines).toBe(3)
    expect(await handlers['body.lines']({ viewId, from: 1, count: 5 }, context)).toEqual({ lines: ['two', 'three'] })
    expect(await handlers['body.close']({ viewId }, context)).toEqual({})
    await expect(handlers['body.lines']({ viewId, from: 0, count: 1 }, context)).rejects.toMatchObject({ kind: 'NotFound' })
  })

  test('stop when the call is cancelled', async () => {
    const id = await put(Buffer.alloc(8 * 1024 * 1024, '[1]'))

    const opening = handlers['body.open'](
      { id, contentType: '', format: 'pretty', encoding: null },
      { ...context, signal: AbortSignal.abort() },
    )

    await expect(opening).rejects.toMatchObject({ kind: 'Cancelled' })
  })
})

describe('body.bytes', () => {
  test('gives ranges and the whole length', async () => {
    const id = await put(Uint8Array.of(0, 1, 2, 255))

    expect(await handlers['body.bytes']({ id, offset: 1, length: 2 }, context)).toEqual({ base64: 'AQI=', total: 4 })
    expect(await handlers['body.bytes']({ id, offset: 2, length: 100 }, context)).toEqual({ base64: 'Av8=', total: 4 })
    expect(await handlers['body.bytes']({ id, offset: 9, length: 1 }, context)).toEqual({ base64: '', total: 4 })
  })

  test('refuses a body that is not kept', async () => {
    await expect(handlers['body.bytes']({ id: GONE, offset: 0, length: 1 }, context)).rejects.toMatchObject({ kind: 'NotFound' })
  })
})

describe('body.save', () => {
  const save = (id: BodyId, path: string, signal = context.signal) => handlers['body.save']({ id, path }, { ...context, signal })
  /** What is in the folder where the test saves, the store's own folders left out. */
  const saved = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name !== 'bodies' && name !== 'views').sort()

  test('writes the body to a file', async () => {
    const body = Buffer.alloc(3 * 1024 * 1024, 'abc')

    expect(await save(await put(body), join(folder, 'out.bin'))).toEqual({ bytes: body.length })

    expect((await readFile(join(folder, 'out.bin'))).equals(body)).toBe(true)
    expect(await saved()).toEqual(['out.bin'])
  })

  test('replaces a file whole and keeps its permissions, through a link too', async () => {
    const target = join(folder, 'old.txt')
    await writeFile(target, 'a longer old text')
    await chmod(target, 0o600)
    await link(target, join(folder, 'kept.txt'))
    await symlink(target, join(folder, 'way.txt'))

    await save(await put('new'), join(folder, 'way.txt'))

    expect(await readFile(target, 'utf8')).toBe('new')
    expect((await stat(target)).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, 'kept.txt'), 'utf8')).toBe('a longer old text')
    expect(await saved()).toEqual(['kept.txt', 'old.txt', 'way.txt'])
  })

  test('writes nowhere that was not chosen in a dialog', async () => {
    await expect(save(await put('text'), join(folder, 'not-chosen.txt'))).rejects.toMatchObject({ kind: 'Unavailable' })

    expect(await saved()).toEqual([])
  })

  test('names the path that cannot be written, and leaves nothing behind', async () => {
    const id = await put('text')
    await mkdir(join(folder, 'taken'))

    await expect(save(id, join(folder, 'none', 'x.txt'))).rejects.toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining(join(folder, 'none', 'x.txt')) as string,
    })
    await expect(save(id, join(folder, 'taken'))).rejects.toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining('it is a folder') as string,
    })
    await expect(save(id, 'relative.txt')).rejects.toMatchObject({ kind: 'InvalidCall' })
    await expect(save(GONE, join(folder, 'x.txt'))).rejects.toMatchObject({ kind: 'NotFound' })
    expect(await saved()).toEqual(['taken'])
  })

  test('writes into what is no regular file, and leaves it what it is', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const reading = readFile(pipe, 'utf8')

    await save(await put('through the pipe'), pipe)

    expect(await reading).toBe('through the pipe')
    expect((await stat(pipe)).isFIFO()).toBe(true)
  })

  test('saves a body that only memory has', async () => {
    await writeFile(join(folder, 'no-folder'), 'a file in its place')
    const unwritable = createBodyStore({ dir: join(folder, 'no-folder'), now: Date.now })
    const { id } = await unwritable.put(Buffer.from('kept in memory'))

    await saveBody(unwritable, id, join(folder, 'out.txt'), context.signal)

    expect(await readFile(join(folder, 'out.txt'), 'utf8')).toBe('kept in memory')
  })

  test('keeps the old file when cancelled', async () => {
    const target = join(folder, 'old.txt')
    await writeFile(target, 'old')

    await expect(save(await put('new'), target, AbortSignal.abort())).rejects.toMatchObject({ kind: 'Cancelled' })

    expect(await readFile(target, 'utf8')).toBe('old')
    expect(await saved()).toEqual(['old.txt'])
  })
})
