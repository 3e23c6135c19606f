import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { RequestDocument } from '#contract/model/request.ts'
import { createCore } from '#core/create-core.ts'
import { createDrafts } from '#core/storage/drafts.ts'
import { createLocks } from '#core/storage/lock.ts'
import { readRequest } from '#core/storage/opencollection/request-format.ts'
import { receiveUpload } from '#core/storage/uploads.ts'
import {
  document,
  emptyDataDir,
  idOf,
  openedCollection,
  outline,
  put,
  requestText,
  top,
  workspaceKit,
  type Kit,
} from '../unit/core/storage/workspace-kit.ts'
import { tempDir } from '../support/temp-dir.ts'
import { WRITER } from './storage-writer.ts'

const PROJECT = join(import.meta.dirname, '../..')

interface Writer {
  readonly child: ChildProcess
  /** Resolves with the next line that it writes; null at its end. */
  readonly next: () => Promise<string | null>
}

/** Another process that writes. */
function writer(...args: string[]): Writer {
  const child = spawn(process.execPath, ['--experimental-strip-types', '--no-warnings', WRITER, ...args], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  if (!child.stdout) throw new Error('The writer has no output.')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    next: async () => {
      const line = await lines.next()
      return line.done === true ? null : line.value
    },
  }
}

async function killed({ child }: Writer): Promise<void> {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** What a writer wrote: a body with the same number on every line. */
function expectWhole(body: RequestDocument['body'] | undefined): void {
  const lines = body?.kind === 'text' ? body.text.split('\n') : []
  expect(lines).toHaveLength(20_001)
  expect(new Set(lines.slice(0, -1)).size).toBe(1)
}

async function filesIn(root: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(root)).filter((name) => name.endsWith('.yml') && name !== 'opencollection.yml')
  const texts = await Promise.all(names.map((name) => readFile(join(root, name), 'utf8')))
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']))
}

describe('a process killed while it saves', () => {
  test('leaves the request whole, whenever it was killed', async () => {
    const dataDir = await emptyDataDir()
    const root = join(await tempDir(), 'shop')
    await put(root, { 'opencollection.yml': 'info:\n  name: Shop\n', 'a.yml': requestText('Same') })
    for (let round = 0; round < 4; round += 1) {
      const process = writer('save', dataDir, root)
      for (let step = 0; step <= round; step += 1) await process.next()
      await killed(process)

      const { document } = readRequest(await readFile(join(root, 'a.yml'), 'utf8'), 'a.yml', 'a')

      expectWhole(document.body)
    }
  })

  test('leaves the journal whole', async () => {
    const dataDir = await emptyDataDir()
    const process = writer('journal', dataDir, '')
    for (let step = 0; step < 5; step += 1) await process.next()
    await killed(process)
    const lines: string[] = []

    const { drafts } = await createDrafts(dataDir, (line) => lines.push(line)).load()

    expect(lines).toEqual([])
    expect(drafts).toHaveLength(1)
    expectWhole(drafts[0]?.document.body)
  })

  test('leaves a lock that the next one takes', async () => {
    const dataDir = await emptyDataDir()
    const process = writer('holdLock', dataDir, '/shop')
    expect(await process.next()).toBe('holding')
    const waiting = createLocks(dataDir).hold('/shop', async () => 'mine')

    await killed(process)

    expect(await waiting).toBe('mine')
  })
})

