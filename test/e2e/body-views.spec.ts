import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

interface Answer {
  readonly type: string
  readonly body: Buffer | string
}

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const ANSWERS: Readonly<Record<string, Answer>> = {
  '/lying': { type: 'text/plain', body: PNG },
  '/page': {
    type: 'text/html',
    body: '<!doctype html><title>Shop</title><style>p { color: red }</style><h1>Fish &amp; chips</h1><p>Two <b>portions</b></p>',
  },
}

let server: Server
let origin: string

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = ANSWERS[request.url ?? '']
    if (!answer) return void response.writeHead(404).end()
    response.setHeader('content-type', answer.type)
    response.end(answer.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => void server.close())

async function get(window: Page, address: string): Promise<ResponsePage> {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill(address)
  await editor.send.click()
  const response = new ResponsePage(window)
  await expect(response.status).toHaveText(/200 OK/)
  return response
}

test('a picture under the name of text is shown as one, and it is said so', async ({ window }) => {
  const response = await get(window, `${origin}/lying`)

  await expect(response.region.getByText('The header says text/plain; the bytes are a PNG image.')).toBeVisible()
  await expect(response.region.getByRole('img', { name: 'Body of the response' })).toBeVisible()
})

test('the words of a page can be read without its tags', async ({ window }) => {
  const response = await get(window, `${origin}/page`)

  await response.view('Text')

  const text = response.region.getByRole('textbox', { name: 'Response body' })
  await expect(text).toBeAttached()
  await expect(response.region).toContainText('Fish & chips')
  await expect(response.region).toContainText('Two portions')
  await expect(response.region.getByText('color: red')).toHaveCount(0)
})
