// What can go wrong under Posthaste: the disk is full or cannot be written, folders go away, files are torn or damaged,
// git changes everything at once, others write at the same time. Each is told of plainly, and nothing is lost.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { Draft } from '#contract/model/draft.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import { BodyIdSchema, DraftIdSchema, NodeIdSchema, type NodeId } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { withChange } from '#contract/model/collection-change.ts'
import type { Collection } from '#contract/model/workspace.ts'
import { runCli, startTarget } from '../support/cli.ts'
import { httpServer } from '../support/http-server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { emptyDataDir, put, requestText } from '../unit/core/storage/workspace-kit.ts'
import { readOnlyDisk, remoteCore, smallDisk, type RemoteCore } from './faults/remote-core.ts'

const WAIT = { timeout: 20_000, interval: 100 }
const LONG = 'x'.repeat(3 * 1024 * 1024)

function request(name: string, body = ''): RequestDocument {
  return { ...emptyRequest(name), method: 'POST', url: 'http://x.test/', body: { kind: 'text', text: body } }
}

function draftOf(document: RequestDocument, rest: Partial<Draft> = {}): Draft {
  const id = DraftIdSchema.parse('draft-1')
  return { id, nodeId: null, revision: null, document, dirty: true, shelvedBodies: [], shelvedAuths: [], ...rest }
}

async function shop(files: Readonly<Record<string, string>> = {}): Promise<{ dataDir: string; root: string }> {
  const [dataDir, root] = [await emptyDataDir(), join(await tempDir(), 'shop')]
  await put(root, { 'opencollection.yml': 'info:\n  name: Shop\n', ...files })
  return { dataDir, root }
}

const idIn = (collection: Collection, path: string): NodeId => NodeIdSchema.parse(`${collection.id}/${path}`)

/** The collections as the core told of them, change by change. */
function toldLast(core: RemoteCore): Collection[] {
  const known = new Map<string, Collection>()
  let order: readonly string[] = []
  for (const event of core.events) {
    if (event.name !== 'workspace.changed') continue
    for (const change of event.payload.changed) known.set(change.id, withChange(known.get(change.id), change))
    order = event.payload.order
  }
  return order.flatMap((id) => known.get(id) ?? [])
}

function told(core: RemoteCore): string[] {
  return core.events.flatMap((event) => (event.name === 'bug.reported' ? [event.payload.error.message] : []))
}

/** Sends to a URL, and waits until that is over. */
async function sent(core: RemoteCore, url: string): Promise<Exchange> {
  const document = { ...request('E'), url }
  const { exchangeId } = await core.value('exchange.send', { document, nodeId: null, seed: 'seed-of-a-test', draftId: null })
  return vi.waitFor(() => {
    for (const event of core.events) {
      if (event.name !== 'exchange.progressed' || event.payload.exchangeId !== exchangeId) continue
      if (event.payload.step.kind === 'done') return event.payload.step.exchange
    }
    throw new Error('It goes on.')
  }, WAIT)
}

