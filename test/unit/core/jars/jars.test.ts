import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { JarKey } from '#contract/model/cookie.ts'
import { DEFAULT_JAR } from '#contract/model/request-defaults.ts'
import { CollectionIdSchema } from '#contract/model/ids.ts'
import { createJars, type Jars } from '#core/jars/jars.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const URL = 'http://www.example.com/'
const ALICE: JarKey = { collectionId: CollectionIdSchema.parse('shop'), session: 'Alice / ünsafe: ..' }

interface Kit {
  readonly jars: Jars
  readonly told: JarKey[]
  readonly logged: string[]
  readonly unwritten: unknown[]
}

function kit(dataDir: string, watch = false): Kit {
  const told: JarKey[] = []
  const logged: string[] = []
  const unwritten: unknown[] = []
  const jars = createJars({
    dataDir,
    watch,
    log: (line) => void logged.push(line),
    onUnwritten: (error) => void unwritten.push(error),
    onChanged: (key) => void told.push(key),
  })
  onTestFinished(jars.close)
  return { jars, told, logged, unwritten }
}

async function store({ jars }: Kit, line: string, key = DEFAULT_JAR): Promise<void> {
  const { cookies } = await jars.jar(key)
  cookies.store(URL, [line])
}

async function flush({ jars }: Kit, key = DEFAULT_JAR): Promise<void> {
  await (await jars.jar(key)).flush()
}

async function cookiesOf({ jars }: Kit, key = DEFAULT_JAR): Promise<string> {
  return (await jars.jar(key)).cookies
    .cookiesFor(URL)
    .map((pair) => pair.join('='))
    .join('; ')
}

describe('createJars', () => {
  test('keeps the cookies of each session apart, in files that only the user may read', async () => {
    const dir = await tempDir()
    const one = kit(dir)
    await store(one, 'who=nobody')
    await store(one, 'who=alice', ALICE)
    await one.jars.close()

    const again = kit(dir)

    expect(await cookiesOf(again)).toBe('who=nobody')
    expect(await cookiesOf(again, ALICE)).toBe('who=alice')
    const names = await readdir(join(dir, 'cookies'))
    expect(names.sort()).toEqual([expect.stringMatching(/^alice-u-nsafe-[0-9a-f]{16}\.json$/), 'default.json'])
    if (process.platform !== 'win32') {
      for (const name of names) expect((await stat(join(dir, 'cookies', name))).mode & 0o077).toBe(0)
    }
  })

  test('lists every jar with its count, those of other starts too', async () => {
    const dir = await tempDir()
    const one = kit(dir)
    await store(one, 'a=1', ALICE)
    await store(one, 'b=2', ALICE)
    await store(one, 'gone=1; Max-Age=0', ALICE)
    await one.jars.close()

    expect(await kit(dir).jars.list()).toEqual([
      { key: DEFAULT_JAR, count: 0 },
      { key: ALICE, count: 2 },
    ])
  })

  test('reads a jar of the first versions, which names no session', async () => {
    const dir = await tempDir()
    await mkdir(join(dir, 'cookies'))
    const cookie = { key: 'old', value: '1', domain: 'www.example.com', path: '/', hostOnly: true, creation: '2026-01-01T00:00:00.000Z' }
    await writeFile(join(dir, 'cookies', 'default.json'), JSON.stringify({ version: 'tough-cookie@6.1.0', cookies: [cookie] }))

    expect(await cookiesOf(kit(dir))).toBe('old=1')
  })

  test('uses at once what another has written', async () => {
    const dir = await tempDir()
    const [window, cli] = [kit(dir), kit(dir)]
    await store(window, 'own=1')
    await flush(window)
    await store(cli, 'theirs=2')
    await flush(cli)

    expect(await cookiesOf(window)).toBe('own=1; theirs=2')
  })

  test('loses neither of two that change the same jar without having read of each other', async () => {
    const dir = await tempDir()
    const [window, cli] = [kit(dir), kit(dir)]
    await store(window, 'both=0')
    await store(window, 'doomed=0')
    await flush(window)
    const theirs = (await cli.jars.jar(DEFAULT_JAR)).cookies
    const own = (await window.jars.jar(DEFAULT_JAR)).cookies
    theirs.store(URL, ['theirs=1', 'both=1'])
    theirs.remove({ name: 'doomed', domain: 'www.example.com', path: '/' })
    own.store(URL, ['own=1'])
    await Promise.all([flush(window), flush(cli)])

    expect(await cookiesOf(window)).toMatch(/^both=1; (own=1; theirs=1|theirs=1; own=1)$/)
    expect(await cookiesOf(cli)).toBe(await cookiesOf(window))
  })

  test('tells of changes, its own and those of others', async () => {
    const dir = await tempDir()
    const [window, cli] = [kit(dir, true), kit(dir)]
    await store(window, 'own=1')
    await vi.waitFor(() => expect(window.told).toEqual([DEFAULT_JAR]))
    // Watching may begin only after a file was written: another write is then noticed.
    await vi.waitFor(
      async () => {
        await store(cli, `theirs=${Date.now()}`, ALICE)
        await flush(cli, ALICE)
        expect(window.told).toContainEqual(ALICE)
      },
      { timeout: 5000 },
    )
  })

  test('sets a damaged file aside, says so, and begins anew', async () => {
    const dir = await tempDir()
    await mkdir(join(dir, 'cookies'))
    await writeFile(join(dir, 'cookies', 'default.json'), '{"cookies": "none"')
    const one = kit(dir)

    expect(await cookiesOf(one)).toBe('')
    await store(one, 'new=1')
    await flush(one)
    expect(one.logged).toEqual([expect.stringContaining('damaged')])
    const aside = (await readdir(join(dir, 'cookies'))).find((name) => name.endsWith('.broken'))
    expect(await readFile(join(dir, 'cookies', aside ?? ''), 'utf8')).toBe('{"cookies": "none"')
    expect(await cookiesOf(kit(dir))).toBe('new=1')
  })

  test('says once that cookies are not written, and writes them by itself when that is possible', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const dir = await tempDir()
    await writeFile(join(dir, 'cookies'), 'a file is in the way')
    const one = kit(dir)
    for (const line of ['sid=1', 'more=2']) {
      await store(one, line)
      vi.runOnlyPendingTimers()
      await expect.poll(() => one.unwritten.length).toBe(1)
    }
    expect(one.unwritten).toMatchObject([{ kind: 'StorageError', parts: { hint: expect.stringContaining('hold as long as') } }])

    await rm(join(dir, 'cookies'))
    await vi.waitUntil(() => {
      vi.advanceTimersByTime(30_000)
      return existsSync(join(dir, 'cookies', 'default.json'))
    })

    expect(await cookiesOf(kit(dir))).toBe('sid=1; more=2')
  })

  test('keeps what could not be written, and writes it when that is possible', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'cookies'), 'a file is in the way')
    const one = kit(dir)
    await store(one, 'sid=1')
    await expect(flush(one)).rejects.toMatchObject({ kind: 'StorageError' })
    await rm(join(dir, 'cookies'))
    await flush(one)

    expect(await cookiesOf(kit(dir))).toBe('sid=1')
  })
})
