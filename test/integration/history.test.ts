// History as a whole: what is sent is in it, from any process, sent again exactly, and whole after a process was killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { Exchange } from '#contract/model/exchange.ts'
import { HistoryPageSchema, HistoryReadSchema, type HistoryEntry } from '#contract/model/history.ts'
import { CollectionSchema } from '#contract/model/workspace.ts'
import { emptyAuth, emptyRequest } from '#contract/model/request-defaults.ts'
import type { Body, RequestDocument } from '#contract/model/request.ts'
import { runCli } from '../support/cli.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'
import { bodyOf, httpServer, type HttpServer } from '../support/http-server.ts'
import { rawServer } from '../support/raw-server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { WRITER } from './history-writer.ts'

async function entries(kit: CoreKit, filter: object = {}): Promise<HistoryEntry[]> {
  return HistoryPageSchema.parse(await kit.call('history.list', { filter, limit: 500 })).entries
}

async function only(kit: CoreKit): Promise<HistoryEntry> {
  const [entry] = await entries(kit)
  if (!entry) throw new Error('The history is empty.')
  return entry
}

/** Resends an entry, and resolves when that has ended. */
async function resend(kit: CoreKit, id: string): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const off = kit.core.on((event) => {
      if (event.name !== 'exchange.progressed' || event.payload.step.kind !== 'done') return
      off()
      resolve()
    })
  })
  await kit.call('history.resend', { id, draftId: null })
  await done
}

/** A server that keeps what it was sent, head and body, byte by byte. */
async function recordingServer(): Promise<HttpServer & { readonly heard: string[] }> {
  const heard: string[] = []
  const server = await httpServer((request, response) => {
    void bodyOf(request).then((body) => {
      const lines = Array.from(
        { length: request.rawHeaders.length / 2 },
        (_, at) => `${request.rawHeaders[2 * at]}: ${request.rawHeaders[2 * at + 1]}`,
      )
      const digest = createHash('sha256').update(body).digest('hex')
      heard.push([`${request.method} ${request.url}`, ...lines, `${body.length} ${digest}`].join('\n'))
      response.end(`answer ${heard.length}`)
    })
  })
  return Object.assign(server, { heard })
}

/** Bodies that hold the value of `token`, in each way of writing it, and one too large for the quick way of showing it. */
const BODIES_WITH_SECRET: readonly Body[] = [
  { kind: 'text', text: 'token={{token}}' },
  { kind: 'json', text: '{"token": "{{token}}", "n": 1}', asTyped: true },
  {
    kind: 'form',
    rows: [
      { name: 'token', value: '{{token}}', enabled: true },
      { name: 'other', value: '1', enabled: true },
    ],
  },
  { kind: 'multipart', parts: [{ kind: 'text', name: 'token', value: '{{token}}', enabled: true, contentType: '', headers: [] }] },
  { kind: 'text', text: `${'x'.repeat(300_000)}{{token}}` },
]

/** A collection whose environment has a secret variable `token`. */
async function shopWithSecret(kit: CoreKit, value: string) {
  const dir = join(kit.dataDir, 'shop')
  await mkdir(join(dir, 'environments'), { recursive: true })
  await writeFile(join(dir, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Shop }\n')
  await writeFile(join(dir, 'environments', 'dev.yml'), 'name: dev\nvariables: [ { secret: true, name: token } ]\n')
  const { id: collectionId } = CollectionSchema.parse(await kit.call('collection.open', { path: dir }))
  const setSecret = async (secret: string): Promise<void> => {
    await kit.call('secret.set', { collectionId, origin: { layer: 'environment', name: 'dev' }, name: 'token', value: secret })
  }
  await setSecret(value)
  const send = async (document: Partial<RequestDocument>): Promise<Exchange> => {
    const { exchange } = await kit.core.sendOnce({
      document: { ...emptyRequest(), ...document },
      root: dir,
      file: join(dir, 'Post.yml'),
      choice: { environment: 'dev', session: null, given: {} },
      overrides: {},
      signal: new AbortController().signal,
    })
    return exchange
  }
  return { setSecret, send }
}

async function textOf(kit: CoreKit, id: string): Promise<string | null> {
  const opened = z
    .object({ text: z.string().nullable() })
    .parse(await kit.call('body.open', { id, contentType: 'text/plain', encoding: null, format: 'raw' }))
  return opened.text
}

/** Files below a folder that hold any of these texts. */
async function filesHolding(dir: string, texts: readonly string[]): Promise<string[]> {
  const entries = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const found = await Promise.all(
    entries.map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name))
      return texts.some((text) => bytes.includes(text)) ? [name] : []
    }),
  )
  return found.flat()
}

