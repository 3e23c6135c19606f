// One table of calls, run through the core itself, the web host and the Electron host: the same results from all. And one
// request file, sent by a window and by the command line: the same bytes on the wire.
import type { LayerDraft } from '#contract/model/draft.ts'
import { CollectionIdSchema, DraftIdSchema } from '#contract/model/ids.ts'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { AnyEvent } from '#contract/events.ts'
import type { CookieFields, JarKey } from '#contract/model/cookie.ts'
import { emptyAuth, emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Core } from '#core/create-core.ts'
import { WEB_CAPABILITIES } from '../../src-main/hosts/web/main.ts'
import { newSecret } from '../../src-main/hosts/web/admission-secret.ts'
import { startWebServer } from '../../src-main/hosts/web/server.ts'
import { runCli } from '../support/cli.ts'
import { standInDataDir, startStandInHost } from '../support/electron-stand-in-host.ts'
import { askServer, connectTo } from '../support/web-host.ts'

interface Host {
  readonly dataDir: string
  /** The result of a call, as the window sees it. */
  readonly call: (name: string, input?: unknown) => Promise<Record<string, unknown>>
  /** Calls, and waits for the last event of the exchange that it starts. */
  readonly send: (document: RequestDocument) => Promise<Record<string, unknown>>
}

const POSTMAN = JSON.stringify({
  info: { name: 'Conform', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [{ name: 'One', request: { method: 'GET', url: 'http://127.0.0.1:9/one' } }],
})
const SEED = 'a-seed-of-the-test'

/** A window on a core: by call and event, whatever lies between. */
function hostOf(dataDir: string, call: Host['call'], on: (listener: (name: string, payload: unknown) => void) => void): Host {
  const finished = new Map<string, (exchange: Record<string, unknown>) => void>()
  on((name, payload) => {
    if (name !== 'exchange.progressed') return
    const { exchangeId, step } = payload as { exchangeId: string; step: { kind: string; exchange?: Record<string, unknown> } }
    if (step.kind === 'done' && step.exchange) finished.get(exchangeId)?.(step.exchange)
  })
  return {
    dataDir,
    call,
    send: async (document) => {
      const answer = await call('exchange.send', { document, nodeId: null, seed: SEED, draftId: null })
      const { exchangeId } = answer['value'] as { exchangeId: string }
      return new Promise((resolve) => finished.set(exchangeId, resolve))
    },
  }
}

async function newCore(): Promise<{ core: Core; dataDir: string }> {
  const dataDir = await standInDataDir()
  // The stand-in for Electron has all modules loaded anew: what this core loads later must be of the same loading.
  const { createCore } = await import('#core/create-core.ts')
  const core = await createCore({
    dataDir,
    log: () => undefined,
    watch: false,
    hostCipher: null,
    now: Date.now,
    env: {},
    capabilities: WEB_CAPABILITIES,
  })
  onTestFinished(core.close)
  return { core, dataDir }
}

async function coreItself(): Promise<Host> {
  const { core, dataDir } = await newCore()
  const call: Host['call'] = async (name, input) => ({
    ...(await core.call(name, input, { clientId: 'window-1', signal: new AbortController().signal })),
  })
  return hostOf(dataDir, call, (listener) => core.on((event: AnyEvent) => listener(event.name, event.payload)))
}

async function webHost(): Promise<Host> {
  const { core, dataDir } = await newCore()
  const server = await startWebServer({
    port: 0,
    rendererDir: dataDir,
    core: () => Promise.resolve(core),
    secret: newSecret(),
    log: () => undefined,
  })
  onTestFinished(server.close)
  core.on(server.broadcast)
  const login = await askServer(server.port, `/${new URL(server.url).search}`)
  const cookie = login.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  const socket = await connectTo(`ws://127.0.0.1:${server.port}/ws?client=window-1`, { cookie, origin: `http://127.0.0.1:${server.port}` })
  const waiting = new Map<number, (result: Record<string, unknown>) => void>()
  const listeners: ((name: string, payload: unknown) => void)[] = []
  const read = async (): Promise<never> => {
    for (;;) {
      const frame = await socket.next()
      if (frame.type === 'reply') waiting.get(frame.id)?.(frame.result)
      else listeners.forEach((listener) => listener(frame.name, frame.payload))
    }
  }
  void read()
  let lastId = 0
  const call: Host['call'] = (name, input) => {
    lastId += 1
    const id = lastId
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      socket.send({ type: 'call', id, name, input })
    })
  }
  return hostOf(dataDir, call, (listener) => listeners.push(listener))
}

