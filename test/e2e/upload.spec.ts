import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-drop-'))
})
test.afterEach(() => rm(folder, { recursive: true }))

/** What stands in for a part of the window until that is loaded may go in the moment that it is measured. */
async function middleOf(region: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const at = { x: 0, y: 0 }
  await expect(async () => {
    const box = await region.boundingBox()
    expect(box).not.toBeNull()
    at.x = (box?.x ?? 0) + (box?.width ?? 0) / 2
    at.y = (box?.y ?? 0) + (box?.height ?? 0) / 2
  }).toPass()
  return at
}

/** Drop real files of the disk at the middle of an element, as the system's file manager does. */
async function dropFiles(page: Page, target: string, files: readonly string[]): Promise<void> {
  const at = await middleOf(page.getByRole('region', { name: target, exact: true }))
  const client = await page.context().newCDPSession(page)
  const dropped = page.evaluate(() =>
    new Promise((resolve) => addEventListener('drop', resolve, { once: true, capture: true })).then(() => true),
  )
  const drag = async (): Promise<void> => {
    for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const) {
      await client.send('Input.dispatchDragEvent', { type, ...at, data: { items: [], files: [...files], dragOperationsMask: 1 } })
      // What is shown for the drag has to be there before the next, as it is under a hand.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    }
  }
  // A busy page may not have said yet that it takes them: the browser then lets go, and a hand does it again.
  await expect(async () => {
    await drag()
    expect(await Promise.race([dropped, page.evaluate(() => false)])).toBe(true)
  }).toPass()
}

/** What the browser tells the page while a file is held over an element: again and again, here until what comes of it is there. */
async function dragFileOver(target: Locator, outcome: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await target.evaluate((element) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([], 'held.txt'))
      for (const type of ['dragenter', 'dragover']) {
        element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
      }
    })
    await outcome()
  }).toPass()
}

test('files dropped on Files become rows and are sent as they are on disk', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const photo = randomBytes(700_000)
  await writeFile(join(folder, 'holiday photo.jpg'), photo)
  await writeFile(join(folder, 'notes.txt'), 'some notes')
  await editor.newRequest()
  await editor.setMethod('POST')
  await editor.url.fill('{{$echo}}/upload')
  await editor.bodyType('Multipart')

  await dropFiles(window, 'Files', [join(folder, 'holiday photo.jpg'), join(folder, 'notes.txt')])

  const names = editor.table('Form fields').getByRole('textbox', { name: 'Name', exact: true })
  await expect(names.nth(0)).toHaveValue('holiday photo')
  await expect(names.nth(1)).toHaveValue('notes')
  await expect(editor.prepared).toContainText('holiday photo.jpg')
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  // A line that is wrapped stands in the page in pieces, in any order.
  await response.region.getByRole('button', { name: 'Wrap long lines' }).click()
  await expect(response.region).toContainText(createHash('sha256').update(photo).digest('hex'))
  await expect(response.region).toContainText('"filename": "notes.txt"')
})

test('a file dropped anywhere becomes a row; on a File body it becomes the body', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await writeFile(join(folder, 'data.csv'), 'a,b\n1,2\n')
  await editor.newRequest()
  await editor.setMethod('POST')
  await editor.url.fill('{{$echo}}/post')

  await dropFiles(window, 'Response', [join(folder, 'data.csv')])

  await editor.section('Body')
  await expect(window.getByRole('combobox', { name: 'Body type' })).toHaveValue('multipart')
  await expect(editor.table('Form fields').getByRole('textbox', { name: 'Name', exact: true }).first()).toHaveValue('data')

  await editor.bodyType('File')
  const offered = window.getByText('Drop to send the file as the body')
  await dragFileOver(window.getByRole('region', { name: 'Response', exact: true }), () => expect(offered).toBeVisible({ timeout: 1000 }))
  // The place for files says itself that it takes them.
  await dragFileOver(window.getByRole('region', { name: 'Files', exact: true }), () => expect(offered).toBeHidden({ timeout: 1000 }))
  await dropFiles(window, 'Files', [join(folder, 'data.csv')])
  await expect(editor.prepared).toContainText('data.csv')
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  await expect(response.region).toContainText('"data": "a,b\\n1,2\\n"')
})