describe('several processes that write at once', () => {
  test('lose nothing: each request gets a file and a place of its own', async () => {
    const dataDir = await emptyDataDir()
    const root = join(await tempDir(), 'shop')
    await put(root, { 'opencollection.yml': 'info:\n  name: Shop\n' })

    const writers = [1, 2, 3].map(() => writer('create', dataDir, root, '8'))
    expect(await Promise.all(writers.map(({ next }) => next()))).toEqual(['done', 'done', 'done'])

    const files = Object.entries(await filesIn(root))
    const seqs = files.map(([name, text]) => readRequest(text, name, name).seq)
    expect(files).toHaveLength(24)
    expect(new Set(seqs).size).toBe(24)
  })

  test('of one file leave the one or the other, whole', async () => {
    const dataDir = await emptyDataDir()
    const root = join(await tempDir(), 'shop')
    await put(root, { 'opencollection.yml': 'info:\n  name: Shop\n', 'a.yml': requestText('Same') })
    const writers = [1, 2].map(() => writer('save', dataDir, root, '5'))
    await Promise.all(writers.map(({ child }) => once(child, 'exit')))

    const { document } = readRequest(await readFile(join(root, 'a.yml'), 'utf8'), 'a.yml', 'a')

    expectWhole(document.body)
    expect((await readdir(root)).sort()).toEqual(['a.yml', 'opencollection.yml'])
  })
})

describe('a change by another program', () => {
  async function watched(files: Readonly<Record<string, string>>): Promise<{ kit: Kit; root: string }> {
    const kit = await workspaceKit({ watch: true })
    const { path } = await openedCollection(kit, files)
    await watching(kit, path)
    return { kit, root: await realpath(path) }
  }

  /** Watching has begun once a first change was noticed. */
  async function watching(kit: Kit, root: string): Promise<void> {
    await vi.waitFor(async () => {
      await writeFile(join(root, 'probe.yml'), requestText('Probe', 1 + (Date.now() % 1000)))
      expect(kit.told.length).toBeGreaterThan(2)
    }, WAIT)
    await rm(join(root, 'probe.yml'))
    await vi.waitFor(() => expect(names(kit)).not.toContain('Probe'), WAIT)
    kit.told.length = 0
  }

  const WAIT = { timeout: 20_000, interval: 150 }
  const names = (kit: Kit): string[] => kit.told.at(-1)?.collections.flatMap(({ nodes }) => nodes.map(({ name }) => name)) ?? []

  test('is told of, and makes a save conflict', async () => {
    const { kit, root } = await watched({ 'a.yml': requestText('A') })
    const opened = await kit.workspace.requests.open(await idOf(kit, 'A'))

    await writeFile(join(root, 'a.yml'), requestText('Changed'))

    await vi.waitFor(() => expect(names(kit)).toEqual(['Changed']), WAIT)
    await expect(kit.workspace.requests.save(await idOf(kit, 'Changed'), document('Mine'), opened.revision)).rejects.toMatchObject({
      kind: 'Conflict',
    })
  })

  test('that the tree does not show is told of, too: an open tab may show it', async () => {
    const { kit, root } = await watched({ 'a.yml': requestText('A') })

    await writeFile(join(root, 'a.yml'), `${requestText('A')}docs: new\n`)

    await vi.waitFor(() => expect(kit.told).not.toEqual([]), WAIT)
  })

  test('that breaks a file shows it as broken, and a mended one as a request again', async () => {
    const { kit, root } = await watched({ 'a.yml': requestText('A') })
    const kinds = (): string[] => kit.told.at(-1)?.collections[0]?.nodes.map(({ kind }) => kind) ?? []

    await writeFile(join(root, 'a.yml'), 'info: {')
    await vi.waitFor(() => expect(kinds()).toEqual(['broken']), WAIT)
    await writeFile(join(root, 'a.yml'), requestText('A'))
    await vi.waitFor(() => expect(kinds()).toEqual(['request']), WAIT)
  })

  test('of many files, as when git changes the branch, ends in the right tree', async () => {
    const { kit, root } = await watched({ 'f/a.yml': requestText('A'), 'b.yml': requestText('B') })

    await rename(join(root, 'f'), join(root, 'g'))
    await put(root, Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`h/${index}.yml`, requestText(`R${index}`, index + 1)])))

    await vi.waitFor(() => expect(names(kit)).toHaveLength(64), WAIT)
    expect((await outline(kit)).slice(0, 4)).toEqual(['g', '  A', 'h', '  R0'])
  })

  test('is not imagined where the change was our own', async () => {
    const { kit, root } = await watched({ 'a.yml': requestText('A') })
    const id = await idOf(kit, 'A')
    const opened = await kit.workspace.requests.open(id)

    await kit.workspace.requests.save(id, document('Saved'), opened.revision)
    await vi.waitFor(() => expect(names(kit)).toEqual(['Saved']), WAIT)
    // There whole at once: one that is seen while it is written is told of twice.
    await writeFile(join(root, '..', 'z.yml'), requestText('Marker'))
    await rename(join(root, '..', 'z.yml'), join(root, 'z.yml'))
    await vi.waitFor(() => expect(names(kit)).toContain('Marker'), WAIT)

    expect(kit.told).toHaveLength(2)
  })

  test('of the collection file is told of', async () => {
    const { kit, root } = await watched({})

    await writeFile(join(root, 'opencollection.yml'), 'info:\n  name: Renamed\n')

    await vi.waitFor(() => expect(kit.told.at(-1)?.collections).toMatchObject([{ name: 'Renamed' }]), WAIT)
  })
})