describe('a send', () => {
  test('is in the history, with every hop, found by what was sent and what came', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/start') response.writeHead(302, { location: '/end' }).end()
      else response.end('{"word": "marmalade"}')
    })
    const kit = await coreKit()
    const exchange = await kit.send({ method: 'POST', url: `${server.url}/start`, body: { kind: 'text', text: 'porridge' } })
    const [byAnswer, byBody, byUrl, byNothing] = await Promise.all(
      ['marmalade', 'porr', '/sta', 'kedgeree'].map((text) => entries(kit, { text })),
    )
    const read = HistoryReadSchema.parse(await kit.call('history.read', { id: exchange.id }))

    expect([byAnswer, byBody, byUrl].map((found) => found?.map(({ id }) => id))).toEqual([[exchange.id], [exchange.id], [exchange.id]])
    expect(byNothing).toEqual([])
    expect(read.entry).toMatchObject({ method: 'POST', url: `${server.url}/start`, status: 200 })
    expect(read.exchange).toEqual(exchange)
    expect(read.document.body).toEqual({ kind: 'text', text: 'porridge' })
  })

  test('that could not be made is there too, with why', async () => {
    const kit = await coreKit()
    await kit.send({ url: 'http://' })

    expect(await entries(kit, { statuses: ['error'] })).toMatchObject([{ url: 'http://', error: 'InvalidURL', status: null }])
  })

  test('with secrets in its body leaves them nowhere on the disk, is shown without them, and is resent with them', async () => {
    const bodies: string[] = []
    const server = await httpServer((request, response) => {
      void bodyOf(request).then((body) => {
        bodies.push(body.toString())
        if (request.url === '/start') response.writeHead(307, { location: '/end' }).end()
        else response.end('ok')
      })
    })
    const kit = await coreKit()
    const shop = await shopWithSecret(kit, 'sk “live” 77!')
    const sent = []
    for (const body of BODIES_WITH_SECRET) sent.push(await shop.send({ method: 'POST', url: `${server.url}/start`, body }))
    const clear = [...bodies]
    const reads = []
    for (const { id } of sent) reads.push(HistoryReadSchema.parse(await kit.call('history.read', { id })))
    const shown = await Promise.all(reads.map(({ exchange }) => textOf(kit, exchange.request?.bodyId ?? '')))
    const lookedAt = await textOf(kit, sent[0]?.request?.bodyId ?? '')
    for (const { id } of sent) await resend(kit, id)

    expect(clear).toHaveLength(2 * BODIES_WITH_SECRET.length)
    expect(lookedAt).toBe(clear[0])
    expect(shown).toEqual([
      'token=••••••••',
      '{"token": "••••••••", "n": 1}',
      'token=••••••••&other=1',
      expect.stringMatching(/name="token"\r\n\r\n••••••••\r\n/),
      `${'x'.repeat(300_000)}••••••••`,
    ])
    expect(reads.map(({ exchange }) => exchange.history.map(({ request }) => request.isBodyMasked))).toEqual(shown.map(() => [true]))
    expect(reads[0]?.secrets).toEqual(['sk “live” 77!'])
    expect(bodies.slice(clear.length)).toEqual(clear)
    await kit.core.close()
    expect(await filesHolding(kit.dataDir, ['sk “live” 77!', 'sk+%E2%80%9Clive', 'sk %E2', '\\u201clive'])).toEqual([])
  })

  test('in which a secret was typed in clear is kept with its name, shown without it, and resent as it was', async () => {
    const secret = 'Pw/Zq+7=K&"9'
    const seen: string[] = []
    const server = await httpServer((request, response) => {
      seen.push(`${request.url} ${String(request.headers['x-key'])}`)
      if (request.url?.startsWith('/start') === true) response.writeHead(302, { location: `/end${request.url.slice(6)}` }).end()
      else response.end('ok')
    })
    const kit = await coreKit()
    const shop = await shopWithSecret(kit, secret)
    const headers = [{ name: 'X-Key', value: `k ${secret}`, enabled: true }]
    const { id, history } = await shop.send({ url: `${server.url}/start?a=${encodeURIComponent(secret)}`, headers })
    const read = HistoryReadSchema.parse(await kit.call('history.read', { id }))
    await resend(kit, id)

    expect(seen).toHaveLength(4)
    expect(new Set(seen.filter((line) => line.startsWith('/start')))).toEqual(
      new Set([`/start?a=${encodeURIComponent(secret)} k ${secret}`]),
    )
    expect(read.document.headers).toMatchObject([{ value: 'k {{token}}' }])
    expect(history[0]?.because).toBe(`302 to ${server.url}/end?a=••••••••`)
    await kit.core.close()
    expect(await filesHolding(kit.dataDir, [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])).toEqual([])
  })

  test('to a host that a secret names is kept without it', async () => {
    const kit = await coreKit()
    const shop = await shopWithSecret(kit, 'ToKen42xyz')
    const { error } = await shop.send({ url: 'http://{{token}}.invalid/' })

    expect(error?.message).toContain('••••••••.invalid')
    await kit.core.close()
    expect(await filesHolding(kit.dataDir, ['tokEn42xyz', 'token42xyz'])).toEqual([])
  })

  test('with a secret in its body is not resent where the body would be another', async () => {
    const server = await recordingServer()
    const kit = await coreKit()
    const shop = await shopWithSecret(kit, 'sk-live-77')
    const { id } = await shop.send({ method: 'POST', url: server.url, body: { kind: 'text', text: '{{token}}' } })
    await shop.setSecret('sk-of-another-length')

    await expect(kit.call('history.resend', { id, draftId: null })).rejects.toThrow('The body held a secret')
    expect(server.heard).toHaveLength(1)
  })

  test('with an API key in its query is listed without it, and resent with it', async () => {
    const server = await recordingServer()
    const kit = await coreKit()
    const auth = { kind: 'apikey', key: 'api key', value: 'k-123 4', placement: 'query' } as const
    const exchange = await kit.send({ url: `${server.url}/a?page=1`, auth })

    expect(exchange.request).toMatchObject({ url: `${server.url}/a?page=1&api+key=k-123+4`, secretParams: ['api key'] })
    expect(await only(kit)).toMatchObject({ url: `${server.url}/a?page=1&api+key=••••••••` })
    expect(await entries(kit, { text: 'k-123' })).toEqual([])
    await resend(kit, exchange.id)
    expect(server.heard.map((text) => text.split('\n', 1)[0])).toEqual(Array(2).fill('GET /a?page=1&api+key=k-123+4'))
  })

  test('that is refused is in the history with its reason, of the window as of the command line, and nothing leaves', async () => {
    const server = await recordingServer()
    const kit = await coreKit()
    const url = `${server.url}/{{nobody}}`
    const refusal = { kind: 'InvalidOption', stage: 'prepare', message: 'Read timeout: "abc" is not a number of seconds.' }
    const done = new Promise<Exchange>((resolve) => {
      kit.core.on(({ name, payload }) => name === 'exchange.progressed' && payload.step.kind === 'done' && resolve(payload.step.exchange))
    })
    // The window alone knows what is wrong with it.
    const document = { ...emptyRequest(), url: server.url }
    await kit.call('exchange.send', { document, nodeId: null, seed: 'seed-of-a-refused-one', draftId: null, refusal })
    const { error, request } = await done
    kit.clock.now += 1000
    await kit.send({ url })

    expect({ error, request }).toEqual({ error: refusal, request: null })
    const found = await entries(kit)
    expect(found.map(({ error: kind, url: shown, status }) => [kind, shown, status])).toEqual([
      ['UndefinedVariable', url, null],
      ['InvalidOption', server.url, null],
    ])
    expect(server.heard).toEqual([])
  })

  test('of the command line is in the history of the window', async () => {
    const server = await httpServer((_request, response) => response.end('hello'))
    const dataDir = await tempDir()
    const file = join(dataDir, 'request.yml')
    await writeFile(file, `info: { name: Get, type: http }\nhttp: { method: GET, url: "${server.url}/from-cli" }\n`)
    const { code, stderr } = await runCli(['send', file, '--data-dir', dataDir], { env: { NODE_NO_WARNINGS: '' } })
    const kit = await coreKit({}, dataDir)

    expect([code, stderr]).toEqual([0, ''])
    expect(await entries(kit)).toMatchObject([{ url: `${server.url}/from-cli`, status: 200 }])
  })
})

