import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPython } from './support/python.ts'
import { sendYaml } from './support/send-file.ts'

const run = promisify(execFile)

interface Recorded {
  readonly method: string
  readonly target: string
  readonly contentType: string | undefined
  readonly authorization: string | undefined
  readonly body: string
}

let recorder: Server
let url: string
let folder: string
let python: string
const recorded: Recorded[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-referee-'))
  python = await findPython()
  recorder = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { 'content-type': contentType, authorization } = request.headers
      recorded.push({ method: request.method ?? '', target: request.url ?? '', contentType, authorization, body: body.toString('latin1') })
      response.end('ok')
    })
  }).listen(0, '127.0.0.1')
  await once(recorder, 'listening')
  url = `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`
})
afterAll(async () => {
  recorder.close()
  await rm(folder, { recursive: true })
})

async function both(yaml: string, code: string): Promise<{ ours: Recorded; theirs: Recorded }> {
  recorded.length = 0
  await sendYaml(folder, yaml)
  await run(python, ['-c', `import requests\n${code}`])
  const [ours, theirs] = recorded
  if (!ours || !theirs || recorded.length !== 2) throw new Error(`${recorded.length} requests were recorded instead of 2.`)
  return { ours, theirs }
}

describe('Posthaste and Python requests send the same', () => {
  test('params', async () => {
    const { ours, theirs } = await both(
      `http:\n  method: GET\n  url: ${url}/a b/[x]?q=1+2\n  params:\n    - { name: k é, value: "v +:/?&~*'()", type: query }\n`,
      `requests.get("${url}/a b/[x]?q=1+2", params={"k é": "v +:/?&~*'()"})`,
    )
    expect(ours.target).toBe(theirs.target)
  })

  test('a form', async () => {
    const { ours, theirs } = await both(
      `http:\n  method: POST\n  url: ${url}/\n  body:\n    type: form-urlencoded\n    data:\n      - { name: "a b", value: "c&d=é~*'()!\\n" }\n      - { name: x, value: "" }\n      - { name: x, value: "2" }\n`,
      `requests.post("${url}/", data=[("a b", "c&d=é~*'()!\\n"), ("x", ""), ("x", "2")])`,
    )
    expect([ours.body, ours.contentType]).toEqual([theirs.body, theirs.contentType])
  })

  test('basic credentials', async () => {
    const { ours, theirs } = await both(
      `http:\n  method: GET\n  url: ${url}/\n  auth: { type: basic, username: user7, password: "p:w" }\n`,
      `requests.get("${url}/", auth=("user7", "p:w"))`,
    )
    expect(ours.authorization).toBe(theirs.authorization)
  })

  test('a multipart body, but for the boundary', async () => {
    const { ours, theirs } = await both(
      `http:\n  method: POST\n  url: ${url}/\n  body:\n    type: multipart-form\n    data:\n      - { name: "na\\"me", type: text, value: "v é" }\n`,
      `requests.post("${url}/", files={"na\\"me": (None, "v é".encode())})`,
    )
    const plain = ({ body }: Recorded): string => body.replaceAll(/--[0-9a-f]{32}/g, '--BOUNDARY')
    expect(plain(ours)).toBe(plain(theirs))
  })
})