async function electronHost(): Promise<Host> {
  const { bridge, dataDir } = await startStandInHost(await standInDataDir())
  let lastId = 0
  const call: Host['call'] = async (name, input) => {
    lastId += 1
    const frame = await bridge.invoke({ type: 'call', id: lastId, name, input })
    return frame?.type === 'reply' ? frame.result : {}
  }
  return hostOf(dataDir, call, (listener) => bridge.onEvent((frame) => frame.type === 'event' && listener(frame.name, frame.payload)))
}

/** What of an answer is another with each run and host. */
const VARYING = new Set(['capabilities', 'engines', 'created', 'lastUsed'])

/** What differs between two runs of the same calls: folders, random ids, moments, versions of what runs them. */
function plain(host: Host, result: unknown): unknown {
  // Of a collection `settings` tells its state by the times of its files.
  const varies = (key: string, value: unknown): boolean => VARYING.has(key) || (key === 'settings' && typeof value === 'string')
  const text = JSON.stringify(result, (key, value: unknown) => (varies(key, value) ? null : value))
  const folder = JSON.stringify(host.dataDir).slice(1, -1)
  return JSON.parse(text.replaceAll(folder, '<data>').replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>'))
}

const REQUEST: RequestDocument = {
  ...emptyRequest('Conform'),
  method: 'POST',
  url: 'http://127.0.0.1:9/p?a=1',
  headers: [{ name: 'X-A', value: 'é', enabled: true }],
  body: { kind: 'json', text: '{"a": 1}', asTyped: false },
}
const DRAFT = { id: 'draft-1', nodeId: null, revision: null, document: REQUEST, dirty: true, shelvedBodies: [], shelvedAuths: [] }
const LAYER_DRAFT: LayerDraft = {
  kind: 'environment',
  id: DraftIdSchema.parse('layer-1'),
  collectionId: CollectionIdSchema.parse('nowhere'),
  file: 'dev.yml',
  base: null,
  value: { name: 'dev é', extends: null, dotEnvPath: null, color: null, variables: [{ name: 'a', value: '1', enabled: true }] },
}
const SUBJECT = { document: REQUEST, nodeId: null, seed: SEED }

const JAR: JarKey = { collectionId: null, session: 'Alice' }
const COOKIE: CookieFields = {
  name: 'sid',
  value: 'é',
  domain: 'example.com',
  hostOnly: false,
  path: '/',
  expires: null,
  secure: false,
  httpOnly: true,
  sameSite: 'lax',
}

const CALLS: readonly [name: string, input: unknown][] = [
  ['app.info', {}],
  ['settings.read', {}],
  ['settings.write', { theme: 'dark' }],
  ['settings.write', { theme: 'pink' }],
  ['settings.read', undefined],
  ['settings.file', {}],
  ['settings.startAnew', {}],
  ['request.prepare', SUBJECT],
  ['request.prepare', { ...SUBJECT, document: { ...REQUEST, url: '' } }],
  ['request.prepare', {}],
  ['code.generate', { ...SUBJECT, language: 'python' }],
  ['code.generate', { ...SUBJECT, language: 'cobol' }],
  ['export.request', { ...SUBJECT, format: 'postman' }],
  ['export.request', { ...SUBJECT, format: 'docx' }],
  ['export.folder', { parent: { collectionId: 'unknown', folderId: null }, format: 'har' }],
  ['pages.collect', { ...SUBJECT, pagesId: 'p', draftId: null, first: null, limit: 1 }],
  ['exchange.har', { exchange: null, secrets: [], reveal: false }],
  ['pages.stop', { pagesId: 'pages-1' }],
  ['oauth2.status', { ...SUBJECT, document: { ...REQUEST, auth: emptyAuth('oauth2') } }],
  ['oauth2.get', { ...SUBJECT, document: { ...REQUEST, auth: emptyAuth('oauth2') } }],
  ['oauth2.refresh', { ...SUBJECT, document: { ...REQUEST, auth: emptyAuth('oauth2') } }],
  ['oauth2.delete', { ...SUBJECT, document: { ...REQUEST, auth: emptyAuth('oauth2') } }],
  ['oauth2.finish', { attemptId: 'unknown' }],
  ['oauth2.status', SUBJECT],
  ['cookies.set', { jar: JAR, cookie: COOKIE, replaces: null }],
  ['cookies.set', { jar: JAR, cookie: { ...COOKIE, name: 'a b' }, replaces: null }],
  ['cookies.set', { jar: { ...JAR, session: 1 }, cookie: COOKIE, replaces: null }],
  ['cookies.list', { jar: JAR, domain: 'example' }],
  ['cookies.forUrl', { jar: JAR, url: 'http://www.example.com/', behaviour: 'requests' }],
  ['cookies.import', { jar: JAR, text: 'www.example.com\tFALSE\t/\tFALSE\t0\ta\t1\nno cookie' }],
  ['cookies.export', { jar: JAR, format: 'netscape' }],
  ['cookies.export', { jar: JAR, format: 'json' }],
  ['cookies.clear', { jar: JAR, host: 'www.example.com' }],
  ['cookies.clear', { jar: JAR, host: 'no host' }],
  ['cookies.restore', { jar: JAR, cookies: [{ ...COOKIE, created: null, lastUsed: null }] }],
  ['cookies.remove', { jar: JAR, cookies: [{ name: 'sid', domain: 'example.com', path: '/' }] }],
  ['cookies.jars', {}],
  ['drafts.save', { draft: DRAFT }],
  ['drafts.save', { draft: { ...DRAFT, id: '../x' } }],
  ['trash.list', {}],
  ['backups.list', { id: 'nowhere/a.yml' }],
  ['backups.read', { id: 'nowhere/a.yml', version: '../../x' }],
  ['backups.restore', { id: '', version: 'x', revision: null }],
  ['drafts.load', {}],
  ['drafts.remove', { id: 'draft-1' }],
  ['drafts.load', {}],
  ['layerDrafts.save', { draft: LAYER_DRAFT }],
  ['layerDrafts.save', { draft: { ...LAYER_DRAFT, kind: 'folder' } }],
  ['layerDrafts.load', {}],
  ['layerDrafts.remove', { id: 'layer-1' }],
  ['layerDrafts.load', {}],
  ['files.stat', { paths: ['/no/such/file'], nodeId: null }],
  ['collection.create', { name: 'Made here' }],
  ['collection.open', { path: '/no/such/folder' }],
  ['collection.openTour', { language: 'zh-CN' }],
  ['body.bytes', { id: 'ab'.repeat(32), offset: 0, length: 1 }],
  ['tree.open', { id: 'ab'.repeat(32), contentType: 'application/json', encoding: null }],
  ['tree.children', { treeId: 'unknown', start: 0, from: 0, count: 10 }],
  ['body.find', { viewId: 'no-view', query: { text: '(', matchCase: false, wholeWord: false, regex: true }, cursor: null }],
  ['body.share', { workId: 'none' }],
  ['body.grown', { viewId: 'no-view', lines: 1 }],
  ['body.linesAt', { viewId: 'no-view', lines: [1] }],
  ['body.wrap', { viewId: 'no-view', columns: 80 }],
  ['body.rows', { viewId: 'no-view', columns: 80, from: 0, count: 1 }],
  ['body.rowOf', { viewId: 'no-view', columns: 80, line: 0, column: 0 }],
  [
    'body.query',
    {
      id: 'ab'.repeat(32),
      contentType: '',
      encoding: null,
      kind: 'jsonpath',
      expression: '$',
      filter: { as: 'text', trim: false, minLength: 0, unique: false, prefix: '', suffix: '' },
    },
  ],
  ['body.matches', { queryId: 'unknown', from: 0, count: 1 }],
  ['body.exportMatches', { queryId: 'unknown', format: 'csv' }],
  ['body.closeQuery', { queryId: 'unknown' }],
  [
    'body.compare',
    { left: { id: 'ab'.repeat(32), contentType: '', encoding: null }, right: { id: 'cd'.repeat(32), contentType: '', encoding: null } },
  ],
  ['import.read', { ticket: 't', source: { kind: 'text', text: POSTMAN } }],
  ['import.read', { ticket: 't', source: { kind: 'text', text: 'Dear all,' } }],
  ['import.requests', { importId: 'unknown', limit: 1 }],
  ['import.write', { importId: 'unknown', target: { kind: 'collection', name: 'X' }, hideCredentials: true }],
  ['import.discard', { importId: 'unknown' }],
  ['example.list', { id: 'unknown/x.yml' }],
  ['example.open', { id: 'unknown/x.yml', index: 0, name: 'x' }],
  ['example.restore', { removal: 'unknown' }],
  ['body.page', { id: 'ab'.repeat(32), contentType: 'text/html', encoding: null }],
  ['body.parts', { id: 'ab'.repeat(32), contentType: 'multipart/mixed; boundary=x' }],
  ['body.part', { id: 'ab'.repeat(32), offset: 0, length: 1, transferEncoding: '' }],
  ['body.selection', { viewId: 'no-view', start: { line: 0, column: 0 }, end: { line: 1, column: 0 }, query: null }],
  ['tree.value', { treeId: 'unknown', node: { kind: 'string', start: 0, end: 2 } }],
  ['history.list', { filter: { text: 'no "such' } }],
  ['history.list', { filter: { statuses: ['9xx'] } }],
  ['history.facets', {}],
  ['history.read', { id: 'unknown' }],
  ['history.resend', { id: 'unknown', draftId: null }],
  ['history.pin', { ids: ['unknown'], pinned: true }],
  ['history.remove', { ids: ['unknown'] }],
  ['history.clear', {}],
  ['history.restore', { removal: 'unknown' }],
  ['exchange.continue', { exchangeId: 'unknown', all: true }],
  ['exchange.cancel', { exchangeId: 'unknown' }],
  ['nope', {}],
  ['toString', {}],
]

async function resultsOf(host: Host): Promise<unknown[]> {
  const results: unknown[] = []
  for (const [name, input] of CALLS) results.push([name, plain(host, await host.call(name, input))])
  return results
}

describe('the same calls', () => {
  test('have the same results through the web host as in the core', async () => {
    expect(await resultsOf(await webHost())).toEqual(await resultsOf(await coreItself()))
  })

  test('have the same results through the Electron host as in the core', async () => {
    expect(await resultsOf(await electronHost())).toEqual(await resultsOf(await coreItself()))
  })

  test('are none that fails in all of them alike', async () => {
    const results = (await resultsOf(await coreItself())) as [string, { ok: boolean; error?: { kind: string } }][]

    const failed = results.filter(([, result]) => !result.ok).map(([name, result]) => `${name} ${result.error?.kind}`)

    expect(failed).toEqual([
      'settings.write InvalidCall',
      'request.prepare InvalidCall',
      'code.generate InvalidCall',
      'export.request InvalidCall',
      'export.folder NotFound',
      'pages.collect InvalidCall',
      'exchange.har InvalidCall',
      'oauth2.get TokenError',
      'oauth2.refresh TokenError',
      'oauth2.finish NotFound',
      'oauth2.status InvalidCall',
      'cookies.set InvalidCall',
      'cookies.clear InvalidCall',
      'drafts.save InvalidCall',
      'backups.list NotFound',
      'backups.read NotFound',
      'backups.restore InvalidCall',
      'layerDrafts.save InvalidCall',
      expect.stringMatching(/^collection\.open /),
      expect.stringMatching(/^body\.bytes /),
      'tree.open NotFound',
      'tree.children NotFound',
      ...['find', 'grown', 'linesAt', 'wrap', 'rows', 'rowOf'].map((name) => `body.${name} NotFound`),
      ...['query', 'matches', 'exportMatches'].map((name) => `body.${name} NotFound`),
      'body.compare NotFound',
      'import.read Unreadable',
      'import.requests NotFound',
      'import.write NotFound',
      'example.list NotFound',
      'example.open NotFound',
      'example.restore NotFound',
      'body.page NotFound',
      'body.parts NotFound',
      'body.part NotFound',
      'body.selection NotFound',
      'tree.value NotFound',
      'history.list InvalidCall',
      'history.read NotFound',
      'history.resend NotFound',
      'nope InvalidCall',
      'toString InvalidCall',
    ])
  })
})

describe('the same request', () => {
  /** A server that keeps every byte of each request, and answers each alike. */
  async function recorder(): Promise<{ port: number; requests: string[] }> {
    const requests: string[] = []
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      let received = ''
      socket.on('error', () => undefined)
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        received += chunk
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1] ?? 0)
        if (received.length < received.indexOf('\r\n\r\n') + 4 + length) return
        requests.push(received)
        socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok')
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      sockets.forEach((socket) => socket.destroy())
      server.close()
    })
    const address = server.address()
    return { port: typeof address === 'object' && address !== null ? address.port : 0, requests }
  }

  test('leaves a window of each kind and the command line byte for byte alike', async () => {
    const { port, requests } = await recorder()
    const folder = await standInDataDir()
    const file = join(folder, 'request.yml')
    const url = `http://127.0.0.1:${port}/p?a=1&b=%20x`
    await writeFile(
      file,
      `info: { name: Conform, type: http }\nhttp:\n  method: POST\n  url: "${url}"\n  headers: [{ name: X-A, value: one }, { name: X-a, value: two }]\n` +
        `  body: { type: json, data: '{"a": 1}' }\n  auth: { type: basic, username: jane, password: "s: x" }\n` +
        `runtime: { assertions: [{ expression: res.status, operator: eq, value: 200 }, { expression: res.text, operator: length, value: 2 }] }\n`,
    )
    const document: RequestDocument = {
      ...emptyRequest('Conform'),
      method: 'POST',
      url,
      headers: [
        { name: 'X-A', value: 'one', enabled: true },
        { name: 'X-a', value: 'two', enabled: true },
      ],
      body: { kind: 'json', text: '{"a": 1}', asTyped: false },
      auth: { kind: 'basic', username: 'jane', password: 's: x' },
      assertions: [
        { expression: 'res.status', operator: 'eq', value: '200', enabled: true },
        { expression: 'res.text', operator: 'length', value: '2', enabled: true },
      ],
    }

    const sent = [
      await (await coreItself()).send(document),
      await (await webHost()).send(document),
      await (await electronHost()).send(document),
    ]
    const cli = await runCli(['send', file, '--json', '--data-dir', join(folder, 'data')])

    expect(cli.stderr).toBe('')
    expect(requests).toHaveLength(4)
    expect(new Set(requests).size).toBe(1)
    expect(requests[0]).toMatch(/^POST \/p\?a=1&b=%20x HTTP\/1\.1\r\n/)
    const printed = JSON.parse(cli.stdout.toString()) as {
      request: { headers: unknown }
      response: { status: number; bodyText: string }
      assertions: unknown
    }
    const { headers } = printed.request
    for (const exchange of sent)
      expect(exchange).toMatchObject({
        ok: true,
        request: { headers },
        response: { status: 200 },
        checks: { assertions: printed.assertions },
      })
    expect(printed.assertions).toMatchObject([
      { actual: '200', passed: true },
      { actual: 'ok', passed: true },
    ])
    expect(printed.response).toMatchObject({ status: 200, bodyText: 'ok' })
  })
})
