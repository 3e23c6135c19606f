/** Runs as a window starts, steers and looks at them, over real sockets and files. */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Output } from '#contract/commands.ts'
import type { EventPayload } from '#contract/events.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { RunId } from '#contract/model/run.ts'
import { isRunOver } from '#contract/model/run-facts.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'
import { tempDir } from '../support/temp-dir.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const requestFile = (name: string, url: string, seq: number): string =>
  `info: { name: ${name}, type: http, seq: ${seq} }\nhttp: { method: GET, url: "${url}" }\n`

interface Opened {
  readonly kit: CoreKit
  readonly root: string
  readonly collectionId: CollectionId
  readonly progress: EventPayload<'run.progressed'>[]
  readonly nodes: (...names: string[]) => NodeId[]
  readonly call: <T>(name: string, input: unknown) => Promise<T>
  /** Starts a run and waits for its end. */
  readonly run: (options: object) => Promise<RunId>
  readonly over: (id: RunId) => Promise<void>
}

async function opened(files: Readonly<Record<string, string>>, capabilities?: Parameters<typeof coreKit>[2]): Promise<Opened> {
  const kit = await coreKit({}, undefined, capabilities)
  const root = join(await tempDir(), 'shop')
  for (const [path, text] of Object.entries({ 'opencollection.yml': 'opencollection: 1.0.0\ninfo: { name: Shop }\n', ...files })) {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), text)
  }
  const { id: collectionId, nodes } = (await kit.call('collection.open', { path: root })) as Output<'collection.open'>
  const progress: EventPayload<'run.progressed'>[] = []
  kit.core.on((event) => {
    if (event.name === 'run.progressed') progress.push(event.payload)
  })
  const call = <T>(name: string, input: unknown): Promise<T> => kit.call(name, input) as Promise<T>
  const over = (id: RunId): Promise<void> =>
    expect.poll(() => progress.some(({ runId, state }) => runId === id && isRunOver(state)), { timeout: 20_000, interval: 5 }).toBe(true)
  return {
    kit,
    root,
    collectionId,
    progress,
    call,
    over,
    nodes: (...names) => names.map((name) => nodes.find((node) => node.name === name)?.id ?? ('none' as NodeId)),
    run: async (options) => {
      const { runId } = await call<Output<'run.start'>>('run.start', options)
      await over(runId)
      return runId
    },
  }
}

const shop = (url: string): Record<string, string> => ({
  'b.yml': requestFile('Bad', `${url}/bad?u={{user}}`, 2),
  'users/folder.yml': 'info: { name: Users, type: folder, seq: 1 }\n',
  'users/get.yml': requestFile('Get', `${url}/get`, 1),
  'users/broken.yml': 'info: [',
  'rows.csv': 'user\nada\nbob\n',
})

const answer: RequestListener = (request, response) => {
  response.statusCode = request.url?.startsWith('/bad') ? 500 : 200
  response.end(`answer of ${request.url}`)
}

describe('before a run', () => {
  test('run.items has what is in a place, or what is named, in order, broken files among them', async () => {
    const { call, collectionId, nodes } = await opened(shop(await serve(answer)))

    const place = await call<Output<'run.items'>>('run.items', { source: { kind: 'place', parent: { collectionId, folderId: null } } })
    const named = await call<Output<'run.items'>>('run.items', { source: { kind: 'nodes', nodeIds: nodes('Bad', 'Users') } })

    expect(place.items.map(({ kind, name, depth, method }) => [kind, name, depth, method])).toEqual([
      ['folder', 'Users', 0, undefined],
      ['request', 'Get', 1, 'GET'],
      ['broken', 'broken', 1, undefined],
      ['request', 'Bad', 0, 'GET'],
    ])
    expect(named.items.map(({ name }) => name)).toEqual(['Bad', 'Users', 'Get', 'broken'])
    expect(place.items.map(({ nodeId }) => nodeId).toSorted()).toEqual(named.items.map(({ nodeId }) => nodeId).toSorted())
    const [folderId] = nodes('Users')
    const inside = await call<Output<'run.items'>>('run.items', { source: { kind: 'place', parent: { collectionId, folderId } } })
    expect(inside.items.map(({ name, depth }) => [name, depth])).toEqual([
      ['Get', 0],
      ['broken', 0],
    ])
  })

  test('run.data shows the rows of a file of the collection', async () => {
    const { call, collectionId, root } = await opened(shop('http://x.test'))

    expect(await call('run.data', { path: 'rows.csv', collectionId })).toEqual({
      path: join(root, 'rows.csv'),
      format: 'csv',
      columns: ['user'],
      rowCount: 2,
      rows: [{ user: 'ada' }, { user: 'bob' }],
      warnings: [],
    })
    await expect(call('run.data', { path: 'none.csv', collectionId })).rejects.toThrow('FileNotFound')
  })

  test('a page in a browser has data read that it handed over or that lies in the collection, and no other', async () => {
    const page = await opened(shop('http://x.test'), { realPaths: false, dialogs: false })
    const { call, collectionId, kit, nodes, root } = page
    const outside = join(root, '..', 'outside.csv')
    await writeFile(outside, 'user\neve\n')
    await symlink(outside, join(root, 'link.csv'))
    const upload = await kit.core.receiveUpload('mine.csv', Readable.from([Buffer.from('user\nmay\n')]))
    if (!upload.ok) throw new Error(upload.error.message)
    const columns = async (path: string) => (await call<Output<'run.data'>>('run.data', { path, collectionId })).columns

    expect(await columns(upload.value.path)).toEqual(['user'])
    expect(await columns('rows.csv')).toEqual(['user'])
    await expect(columns('none.csv')).rejects.toThrow('FileNotFound')
    for (const path of [outside, '../outside.csv', 'link.csv', '/none.csv', root]) {
      await expect(columns(path)).rejects.toThrow('was not handed over by this window')
      await expect(call('run.start', { nodeIds: nodes('Get'), data: { path } })).rejects.toThrow('was not handed over by this window')
    }
    expect(await call('run.list', {})).toEqual({ runs: [] })
  })

  test('an environment that is not there is told of, and nothing is kept', async () => {
    const { call, nodes, kit } = await opened(shop('http://x.test'))

    await expect(call('run.start', { nodeIds: nodes('Get'), environment: 'Nope' })).rejects.toThrow('NotFound')
    expect(await call('run.list', {})).toEqual({ runs: [] })
    expect(await readdir(kit.dataDir)).not.toContain('runs')
  })
})

