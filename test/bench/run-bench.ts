/**
 * P2 and P3: collections run from the command line as whole processes, beside newman, Bruno's CLI and a Python requests
 * Session loop. Each makes the same two assertions on each answer. The peers are got from npm once, into a folder for temporary
 * files; without a network they are left out.
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compare, startServer, type Contender, type Row } from './measure.ts'
import { posthaste, runProgram } from './programs.ts'

const SEQUENTIAL = 1000
const PARALLEL = 5000
const CONCURRENCY = 100
const PEERS = ['newman@6.2.2', '@usebruno/cli@4.1.0']

export async function benchRuns(): Promise<Row[]> {
  const server = await startServer()
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  try {
    const url = `${server.url}/small`
    const peers = await installedPeers()
    const inOrder = [pythonLoop(url), await posthasteFolder(folder, url), ...(peers === null ? [] : await peerRuns(folder, url, peers))]
    const atOnce = [undiciPool(url), await posthasteParallel(folder, url), pythonThreads(url)]
    return [
      ...(await compare(`${SEQUENTIAL} requests in order, two assertions each`, inOrder, 3)),
      ...(await compare(`${PARALLEL} requests, ${CONCURRENCY} at once`, atOnce, 3)),
    ]
  } finally {
    server.stop()
    await rm(folder, { recursive: true })
  }
}

function pythonLoop(url: string): Contender {
  const script = `
import requests
session = requests.Session()
for _ in range(${SEQUENTIAL}):
    answer = session.get("${url}")
    assert answer.status_code == 200
    assert answer.json()["id"] == 42
`
  return { name: 'Python requests Session', run: () => runProgram('python3', ['-c', script]) }
}

function pythonThreads(url: string): Contender {
  const script = `
import requests, threading
from concurrent.futures import ThreadPoolExecutor
local = threading.local()
def call(_):
    if not hasattr(local, "session"):
        local.session = requests.Session()
    answer = local.session.get("${url}")
    assert answer.status_code == 200 and answer.json()["id"] == 42
with ThreadPoolExecutor(${CONCURRENCY}) as pool:
    list(pool.map(call, range(${PARALLEL})))
`
  return { name: 'Python requests, threads', run: () => runProgram('python3', ['-c', script]) }
}

function undiciPool(url: string): Contender {
  const { origin, pathname } = new URL(url)
  const script = `
const { Pool } = require(${JSON.stringify(join(import.meta.dirname, '../../node_modules/undici'))})
const pool = new Pool('${origin}', { connections: ${CONCURRENCY} })
let left = ${PARALLEL}
async function lane() {
  while (left-- > 0) {
    const { statusCode, body } = await pool.request({ method: 'GET', path: '${pathname}' })
    if (statusCode !== 200 || (await body.json()).id !== 42) throw new Error('another answer')
  }
}
Promise.all(Array.from({ length: ${CONCURRENCY} }, lane)).then(() => pool.close())
`
  return { name: `undici Pool(${CONCURRENCY})`, run: () => runProgram(process.execPath, ['-e', script]) }
}

const ASSERTIONS = `runtime:
  assertions:
    - { expression: res.status, operator: eq, value: "200" }
    - { expression: res.body.id, operator: eq, value: "42" }
`

async function posthasteFolder(folder: string, url: string): Promise<Contender> {
  const collection = join(folder, 'posthaste')
  await mkdir(collection)
  await writeFile(join(collection, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Bench }\n')
  for (let seq = 1; seq <= SEQUENTIAL; seq += 1) {
    const text = `info: { name: R${seq}, type: http, seq: ${seq} }\nhttp: { method: GET, url: "${url}" }\n${ASSERTIONS}`
    await writeFile(join(collection, `r${seq}.yml`), text)
  }
  return { name: 'posthaste run', run: () => posthaste('run', collection, '--data-dir', join(folder, 'data')) }
}

async function posthasteParallel(folder: string, url: string): Promise<Contender> {
  const file = join(folder, 'one.yml')
  await writeFile(file, `info: { name: One, type: http }\nhttp: { method: GET, url: "${url}" }\n${ASSERTIONS}`)
  const args = ['--iterations', String(PARALLEL), '--parallel', String(CONCURRENCY), '--data-dir', join(folder, 'data')]
  return { name: `posthaste run --parallel ${CONCURRENCY}`, run: () => posthaste('run', file, ...args) }
}

/** @returns the folder that the peers are installed in; null where they cannot be had */
async function installedPeers(): Promise<string | null> {
  const prefix = join(tmpdir(), 'posthaste-bench-peers')
  if (existsSync(join(prefix, 'node_modules', 'newman')) && existsSync(join(prefix, 'node_modules', '@usebruno', 'cli'))) return prefix
  try {
    await mkdir(prefix, { recursive: true })
    await promisify(execFile)('npm', ['install', '--prefix', prefix, '--no-audit', '--no-fund', ...PEERS])
    return prefix
  } catch (error) {
    process.stderr.write(`newman and Bruno's CLI are left out: ${error instanceof Error ? error.message : String(error)}\n`)
    return null
  }
}

async function peerRuns(folder: string, url: string, peers: string): Promise<Contender[]> {
  const postman = join(folder, 'postman.json')
  await writeFile(postman, JSON.stringify(postmanCollection(url)))
  const bruno = join(folder, 'bruno')
  await mkdir(bruno)
  await writeFile(join(bruno, 'bruno.json'), '{ "version": "1", "name": "Bench", "type": "collection" }')
  for (let seq = 1; seq <= SEQUENTIAL; seq += 1) await writeFile(join(bruno, `r${seq}.bru`), brunoRequest(url, seq))
  const bin = (name: string): string => join(peers, 'node_modules', '.bin', name)
  return [
    { name: 'newman', run: () => runProgram(bin('newman'), ['run', postman, '--silent']) },
    {
      name: 'Bruno CLI (developer sandbox)',
      run: () => runProgram('sh', ['-c', `cd '${bruno}' && '${bin('bru')}' run --sandbox=developer`]),
    },
  ]
}

function postmanCollection(url: string): object {
  const exec = [
    "pm.test('status', () => pm.response.to.have.status(200))",
    "pm.test('id', () => pm.expect(pm.response.json().id).to.eql(42))",
  ]
  const item = Array.from({ length: SEQUENTIAL }, (_, index) => ({
    name: `R${index + 1}`,
    request: { method: 'GET', url },
    event: [{ listen: 'test', script: { type: 'text/javascript', exec } }],
  }))
  return { info: { name: 'Bench', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' }, item }
}

function brunoRequest(url: string, seq: number): string {
  return `meta {
  name: R${seq}
  type: http
  seq: ${seq}
}

get {
  url: ${url}
  body: none
  auth: none
}

assert {
  res.status: eq 200
  res.body.id: eq 42
}
`
}