describe('a disk that is full', () => {
  const FULL = /could not be written: (?:the disk is full|no file may become that large here)\.$/

  test('under a collection refuses a save, and the file and the draft stay whole', async () => {
    const { dataDir, root } = await shop()
    const core = remoteCore(dataDir, { disk: smallDisk(root) })
    // The small disk is empty.
    const collection = await core.value('collection.create', { name: 'Shop', path: join(root, 'inner') })
    const { nodeId, revision } = await core.value('request.create', {
      parent: { collectionId: collection.id, folderId: null },
      document: request('A', 'small'),
    })

    const error = await core.error('request.save', { id: nodeId, document: request('A', LONG), revision })

    expect(error).toMatchObject({
      kind: 'StorageError',
      message: expect.stringMatching(FULL),
      hint: expect.stringMatching(/free some space/i),
    })
    expect(error.message).toContain(join(root, 'inner', 'A.yml'))
    const opened = await core.value('request.open', { id: nodeId })
    expect(opened).toMatchObject({ kind: 'request', revision, document: { body: { text: 'small' } } })
    expect((await core.value('workspace.read', {})).collections[0]?.nodes).toHaveLength(1)
    await core.value('request.save', { id: nodeId, document: request('A', 'fits'), revision })
    await core.close()
  })

  test('under the data folder refuses a draft, keeps the one before, and lets requests elsewhere be saved', async () => {
    const { root } = await shop({ 'a.yml': requestText('A') })
    const dataDir = await emptyDataDir()
    const core = remoteCore(dataDir, { disk: smallDisk(dataDir) })
    const collection = await core.value('collection.open', { path: root })
    await core.value('drafts.save', { draft: draftOf(request('D', 'small')) })

    const error = await core.error('drafts.save', { draft: draftOf(request('D', LONG)) })

    expect(error).toMatchObject({ kind: 'StorageError', message: expect.stringMatching(FULL) })
    const { drafts } = await core.value('drafts.load', {})
    expect(drafts).toMatchObject([{ document: { body: { text: 'small' } } }])
    await core.value('request.save', { id: idIn(collection, 'a.yml'), document: request('A', 'saved'), revision: null })
    expect(await readFile(join(root, 'a.yml'), 'utf8')).toContain('saved')
    await core.close()
  })

  test('does not take an answer from a window: it is shown whole until that ends, and says that it is not kept', async () => {
    const server = await httpServer((_request, response) => response.end(LONG))
    const dataDir = await emptyDataDir()
    const disk = smallDisk(dataDir)
    const core = remoteCore(dataDir, { disk, watch: true })

    const { response, warnings, error } = await sent(core, server.url)

    // Where nothing can be mounted no other file may become as large, either.
    if (disk.how !== 'a disk of 1 MiB') expect(error).toMatchObject({ kind: 'StorageError' })
    else {
      expect([error, response?.bodyBytes, warnings]).toEqual([null, LONG.length, [expect.stringContaining('stays only where it is saved')]])
      const id = BodyIdSchema.parse(response?.bodyId)
      expect(await core.value('body.bytes', { id, offset: LONG.length - 3, length: 9 })).toEqual({
        base64: btoa('xxx'),
        total: LONG.length,
      })
    }
    await core.close()
    expect((await readdir(tmpdir())).filter((name) => name.startsWith(`posthaste-bodies-${core.pid}-`))).toEqual([])
  })

  test('by an answer without end: it says so, gives the room back, and what is typed after that is kept', async () => {
    const server = await httpServer((_request, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write(LONG));
      }
      response.on('drain', write)
      write()
    })
    const dataDir = await emptyDataDir()
    const core = remoteCore(dataDir, { disk: smallDisk(dataDir) })

    const ended = await sent(core, server.url)

    expect(ended.error).toMatchObject({
      kind: 'StorageError',
      message: expect.stringMatching(/: (?:the disk is full|no file may become that large here)\.$/),
      hint: expect.any(String),
    })
    expect(ended.response?.status).toBe(200)
    await core.value('drafts.save', { draft: draftOf(request('D', 'typed after that')) })
    expect((await core.value('drafts.load', {})).drafts).toMatchObject([{ document: { body: { text: 'typed after that' } } }])
    await core.close()
  })
})