describe('resending', () => {
  test('sends the very lines and body, though the form would now give others', async () => {
    const server = await recordingServer()
    const kit = await coreKit()
    await writeFile(join(kit.dataDir, 'file.txt'), 'as it was')
    await kit.send({
      method: 'PATCH',
      url: `${server.url}/a?b=%C3%A9&c=1`,
      headers: [{ name: 'x-oDD', value: 'é ', enabled: true }],
      auth: { ...emptyAuth('basic'), kind: 'basic', username: 'me', password: 'pw' },
      body: { kind: 'file', path: 'file.txt', contentType: '' },
    })
    await writeFile(join(kit.dataDir, 'file.txt'), 'as it is now, which is longer')
    await resend(kit, (await only(kit)).id)
    await rm(join(kit.dataDir, 'file.txt'))
    await resend(kit, (await only(kit)).id)

    expect(server.heard).toHaveLength(3)
    expect(server.heard[1]).toBe(server.heard[0])
    expect(server.heard[2]).toBe(server.heard[0])
    expect((await entries(kit)).map(({ method, status }) => [method, status])).toEqual(Array.from({ length: 3 }, () => ['PATCH', 200]))
  })

  test('makes a large body anew, and refuses where that is another', async () => {
    const server = await recordingServer()
    const kit = await coreKit()
    const path = join(kit.dataDir, 'large.bin')
    const large = Buffer.alloc(3 * 1024 ** 2, 'abc')
    await writeFile(path, large)
    const part = { kind: 'file', name: 'f', filename: '', contentType: '', enabled: true } as const
    await kit.send({
      method: 'POST',
      url: `${server.url}/up`,
      body: { kind: 'multipart', parts: [{ ...part, files: ['large.bin'], headers: [] }] },
    })
    const { id } = await only(kit)
    await resend(kit, id)
    large[10] = 0
    await writeFile(path, large)

    await expect(kit.call('history.resend', { id, draftId: null })).rejects.toThrow('InvalidBody')
    expect(server.heard).toHaveLength(2)
    expect(server.heard[1]).toBe(server.heard[0])
  })

  test('follows what the options say: a redirect, and the challenge of a server', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/first') response.writeHead(307, { location: '/second' }).end()
      else if (request.headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' }).end()
      else response.end('in')
    })
    const kit = await coreKit()
    await kit.send({ url: `${server.url}/first`, auth: { kind: 'digest', username: 'me', password: 'pw' } })
    await resend(kit, (await only(kit)).id)

    expect(server.requests).toEqual(['GET /first', 'GET /second', 'GET /second', 'GET /first', 'GET /second', 'GET /second'])
    expect((await entries(kit)).map(({ status }) => status)).toEqual([200, 200])
  })

  test('says so where the body is gone, where nothing was sent, and where there is no such entry', async () => {
    const server = await recordingServer()
    const kit = await coreKit()
    await kit.send({ url: 'http://' })
    const unsent = (await only(kit)).id
    await kit.send({ method: 'POST', url: server.url, body: { kind: 'text', text: 'lost' } })
    await kit.core.close()
    await rm(join(kit.dataDir, 'bodies'), { recursive: true })
    const later = await coreKit({}, kit.dataDir)
    const again = (id: string): Promise<unknown> => later.call('history.resend', { id, draftId: null })

    await expect(again((await only(later)).id)).rejects.toThrow('no longer kept')
    await expect(again(unsent)).rejects.toThrow('Nothing of this entry left')
    await expect(again('nobody')).rejects.toThrow('no longer in the history')
  })

  test('goes to a server that never answered, too', async () => {
    const server = await rawServer(({ socket }) => void socket.destroy())
    const kit = await coreKit()
    await kit.send({ url: `${server.url}/gone` })
    await resend(kit, (await only(kit)).id)

    expect((await entries(kit)).map(({ error }) => error)).toEqual(['ConnectionError', 'ConnectionError'])
  })
})