test('files keep their own names on the wire, whatever they are called', async ({ window }) => {
  const names = ['.hidden', 'qu"o\'te.txt', 'фото ё.jpg', 'trailing.']
  const bodies: Buffer[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      bodies.push(body)
      response.end('taken')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  for (const name of names) await writeFile(join(folder, name), `content of ${name}`)
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.setMethod('POST')
  await editor.url.fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await editor.bodyType('Multipart')

  await dropFiles(
    window,
    'Files',
    names.map((name) => join(folder, name)),
  )
  await expect(editor.prepared).toContainText('trailing.')
  await editor.send.click()

  await expect(new ResponsePage(window).status).toHaveText(/200 OK/)
  const sent = [...(bodies[0]?.toString() ?? '').matchAll(/filename="([^"]*)"/g)].map((match) => match[1]?.replaceAll('%22', '"'))
  expect(sent).toEqual(names)
  expect(bodies[0]?.toString()).toContain("filename*=UTF-8''%D1%84%D0%BE%D1%82%D0%BE%20%D1%91.jpg")
  server.close()
})

test('a large upload shows its progress and Cancel stops it', async ({ window }) => {
  const editor = new EditorPage(window)
  const received: IncomingMessage[] = []
  // Takes the head and then reads nothing: the upload fills the socket's buffers and stands.
  const server = createServer((request) => void received.push(request.on('error', () => undefined))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await writeFile(join(folder, 'big.bin'), Buffer.alloc(64 * 1024 * 1024, 'x'))
  await editor.newRequest()
  await editor.setMethod('PUT')
  await editor.url.fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await editor.bodyType('File')
  const offered = window.getByText('Drop to send the file as the body')
  await dragFileOver(window.getByRole('region', { name: 'Response', exact: true }), () => expect(offered).toBeVisible({ timeout: 1000 }))
  // The place for files says itself that it takes them.
  await dragFileOver(window.getByRole('region', { name: 'Files', exact: true }), () => expect(offered).toBeHidden({ timeout: 1000 }))
  await dropFiles(window, 'Files', [join(folder, 'big.bin')])
  await expect(editor.prepared).toContainText('Content-Length: 67108864')

  await editor.send.click()

  await expect(window.getByRole('progressbar', { name: 'Upload' })).toBeVisible()
  await editor.cancel.click()
  await expect(new ResponsePage(window).alert).toContainText('Cancelled')
  // What is on its way is read off; then the connection is seen to have ended, short of the whole.
  const [request] = received
  let arrived = 0
  request?.on('data', (chunk: Buffer) => (arrived += chunk.length))
  if (request && !request.socket.destroyed) await new Promise((resolve) => request.socket.on('close', resolve))
  expect(arrived).toBeLessThan(64 * 1024 * 1024)
  server.close()
})

test('an upload in parts that a power cut ended goes on from its part', async ({ window, host, serve }) => {
  const arrived: string[] = []
  const isCut = { current: true }
  const url = await serve((request, response) => {
    void buffer(request).then((body) => {
      const index = /name="chunk_index"\r\n\r\n(\d)/.exec(body.toString('latin1'))?.[1] ?? ''
      arrived.push(index)
      // The third part is never answered while Posthaste still runs.
      if (index !== '2' || !isCut.current) response.writeHead(201).end()
    })
  })
  await writeFile(join(folder, 'movie.bin'), randomBytes(4000))
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.setMethod('POST')
  await editor.url.fill(url)
  await editor.bodyType('Multipart')
  await dropFiles(window, 'Files', [join(folder, 'movie.bin')])
  await window.getByRole('switch', { name: 'Send in parts' }).click()
  await expect(editor.prepared).toContainText('1 of 4 requests')
  await editor.send.click()
  await expect.poll(() => arrived).toEqual(['0', '1', '2'])
  await host.journalWritten('Part 3 may have reached the server')

  isCut.current = false
  const again = await host.kill9()

  const response = new ResponsePage(again)
  await expect(response.alert).toContainText('Posthaste ended while part 3 of 4 was on its way.')
  await again.getByRole('button', { name: 'Resume from part 3 of 4' }).click()
  await expect(response.status).toHaveText(/201 Created/)
  expect(arrived).toEqual(['0', '1', '2', '2', '3'])
})

test('a file that has gone missing is named before sending', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.setMethod('POST')
  await editor.url.fill('{{$echo}}/post')
  await editor.bodyType('File')
  await window.getByRole('textbox', { name: 'File path' }).fill(join(folder, 'gone.bin'))

  await expect(window.getByText(/gone\.bin.*is not there/).first()).toBeVisible()
  await editor.send.click()
  await expect(new ResponsePage(window).alert).toContainText('FileNotFound')
})

test('the prepared request follows a chosen file that changes on disk while it is looked at', async ({ window, dataDir }) => {
  const editor = new EditorPage(window)
  const path = join(dataDir, 'report.txt')
  await writeFile(path, 'first words')
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/')
  await editor.bodyType('File')
  await window.getByRole('textbox', { name: 'File path' }).fill(path)
  await expect(editor.prepared).toContainText('Content-Length: 11')

  await writeFile(path, 'quite other words')

  await expect(editor.prepared).toContainText('Content-Length: 17')
})