describe('a large collection', () => {
  test('opens on a quick look, and what is broken further down shows a moment later', async () => {
    const kit = await workspaceKit()
    const files = Object.fromEntries(
      Array.from({ length: 1500 }, (_, index) => [`f${index % 30}/r${index}.yml`, requestText(`R${index}`, index + 1)]),
    )

    const collection = await openedCollection(kit, { ...files, 'f29/r1499.yml': `${requestText('R1499', 1500)}docs: "open\n` })

    expect(collection.nodes).toHaveLength(1530)
    await vi.waitFor(
      () => expect(kit.told.at(-1)?.collections[0]?.nodes.filter(({ kind }) => kind === 'broken')).toMatchObject([{ name: 'R1499' }]),
      {
        timeout: 30_000,
      },
    )
  })

  test('is closed at once while it is still being read', async () => {
    const kit = await workspaceKit()
    const files = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`r${index}.yml`, requestText(`R${index}`)]))
    await openedCollection(kit, files)

    await kit.workspace.close()
    const toldUntilThen = kit.told.length
    await kit.workspace.requests.open(await idOf(await workspaceKit({ dataDir: kit.dataDir }), 'R1'))

    expect(kit.told).toHaveLength(toldUntilThen)
    expect(kit.reported).toEqual([])
  })
})

describe('a saved request', () => {
  test('is there after a restart, as it was', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {})
    const mine = document('Mine', {
      method: 'POST',
      body: { kind: 'json', text: '{\n  "a": 1\n}', asTyped: false },
      cookies: [{ name: 'c', value: '1', enabled: true }],
    })
    const { nodeId, revision } = await kit.workspace.requests.create(top(collection), mine)
    await kit.workspace.close()

    const again = await workspaceKit({ dataDir: kit.dataDir })

    expect(await again.workspace.requests.open(nodeId)).toEqual({ kind: 'request', document: mine, revision })
  })
})

describe('a core that lives long', () => {
  test('removes uploads that nothing names at its start', async () => {
    const dataDir = await emptyDataDir()
    const used = await oldUpload(dataDir)
    const unused = await oldUpload(dataDir)
    await mkdir(join(dataDir, 'drafts'))
    await writeFile(join(dataDir, 'drafts', 'other-version.json'), JSON.stringify({ version: 99, path: used }))
    const core = await createCore({
      dataDir,
      watch: true,
      log: () => undefined,
      now: () => Date.now() + 31 * 24 * 3600 * 1000,
      env: {},
      capabilities: { realPaths: false, dialogs: false, reveal: false, nativeMenu: false },
    })
    onTestFinished(() => core.close())

    await vi.waitFor(() => expect(existsSync(unused)).toBe(false), 10_000)

    expect(existsSync(used)).toBe(true)
  })
})

async function oldUpload(dataDir: string): Promise<string> {
  return (await receiveUpload(dataDir, 'file.bin', Readable.from([Buffer.from('x')]))).path
}