describe('a download to a file', () => {
  const MIB = 1024 * 1024

  test('comes to its end where the disk of the data folder is full, and its own has room', async () => {
    const body = Buffer.from(Uint8Array.from({ length: 5 * MIB + 7 }, (_, index) => (index * 31) % 251))
    const server = await startTarget((_request, response) => response.end(body))
    const [dataDir, dir] = [await emptyDataDir(), await tempDir()]
    const to = join(dir, 'answer.bin')
    await put(dir, { 'r.yml': `info: { name: R, type: http }\nhttp: { method: GET, url: "${server.url}" }\n` })
    const disk = smallDisk(dataDir)

    const sent = await runCli(['send', join(dir, 'r.yml'), '--output', to, '--data-dir', dataDir], { within: disk })

    if (disk.how === 'a disk of 1 MiB') {
      expect([sent.code, sent.stderr]).toEqual([
        0,
        expect.stringContaining('it stays only where it is saved to a file, and the history does not have it'),
      ])
      expect((await readFile(to)).equals(body)).toBe(true)
    } else {
      // Where nothing can be mounted the file itself may not become as large, either.
      expect([sent.code, sent.stderr]).toEqual([3, expect.stringContaining(`${dir}: no file may become that large here.`)])
    }
    expect((await readdir(dir)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test.skipIf(process.platform === 'win32')('that may not become as large says so, and leaves nothing half there', async () => {
    const server = await startTarget((_request, response) => response.end(Buffer.alloc(5 * MIB)))
    const [dataDir, dir] = [await emptyDataDir(), await tempDir()]
    await put(dir, { 'r.yml': `info: { name: R, type: http }\nhttp: { method: GET, url: "${server.url}" }\n` })
    const within = { command: 'sh', args: ['-c', 'ulimit -f 2048; exec "$@"', 'sh'] }

    const sent = await runCli(['send', join(dir, 'r.yml'), '--output', join(dir, 'answer.bin'), '--data-dir', dataDir], { within })

    expect([sent.code, sent.stderr]).toEqual([3, expect.stringContaining('StorageError: Bodies cannot be kept in the folder')])
    expect(sent.stderr).toContain('no file may become that large here.')
    expect(await readdir(dir)).toEqual(['r.yml'])
  })
})

test('a collection that cannot be written says so at each change, and stays as it is', async () => {
  const { dataDir, root } = await shop({ 'a.yml': requestText('A', 1), 'b.yml': requestText('B', 2) })
  const core = remoteCore(dataDir, { disk: readOnlyDisk(root) })
  const collection = await core.value('collection.open', { path: root })
  const id = idIn(collection, 'a.yml')
  const parent = { collectionId: collection.id, folderId: null }
  await core.value('drafts.save', { draft: draftOf(request('A', 'mine'), { nodeId: id }) })
  const other = await core.value('collection.create', { name: 'Other' })
  const writable = await core.value('request.create', { parent: { collectionId: other.id, folderId: null }, document: request('W') })

  const errors = [
    await core.error('request.save', { id, document: request('A', 'mine'), revision: null }),
    await core.error('request.create', { parent, document: request('C') }),
    await core.error('node.rename', { id, name: 'Other' }),
    // Of things deleted together all go, or none.
    await core.error('node.trash', { ids: [writable.nodeId, id] }),
    await core.error('folder.create', { parent, name: 'F' }),
  ]

  for (const { kind, message, hint } of errors) {
    expect([kind, message]).toEqual([
      'StorageError',
      expect.stringMatching(/: (?:the disk is read-only|this user may not do that there)\.$/),
    ])
    expect(message).toContain(root)
    expect(hint).toBeTruthy()
  }
  expect(await readFile(join(root, 'a.yml'), 'utf8')).toBe(requestText('A', 1))
  const { collections } = await core.value('workspace.read', {})
  expect(collections.map(({ nodes }) => nodes.map(({ name }) => name))).toEqual([['A', 'B'], ['W']])
  expect((await core.value('drafts.load', {})).drafts).toMatchObject([{ document: { body: { text: 'mine' } } }])
  expect((await core.value('trash.list', {})).deletions).toEqual([])
  await core.close()
})

describe('a folder that is removed', () => {
  test('while its collection is open says so; its draft stays, and it goes on when the folder is back', async () => {
    const { dataDir, root } = await shop({ 'a.yml': requestText('A') })
    const core = remoteCore(dataDir, { watch: true })
    const collection = await core.value('collection.open', { path: root })
    const id = idIn(collection, 'a.yml')
    const { revision } = await core.value('request.open', { id })
    await core.value('drafts.save', { draft: draftOf(request('A', 'mine'), { nodeId: id, revision }) })

    await rename(root, `${root}-away`)

    await vi.waitFor(
      () => expect(toldLast(core)[0]?.error?.message).toBe(`${join(root, 'opencollection.yml')} is not there any more.`),
      WAIT,
    )
    expect(toldLast(core)[0]?.error?.hint).toContain('open it again where it is now')
    expect(await core.error('request.save', { id, document: request('A', 'mine'), revision })).toMatchObject({ kind: 'NotFound' })
    expect(existsSync(root)).toBe(false)
    expect((await core.value('drafts.load', {})).drafts).toMatchObject([{ document: { body: { text: 'mine' } } }])

    await rename(`${root}-away`, root)

    await vi.waitFor(() => expect(toldLast(core)[0]).toMatchObject({ nodes: [{ name: 'A' }] }), WAIT)
    expect(toldLast(core)[0]?.error).toBeUndefined()
    await core.value('request.save', { id, document: request('A', 'mine'), revision })
    await core.close()
  })

  test('and is the data folder is made again for its owner only, and every later draft and save is kept', async () => {
    const { dataDir, root } = await shop({ 'a.yml': requestText('A') })
    const core = remoteCore(dataDir, { watch: true })
    const collection = await core.value('collection.open', { path: root })
    await core.value('drafts.save', { draft: draftOf(request('D', 'one')) })

    await rm(dataDir, { recursive: true })

    await core.value('drafts.save', { draft: draftOf(request('D', 'two')) })
    await core.value('request.save', { id: idIn(collection, 'a.yml'), document: request('A', 'saved'), revision: null })
    await core.value('settings.read', {})
    expect((await core.value('drafts.load', {})).drafts).toMatchObject([{ document: { body: { text: 'two' } } }])
    expect(await readFile(join(root, 'a.yml'), 'utf8')).toContain('saved')
    if (process.platform !== 'win32') expect(execFileSync('stat', ['-c', '%a', dataDir]).toString().trim()).toBe('700')
    await core.close()
  })
})

test('a file torn in the middle is shown with its error, opens as text, and is not overwritten unasked', async () => {
  const whole = `${requestText('A')}  headers:\n    - name: "X-Long`
  const { dataDir, root } = await shop({ 'a.yml': requestText('A') })
  const core = remoteCore(dataDir, { watch: true })
  const collection = await core.value('collection.open', { path: root })
  const id = idIn(collection, 'a.yml')
  const { revision } = await core.value('request.open', { id })

  await writeFile(join(root, 'a.yml'), whole)

  await vi.waitFor(
    () => expect(toldLast(core)[0]?.nodes).toMatchObject([{ kind: 'broken', error: expect.stringContaining('a.yml cannot be read') }]),
    WAIT,
  )
  expect(await core.value('request.open', { id })).toMatchObject({ kind: 'broken', text: whole, error: { kind: 'Unreadable' } })
  expect(await core.error('request.save', { id, document: request('A', 'mine'), revision })).toMatchObject({
    kind: 'Conflict',
    details: { theirs: whole, mine: expect.stringContaining('mine') },
  })
  expect(await readFile(join(root, 'a.yml'), 'utf8')).toBe(whole)
  await core.value('request.saveText', { id, text: requestText('A'), revision: null })
  const { versions } = await core.value('backups.list', { id })
  expect(await core.value('backups.read', { id, version: versions[0]?.id ?? '' })).toEqual({ text: whole })
  await core.close()
})

describe('damaged files of the data folder', () => {
  test.each([
    ['nothing', ''],
    ['zeros, as after a power cut', '\0'.repeat(300)],
    ['half of it', '{"version":1,"draft":{"id":"dra'],
    ['another shape', '{"version":1,"draft":{"id":5}}'],
  ])('a draft that holds %s is set aside and told of, and the others are there', async (_what, content) => {
    const { dataDir } = await shop()
    const first = remoteCore(dataDir)
    await first.value('drafts.save', { draft: draftOf(request('D', 'good')) })
    await first.close()
    await writeFile(join(dataDir, 'drafts', 'draft-2.json'), content)
    const core = remoteCore(dataDir)

    const { drafts } = await core.value('drafts.load', {})

    expect(drafts).toMatchObject([{ document: { body: { text: 'good' } } }])
    expect(told(core)).toEqual([expect.stringContaining(`${join(dataDir, 'drafts', 'draft-2.json')} is damaged and was set aside as `)])
    const aside = (await readdir(join(dataDir, 'drafts'))).find((name) => name.endsWith('.broken')) ?? ''
    expect(await readFile(join(dataDir, 'drafts', aside), 'utf8')).toBe(content)
    await core.close()
  })

  test('settings, the layout and the list of collections: each is kept, told of, and its defaults hold', async () => {
    const { dataDir, root } = await shop({ 'a.yml': requestText('A') })
    for (const name of ['settings.json', 'window.json', 'workspace.json']) await writeFile(join(dataDir, name), '{"version": 1, "coll')
    const core = remoteCore(dataDir)

    await core.value('settings.read', {})
    const { window } = await core.value('drafts.load', {})
    const { collections } = await core.value('workspace.read', {})
    await core.value('collection.open', { path: root })

    expect([window, collections]).toEqual([null, []])
    const aside = async (name: string): Promise<string[]> =>
      (await readdir(dataDir)).filter((file) => file.startsWith(`${name}.`) && file.endsWith('.broken'))
    for (const name of ['settings.json', 'window.json', 'workspace.json']) {
      expect(told(core).filter((message) => message.includes(join(dataDir, name)))).toHaveLength(1)
      // Settings are written by hand too: what is wrong with them can be mended where it stands.
      expect(await aside(name)).toHaveLength(name === 'settings.json' ? 0 : 1)
    }
    await core.value('settings.startAnew', {})
    expect(await aside('settings.json')).toHaveLength(1)
    expect((await core.value('workspace.read', {})).collections).toMatchObject([{ name: 'Shop' }])
    await core.close()
  })
})

describe('git underneath an open collection', () => {
  async function repository(): Promise<{ dataDir: string; root: string; git: (...args: string[]) => string }> {
    const { dataDir, root } = await shop({ 'a.yml': requestText('A'), 'b.yml': requestText('B') })
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
    const who = ['-c', 'user.name=A', '-c', 'user.email=a@b.test', '-c', 'init.defaultBranch=main']
    const git = (...args: string[]): string => execFileSync('git', [...who, ...args], { cwd: root, env, stdio: 'pipe' }).toString()
    git('init')
    git('add', '-A')
    git('commit', '-m', 'one')
    return { dataDir, root, git }
  }

  test('a branch is switched under an unsaved edit: the save asks with both texts, and the draft stays', async () => {
    const { dataDir, root, git } = await repository()
    git('switch', '-c', 'theirs')
    await writeFile(join(root, 'a.yml'), requestText('A').replace('http://x/', 'http://theirs/'))
    git('rm', 'b.yml')
    git('commit', '-am', 'two')
    git('switch', 'main')
    const core = remoteCore(dataDir, { watch: true })
    const collection = await core.value('collection.open', { path: root })
    const [a, b] = [idIn(collection, 'a.yml'), idIn(collection, 'b.yml')]
    const { revision } = await core.value('request.open', { id: a })
    const gone = await core.value('request.open', { id: b })
    await core.value('drafts.save', { draft: draftOf(request('A', 'mine'), { nodeId: a, revision }) })

    git('switch', 'theirs')

    await vi.waitFor(() => expect(toldLast(core)[0]?.nodes.map(({ name }) => name)).toEqual(['A']), WAIT)
    expect(await core.error('request.save', { id: a, document: request('A', 'mine'), revision })).toMatchObject({
      kind: 'Conflict',
      message: 'a.yml was changed by another program since it was opened.',
      details: { theirs: expect.stringContaining('http://theirs/'), mine: expect.stringContaining('mine') },
    })
    expect(await core.error('request.save', { id: b, document: request('B', 'mine'), revision: gone.revision })).toMatchObject({
      kind: 'NotFound',
    })
    expect((await core.value('drafts.load', {})).drafts).toMatchObject([{ document: { body: { text: 'mine' } } }])
    expect(git('status', '--porcelain')).toBe('')

    git('switch', 'main')

    await vi.waitFor(() => expect(toldLast(core)[0]?.nodes.map(({ name }) => name)).toEqual(['A', 'B']), WAIT)
    await core.value('request.save', { id: a, document: request('A', 'mine'), revision })
    expect(git('status', '--porcelain')).toBe(' M a.yml\n')
    await core.close()
  })

  test('a merge that is not settled is named as what it is, opens as text, and is mended there', async () => {
    const { dataDir, root, git } = await repository()
    const change = async (url: string): Promise<void> => {
      await writeFile(join(root, 'a.yml'), requestText('A').replace('http://x/', url))
      git('commit', '-am', url)
    }
    git('switch', '-c', 'theirs')
    await change('http://theirs/')
    git('switch', 'main')
    await change('http://ours/')
    const core = remoteCore(dataDir, { watch: true })
    const collection = await core.value('collection.open', { path: root })
    const id = idIn(collection, 'a.yml')

    expect(() => git('merge', 'theirs')).toThrow()

    const why = /^a\.yml cannot be read: it has both sides of a git merge that is not settled \(line \d+, column 1\)\.$/
    await vi.waitFor(() => expect(toldLast(core)[0]?.nodes[0]).toMatchObject({ kind: 'broken', error: expect.stringMatching(why) }), WAIT)
    const opened = await core.value('request.open', { id })
    if (opened.kind !== 'broken') throw new Error('It is no request.')
    expect(opened.text).toContain('<<<<<<< HEAD')
    expect(opened.text).toContain('http://theirs/')
    const settled = opened.text.replace(/<{7}.*\n|={7}\n[^]*?>{7}.*\n/g, '')
    await core.value('request.saveText', { id, text: settled, revision: opened.revision })
    expect(await core.value('request.open', { id })).toMatchObject({ kind: 'request', document: { url: 'http://ours/' } })
    await core.close()
  })
})

test('two windows and the command line on one collection: nothing answered is lost, none starves, each sees the others', async () => {
  const target = await startTarget((_request, response) => response.end('ok'))
  const shared = (name: string, body: string): RequestDocument => ({ ...request(name, body), url: target.url })
  const { dataDir, root } = await shop()
  const windows = [remoteCore(dataDir, { watch: true }), remoteCore(dataDir, { watch: true })]
  const [collection] = await Promise.all(windows.map((core) => core.value('collection.open', { path: root })))
  if (!collection) throw new Error('Nothing was opened.')
  const parent = { collectionId: collection.id, folderId: null }
  const both = await windows[0]?.value('request.create', { parent, document: shared('Both', 'start') })
  if (!both) throw new Error('Nothing was made.')
  const ROUNDS = 15

  const work = windows.map(async (core, window) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { nodeId } = await core.value('request.create', { parent, document: shared('Same', `${window} ${round}`) })
      await core.value('request.save', { id: both.nodeId, document: shared('Both', `window ${window} round ${round}`), revision: null })
      if (round % 5 === 4) await core.value('node.rename', { id: nodeId, name: `Renamed by ${window} in ${round}` })
    }
  })
  const sends = Array.from({ length: 3 }, () => runCli(['send', join(root, 'Both.yml'), '--data-dir', dataDir]))
  const [sent] = await Promise.all([Promise.all(sends), ...work])

  expect(sent.map(({ code, stdout, stderr }) => [code, stdout.toString(), stderr.includes('StorageError')])).toEqual(
    sent.map(() => [0, 'ok', false]),
  )
  const names = (await readdir(root)).filter((name) => name.endsWith('.yml') && name !== 'opencollection.yml')
  const texts = await Promise.all(names.map((name) => readFile(join(root, name), 'utf8')))
  for (const window of [0, 1]) {
    for (let round = 0; round < ROUNDS; round += 1) {
      const holding = texts.filter((text) => new RegExp(`^\\s*data: ["']?${window} ${round}["']?$`, 'm').test(text))
      expect([window, round, holding.length]).toEqual([window, round, 1])
    }
  }
  expect(texts.filter((text) => /round 14/.test(text))).toHaveLength(1)
  for (const core of windows) {
    await vi.waitFor(
      () => expect(toldLast(core)[0]?.nodes.filter(({ name }) => /^(?:Same|Renamed)/.test(name))).toHaveLength(2 * ROUNDS),
      WAIT,
    )
    expect(told(core)).toEqual([])
    await core.close()
  }
})