describe('removing', () => {
  test('can be undone, and spares what is pinned', async () => {
    const kit = await coreKit()
    for (const path of ['a', 'b', 'c']) await kit.send({ ...emptyRequest(), url: `http:///${path}` })
    const [c, b] = await entries(kit)
    await kit.call('history.pin', { ids: [b?.id], pinned: true })
    const { removal } = (await kit.call('history.remove', { ids: [c?.id] })) as { removal: string }
    const afterRemove = (await entries(kit)).length
    await kit.call('history.restore', { removal })
    await kit.call('history.clear', {})

    expect(afterRemove).toBe(2)
    expect((await entries(kit)).map(({ id }) => id)).toEqual([b?.id])
  })
})

describe('several processes', () => {
  function startWriter(dataDir: string, url: string, times: number): ReturnType<typeof spawn> {
    const child = spawn(process.execPath, [WRITER, dataDir, url, String(times)], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }

  test('record at once, and none is lost', async () => {
    const server = await httpServer((_request, response) => response.end('x'))
    const dataDir = await tempDir()
    const writers = [1, 2, 3].map(() => startWriter(dataDir, server.url, 60))
    const codes = await Promise.all(writers.map(async (child) => (await once(child, 'exit'))[0] as number))
    const kit = await coreKit({}, dataDir)

    expect(codes).toEqual([0, 0, 0])
    expect(new Set((await entries(kit)).map(({ url }) => url)).size).toBe(180)
  })

  test('that are killed while they write leave a whole database, with all that they told of', async () => {
    const server = await httpServer((_request, response) => response.end('x'))
    const dataDir = await tempDir()
    const told: string[] = []
    for (let round = 0; round < 3; round += 1) {
      const child = startWriter(dataDir, server.url, 1_000_000)
      if (!child.stdout) throw new Error('It writes to a pipe.')
      for await (const line of createInterface(child.stdout)) {
        told.push(...line.split(' ').slice(1))
        if (told.length > (round + 1) * 150) break
      }
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const db = new DatabaseSync(join(dataDir, 'history.db'))
    const check = db.prepare('PRAGMA integrity_check').get()
    db.exec("INSERT INTO words (words) VALUES ('integrity-check')")
    db.close()
    const kit = await coreKit({}, dataDir)
    const missing: string[] = []
    for (const id of told) await kit.call('history.read', { id }).catch(() => missing.push(id))

    expect(check).toEqual({ integrity_check: 'ok' })
    expect(missing).toEqual([])
  })
})

test('a folder in the place of the database is told of, and requests are sent all the same', async () => {
  const server = await httpServer((_request, response) => response.end('x'))
  const dataDir = await tempDir()
  await mkdir(join(dataDir, 'history.db'))
  const kit = await coreKit({}, dataDir)
  const exchanges = [await kit.send({ url: server.url }), await kit.send({ url: server.url })]
  await kit.core.close()

  expect(exchanges.map(({ ok }) => ok)).toEqual([true, true])
  expect(kit.logged).toEqual([expect.stringMatching(/history\.db cannot be used/)])
})