describe('a run', () => {
  test('sends anew what another time is another: a cookie that came, a value made, the edge of a form, a file; the rest as ever', async () => {
    const seen: Record<string, string[]> = { plain: [], made: [], form: [], file: [] }
    const url = await serve((request, response) => {
      const name = request.url?.slice(1) ?? ''
      void (async () => {
        let body = ''
        for await (const chunk of request) body += String(chunk)
        const { cookie = 'none', 'x-made': made, 'content-type': type } = request.headers
        seen[name]?.push({ plain: cookie, made: String(made), form: String(type), file: body }[name] ?? '')
        if (name === 'file') await writeFile(join(root, 'note.txt'), `note ${seen.file?.length ?? 0}`)
        if (name === 'plain' && seen.plain?.length === 2) response.setHeader('set-cookie', 'a=1')
        response.end()
      })()
    })
    const of = (name: string, seq: number, more: string): string =>
      `info: { name: ${name}, type: http, seq: ${seq} }\nhttp: { method: POST, url: "${url}/${name}"${more} }\n`
    const { run, nodes, root } = await opened({
      'note.txt': 'note 0',
      'plain.yml': of('plain', 1, ''),
      'made.yml': of('made', 2, ', headers: [ { name: X-Made, value: "{{$guid}}" } ]'),
      'form.yml': of('form', 3, ', body: { type: multipart-form, data: [ { name: a, type: text, value: b } ] }'),
      'file.yml': of('file', 4, ', body: { type: file, data: [ { filePath: ./note.txt, selected: true } ] }'),
    })

    await run({ nodeIds: nodes('plain', 'made', 'form', 'file'), iterations: 4 })

    expect(seen.plain).toEqual(['none', 'none', 'a=1', 'a=1'])
    expect(new Set(seen.made).size).toBe(4)
    expect(new Set(seen.form).size).toBe(4)
    expect(seen.file).toEqual(['note 0', 'note 1', 'note 2', 'note 3'])
  })

  test('is kept, with its results in windows, and compared, exported and removed', async () => {
    const { call, run, nodes, root, progress, kit } = await opened(shop(await serve(answer)))
    const options = { nodeIds: nodes('Get', 'Bad'), failOnStatus: true, data: { path: 'rows.csv' } }

    const first = await run(options)
    const second = await run({ ...options, name: 'Again', data: { path: join(root, 'rows.csv') }, given: { user: 'eve' } })

    const { runs } = await call<Output<'run.list'>>('run.list', {})
    expect(runs.map(({ id, name, state, data }) => [id, name, state, data])).toEqual([
      [second, 'Again', 'finished', 'rows.csv'],
      [first, 'Shop', 'finished', 'rows.csv'],
    ])
    expect(progress.at(-1)).toMatchObject({
      runId: second,
      state: 'finished',
      counts: { planned: 4, done: 4, passed: 2, failed: 2 },
      active: 0,
    })

    const summary = await call<Output<'run.read'>>('run.read', { runId: second })
    expect(summary).toMatchObject({
      counts: { iterations: 2, iterationsDone: 2 },
      totals: { count: 4, failed: 2 },
      givenNames: ['user'],
      requests: [
        { name: 'Get', folders: ['Users'], count: 2, failed: 0 },
        { name: 'Bad', folders: [], count: 2, failed: 2 },
      ],
      charts: {
        statuses: [
          { status: 200, count: 2 },
          { status: 500, count: 2 },
        ],
      },
    })
    expect(JSON.stringify(summary)).not.toContain('eve')

    const failed = await call<Output<'run.rows'>>('run.rows', { runId: first, offset: 1, limit: 10, filter: { outcome: 'failed' } })
    expect(failed).toMatchObject({ total: 2, rows: [{ iteration: 2, name: 'Bad', status: 500, outcome: 'failed' }] })
    expect(failed.rows[0]?.url).toMatch(/\?u=bob$/)
    const found = await call<Output<'run.rows'>>('run.rows', { runId: first, offset: 0, limit: 10, filter: { text: 'U=ADA' } })
    expect(found).toMatchObject({ total: 1, rows: [{ iteration: 1, name: 'Bad' }] })

    const row = await call<Output<'run.row'>>('run.row', { runId: first, index: failed.rows[0]?.index })
    expect(row).toMatchObject({ data: { user: 'bob' }, failure: { body: 'answer of /bad?u=bob', bodyBytes: 20 } })
    expect(row.failure?.requestHead).toMatch(/^GET \/bad\?u=bob HTTP\/1\.1\n/)
    await expect(call('run.row', { runId: first, index: 99 })).rejects.toThrow('NotFound')

    const comparison = await call<Output<'run.compare'>>('run.compare', { before: first, after: second })
    expect(comparison.requests).toMatchObject([
      { name: 'Get', before: { count: 2 }, after: { count: 2 } },
      { name: 'Bad', before: { failed: 2 }, after: { failed: 2 } },
    ])

    const exported = await call<Output<'run.export'>>('run.export', { runId: second, format: 'html' })
    expect(exported).toMatchObject({ fileName: 'Again.html', contentType: 'text/html; charset=utf-8' })
    const body = await kit.core.openBody(exported.bodyId)
    expect(body?.bytes).toBe(exported.bytes)

    await call('run.remove', { runId: first })
    await expect(call('run.read', { runId: first })).rejects.toThrow('NotFound')
    // Nothing of it is in the history.
    expect((await call<Output<'history.list'>>('history.list', {})).entries).toEqual([])
  })

  test('can be paused, gone on with and stopped; what has come is kept', async () => {
    const waiting: (() => void)[] = []
    const { call, nodes, progress, over } = await opened({
      'get.yml': requestFile('Get', await serve((_request, response) => void waiting.push(() => response.end())), 1),
    })
    const { runId } = await call<Output<'run.start'>>('run.start', { nodeIds: nodes('Get'), iterations: 100 })
    await expect.poll(() => waiting.length, { timeout: 10_000 }).toBe(1)

    await call('run.pause', { runId })
    waiting[0]?.()
    await expect.poll(() => progress.at(-1), { timeout: 10_000 }).toMatchObject({ state: 'paused', counts: { done: 1 }, active: 0 })
    expect(await call('run.read', { runId })).toMatchObject({ state: 'paused', totals: { count: 1 } })
    await expect(call('run.remove', { runId })).rejects.toThrow('Unavailable')

    await call('run.resume', { runId })
    await expect.poll(() => waiting.length, { timeout: 10_000 }).toBe(2)
    await call('run.stop', { runId })
    await over(runId)
    expect(await call('run.read', { runId })).toMatchObject({ state: 'stopped', counts: { done: 1, planned: 100 } })
    await call('run.stop', { runId }) // over already
  })

  test('tells of files that it left out', async () => {
    const { call, run, nodes } = await opened(shop(await serve(answer)))

    const { notes } = await call<Output<'run.read'>>('run.read', { runId: await run({ nodeIds: nodes('Users') }) })

    expect(notes).toEqual([expect.stringContaining('broken.yml')])
  })

  test('of a program that is no more is interrupted, and is read as far as it came', async () => {
    const { call, run, nodes, kit } = await opened(shop(await serve(answer)))
    const id = await run({ nodeIds: nodes('Get'), iterations: 3 })
    const dir = join(kit.dataDir, 'runs', id)
    const file = JSON.parse(await readFile(join(dir, 'run.json'), 'utf8')) as object
    // A process of that number cannot be: as a killed one leaves it, with a line that was cut off.
    await writeFile(join(dir, 'run.json'), JSON.stringify({ ...file, pid: 2 ** 30, state: 'running', counts: null, elapsedMs: null }))
    const lines = await readFile(join(dir, 'results.jsonl'), 'utf8')
    await writeFile(join(dir, 'results.jsonl'), `${lines}{"url":"http`)

    expect(await call('run.read', { runId: id })).toMatchObject({ state: 'interrupted', counts: { done: 3, planned: 3 } })
    expect(await call('run.rows', { runId: id, offset: 2, limit: 5 })).toMatchObject({ total: 3, rows: [{ index: 2, status: 200 }] })
    const other = await coreKit({}, kit.dataDir)
    expect(await other.call('run.list', {})).toMatchObject({ runs: [{ id, state: 'interrupted' }] })
  })
})
