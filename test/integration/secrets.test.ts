/**
 * One secret in every place of a request that can hold it, and every way in which a request leaves the program or is kept:
 * its value is on the wire, and nowhere else.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { CODE_LANGUAGES } from '#contract/model/code-languages.ts'
import { EXPORT_FORMATS } from '#contract/model/export-formats.ts'
import { CollectionSchema } from '#contract/model/workspace.ts'
import { coreKit } from '../support/core-kit.ts'
import { httpServer } from '../support/http-server.ts'
import { runCli } from '../support/cli.ts'

const SECRET = 'sk/Zq+7&"ü9-<live>'
/** How it may be written. */
const WAYS = [
  SECRET,
  encodeURIComponent(SECRET),
  new URLSearchParams({ '': SECRET }).toString().slice(1),
  JSON.stringify(SECRET).slice(1, -1),
  JSON.stringify(JSON.stringify(SECRET).slice(1, -1)).slice(1, -1),
  SECRET.replace('&', '&amp;').replace('"', '&quot;').replace('<', '&lt;').replace('>', '&gt;'),
  Buffer.from(`ann:${SECRET}`).toString('base64'),
  Buffer.from(SECRET).toString('base64').replace(/=+$/, ''),
  Buffer.from(SECRET).toString('hex'),
]

const leaksIn = (text: string): string[] => WAYS.filter((way) => text.includes(way))

const REQUEST = (url: string): string => `info: { name: Everywhere, type: http, seq: 1 }
http:
  method: POST
  url: "${url}/p/{{token}}?q={{token}}"
  headers: [ { name: X-Key, value: "k {{token}}" }, { name: Cookie, value: "c={{token}}" } ]
  body: { type: json, data: '{"in body": "{{token}}"}' }
  auth: { type: basic, username: ann, password: "{{token}}" }
runtime:
  scripts:
    - { type: before-request, code: 'console.log("before", bru.getEnvVar("token"), { nested: [bru.getEnvVar("token")] })' }
    - { type: tests, code: 'test("has " + bru.getEnvVar("token"), () => { throw new Error("not " + bru.getEnvVar("token")) })' }
  assertions: [ { expression: res.text, operator: eq, value: "{{token}}" } ]
`

const FILES = (url: string): Readonly<Record<string, string>> => ({
  'opencollection.yml': 'opencollection: "1.0.0"\ninfo: { name: Shop }\n',
  'environments/dev.yml': 'name: dev\nvariables: [ { secret: true, name: token } ]\n',
  'Everywhere.yml': REQUEST(url),
  'Nowhere.yml': REQUEST('http://127.0.0.1:1'),
  'Wrong.yml': 'info: { name: Wrong, type: http }\nhttp: { method: GET, url: "{{token}}/users" }\n',
  'Proxied.yml': `info: { name: Proxied, type: http }\nhttp: { method: GET, url: "${url}" }\nposthaste: { proxies: { http: "ftp://u:{{token}}@p:1" } }\n`,
})

test('the value of a secret goes over the wire, and is in nothing else that is shown, handed on or kept', async () => {
  const heard: string[] = []
  const server = await httpServer((request, response) => {
    void buffer(request).then((body) => {
      heard.push(`${request.url ?? ''} ${JSON.stringify(request.headers)} ${body.toString()}`)
      response.end('fine')
    })
  })
  const kit = await coreKit()
  const dir = join(kit.dataDir, 'collections', 'shop')
  for (const [path, text] of Object.entries(FILES(server.url))) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), text)
  }
  const { id: collectionId, nodes } = CollectionSchema.parse(await kit.call('collection.open', { path: dir }))
  await kit.call('secret.set', { collectionId, origin: { layer: 'environment', name: 'dev' }, name: 'token', value: SECRET })
  const nodeId = nodes.find(({ name }) => name === 'Everywhere')?.id ?? null
  const { document } = (await kit.call('request.open', { id: nodeId })) as { document: unknown }
  const context = { collectionId, environment: 'dev', session: null }
  const subject = { document, nodeId, seed: 'a-seed-of-16-bytes', context }
  const cli = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await runCli([...args, '--env', 'dev', '--data-dir', kit.dataDir], { env: { HOME: kit.dataDir } })
    return `${stdout.toString()}${stderr}`
  }
  const file = (name: string): string => join(dir, name)
  const report = (name: string): string => join(kit.dataDir, name)

  const views: Record<string, () => Promise<unknown>> = {
    'send --json': () => cli('send', file('Everywhere.yml'), '--json'),
    'send to a wrong address': () => cli('send', file('Wrong.yml')),
    'run --json': () => cli('run', dir, '--json'),
    'run, HTML': async () =>
      (await cli('run', dir, '--reporter', 'html', '--report', report('r.html'))) + (await readFile(report('r.html'), 'utf8')),
    'run, JUnit': async () =>
      (await cli('run', dir, '--reporter', 'junit', '--report', report('r.xml'))) + (await readFile(report('r.xml'), 'utf8')),
    'history: the list': () => kit.call('history.list', {}),
    'history: an entry': async () => {
      const { entries } = (await kit.call('history.list', {})) as { entries: { id: string; status: number | null }[] }
      const read = (await kit.call('history.read', { id: entries.find(({ status }) => status === 200)?.id })) as { exchange: unknown }
      // The window has the values to mask in what it shows.
      return { ...read, secrets: [], har: await kit.call('exchange.har', { exchange: read.exchange, secrets: [SECRET], reveal: false }) }
    },
    ...Object.fromEntries(CODE_LANGUAGES.map(({ id }) => [`code: ${id}`, () => kit.call('code.generate', { ...subject, language: id })])),
    ...Object.fromEntries(
      Object.keys(EXPORT_FORMATS).flatMap((format) => [
        [`export of the request: ${format}`, () => kit.call('export.request', { ...subject, format })],
        [`export of the folder: ${format}`, () => kit.call('export.folder', { parent: { collectionId, folderId: null }, format })],
      ]),
    ),
  }
  const leaks: string[] = []
  for (const [name, view] of Object.entries(views)) {
    const shown = await view()
    const text = typeof shown === 'string' ? shown : JSON.stringify(shown)
    expect(text, name).not.toBe('')
    leaks.push(...leaksIn(text).map((way) => `${name}: ${way}`))
  }
  expect(heard.filter((text) => leaksIn(text).length > 2).length).toBeGreaterThan(0)
  leaks.push(...leaksIn(kit.logged.join('\n')).map((way) => `the log: ${way}`))
  await kit.core.close()
  for (const entry of await readdir(kit.dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = await readFile(join(entry.parentPath, entry.name))
    leaks.push(...WAYS.filter((way) => bytes.includes(way)).map((way) => `${entry.name} on the disk: ${way}`))
  }
  expect(leaks).toEqual([])
}, 60_000)
