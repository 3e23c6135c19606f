/** A WebSocket in the window: connected, spoken on, looked through, closed, opened again, and saved. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { WebSocketServer, type WebSocket } from 'ws'
import { EditorPage } from './pages/editor.ts'
import { HistoryPage } from './pages/history.ts'
import { ResponsePage } from './pages/response.ts'
import { expect, test as base } from './support/fixtures.ts'
import { violationsInEveryLook } from './support/violations.ts'

interface Chat {
  readonly url: string
  readonly clients: WebSocket[]
}

/** Greets who comes, and answers every message in upper case. */
const test = base.extend<{ chat: Chat }>({
  chat: async ({}, use) => {
    const server = createServer()
    const sockets = new WebSocketServer({ server })
    const clients: WebSocket[] = []
    sockets.on('connection', (socket) => {
      clients.push(socket)
      socket.send('{"hello":"you"}')
      socket.on('message', (data: Buffer) => socket.send(data.toString('utf8').toUpperCase()))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await use({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/chat`, clients })
    for (const client of clients) client.terminate()
    server.close()
  },
})

function messagesIn(response: ResponsePage): Locator {
  return response.region.getByRole('group', { name: 'Messages', exact: true }).getByRole('listitem')
}

async function typeMessage(window: Page, text: string): Promise<void> {
  await window.getByRole('textbox', { name: 'Message text' }).first().focus()
  await window.keyboard.press('ControlOrMeta+A')
  await window.keyboard.insertText(text)
}

async function openChat(window: Page, url: string): Promise<{ editor: EditorPage; response: ResponsePage }> {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill(url)
  await editor.section('Body')
  return { editor, response: new ResponsePage(window) }
}

const button = (window: Page, name: string): Locator => window.getByRole('button', { name, exact: true })

test('is connected, spoken on by button and key, filtered, and closed with all that came', async ({ window, chat }) => {
  const { editor, response } = await openChat(window, chat.url)
  const messages = messagesIn(response)
  await expect(editor.method).toHaveCount(0)
  await expect(editor.prepared).toContainText('Sec-WebSocket-Key')
  await expect(button(window, 'Send message')).toBeDisabled()

  await button(window, 'Connect').click()
  await expect(response.status).toContainText('101 Switching Protocols')
  await expect(messages).toHaveCount(1)
  await expect(messages.first()).toContainText(/received.*"hello":"you"/)

  await typeMessage(window, 'one')
  await button(window, 'Send message').click()
  await expect(messages).toHaveCount(3)
  await typeMessage(window, 'two')
  await window.keyboard.press('ControlOrMeta+Enter')
  await expect(messages).toHaveCount(5)
  await expect(messages.nth(3)).toContainText(/sent.*two/)
  await expect(messages.nth(4)).toContainText(/received.*TWO/)

  await response.region.getByRole('searchbox', { name: 'Filter messages' }).fill('ONE')
  await expect(messages).toHaveCount(2)
  await response.region.getByRole('searchbox', { name: 'Filter messages' }).fill('')

  await button(window, 'Disconnect').click()
  await expect(button(window, 'Connect')).toBeVisible()
  await expect(messages).toHaveCount(7)
  await expect(messages.nth(6)).toContainText(/received close.*1000/)
  await expect(response.alert).toHaveCount(0)

  await button(window, 'Connect').click()
  await expect(button(window, 'Disconnect')).toBeVisible()
  await expect(messages).toHaveCount(1)
  expect(chat.clients).toHaveLength(2)
  await button(window, 'Disconnect').click()
  await expect(button(window, 'Connect')).toBeVisible()
  const history = new HistoryPage(window)
  await history.open()
  await expect(history.entries.first()).toContainText('/chat')
})

test('fills in variables, says what a message lacks, and is saved as OpenCollection has it', async ({ window, host, chat }) => {
  const { editor, response } = await openChat(window, chat.url)
  await button(window, 'Connect').click()
  await expect(messagesIn(response)).toHaveCount(1)
  await typeMessage(window, 'Hello {{nobody}}')
  await button(window, 'Send message').click()
  await expect(window.getByRole('alert').filter({ hasText: 'nobody' })).toBeVisible()
  await typeMessage(window, 'Hello {{$timestamp}}')
  await button(window, 'Send message').click()
  await expect(messagesIn(response)).toHaveCount(3)
  await expect(messagesIn(response).nth(1)).toContainText(/sent.*Hello \d{10}/)
  await button(window, 'Disconnect').click()

  await editor.save.click()
  const dialog = window.getByRole('dialog', { name: 'Save request' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Chat')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(window.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name: /Chat/ })).toBeVisible()
  const file = await readFile(join(host.dataDir, 'collections', 'My requests', 'Chat.yml'), 'utf8')
  expect(file).toContain('type: websocket')
  expect(file).toMatch(
    /websocket:\n {2}url: ws:\/\/127\.0\.0\.1:\d+\/chat\n {2}message:\n {4}type: text\n {4}data: Hello \{\{\$timestamp\}\}/,
  )
})

test('has no violations that axe can find', async ({ window, chat }) => {
  await window.emulateMedia({ reducedMotion: 'reduce' })
  const { response } = await openChat(window, chat.url)
  await button(window, 'Connect').click()
  await expect(messagesIn(response)).toHaveCount(1)
  expect(await violationsInEveryLook(window)).toEqual([])
})
