import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { HistoryPage } from './pages/history.ts'
import { ResponsePage } from './pages/response.ts'

/** A server whose answers the test writes, one after the other. */
class Streams {
  readonly #waiting: ((response: ServerResponse) => void)[] = []
  readonly #begun: ServerResponse[] = []

  add(response: ServerResponse): void {
    const next = this.#waiting.shift()
    if (next) next(response)
    else this.#begun.push(response)
  }

  next(): Promise<ServerResponse> {
    const begun = this.#begun.shift()
    return begun ? Promise.resolve(begun) : new Promise((resolve) => this.#waiting.push(resolve))
  }
}

async function sendTo(window: Page, url: string): Promise<{ editor: EditorPage; response: ResponsePage }> {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill(url)
  await editor.send.click()
  return { editor, response: new ResponsePage(window) }
}

const event = (n: number, name: string): string => `id: ${n}\nevent: ${name}\ndata: {"n":${n},"big":12345678901234567890}\n\n`

/** The rows of a stream, by what stands in them. */
function rowsOf(response: ResponsePage, name: 'Events' | 'Rows'): Locator {
  return response.region.getByRole('group', { name, exact: true }).getByRole('listitem')
}

test.describe('a stream of events', () => {
  let streams: Streams
  let url: string

  test.beforeEach(async ({ serve }) => {
    streams = new Streams()
    url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Stream': 'mine' })
      response.flushHeaders()
      streams.add(response)
    })
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is shown row by row, paused, filtered and stopped with all that came (${colorScheme})`, async ({ window }) => {
      await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { editor, response } = await sendTo(window, url)
      const stream = await streams.next()
      const rows = rowsOf(response, 'Events')
      const count = response.region.getByRole('status', { name: 'Events' })

      // The head is there before any of the body.
      await expect(response.status).toContainText('200 OK')
      await expect(response.region).toContainText('Waiting for the first event')
      await response.section('Headers')
      await expect(response.region).toContainText('X-Stream')
      await response.section('Body')

      stream.write(event(1, 'price'))
      await expect(rows).toHaveCount(1)
      stream.write(`${event(2, 'trade')}: keep-alive\n\n${event(3, 'price')}`)
      await expect(rows).toHaveCount(4)
      await expect(rows.nth(1)).toContainText(/\d\.\d{3} s.*trade.*2.*"n":2/)
      await expect(rows.nth(2)).toContainText('keep-alive')

      await rows.nth(3).getByRole('button').click()
      const detail = response.region.getByRole('region', { name: 'Event 4', exact: true })
      await expect(detail).toContainText('"big": 12345678901234567890')
      expect((await new AxeBuilder({ page: window }).include('section[aria-label="Response"]').analyze()).violations).toEqual([])

      await response.region.getByRole('button', { name: 'Pause' }).click()
      stream.write(event(5, 'price') + event(6, 'trade'))
      await expect(count).toContainText('6 events · 2 new')
      await expect(rows).toHaveCount(4)
      await response.region.getByRole('button', { name: 'Resume' }).click()
      await expect(rows).toHaveCount(6)

      await response.region.getByRole('searchbox', { name: 'Filter events' }).fill('TRADE')
      await expect(count).toContainText('2 of 6 events')
      await expect(rows).toHaveCount(2)
      stream.write(event(7, 'trade'))
      await expect(rows).toHaveCount(3)

      stream.write('data: half of one')
      const closed = once(stream, 'close')
      await response.region.getByRole('searchbox', { name: 'Filter events' }).fill('')
      await expect(rows).toHaveCount(7)
      await response.region.getByRole('button', { name: 'Stop' }).click()
      await closed
      await expect(response.alert).toContainText('Cancelled')
      await expect(editor.send).toBeVisible()
      await expect(rows).toHaveCount(8)
      await expect(rows.nth(7)).toContainText(/half of one.*cut off/)
      await expect(detail).toContainText('"n": 3')
      expect((await new AxeBuilder({ page: window }).include('section[aria-label="Response"]').analyze()).violations).toEqual([])
    })
  }

  test('that is followed has its newest event in sight, also when it is stopped and there is more to say above it', async ({ window }) => {
    const { response } = await sendTo(window, url)
    const stream = await streams.next()
    await window.setViewportSize({ width: 900, height: 600 })
    stream.write(Array.from({ length: 80 }, (_, index) => event(index + 1, 'price')).join(''))
    const newest = response.region.getByRole('listitem').filter({ hasText: '"n":80' })
    const list = response.region.getByRole('group', { name: 'Events' })
    const isWhole = async (): Promise<boolean> => {
      const [row, view] = [await newest.boundingBox(), await list.boundingBox()]
      return row !== null && view !== null && row.y >= view.y && row.y + row.height <= view.y + view.height + 1
    }
    await expect.poll(isWhole).toBe(true)

    await response.region.getByRole('button', { name: 'Stop' }).click()
    await expect(response.alert).toContainText('Cancelled')
    await expect.poll(isWhole).toBe(true)
  })

  test('is there again, with its times, from the history', async ({ window, host }) => {
    const { response } = await sendTo(window, url)
    const stream = await streams.next()
    stream.end(event(1, 'price') + event(2, 'trade'))
    const time = rowsOf(response, 'Events').nth(1)
    await expect(time).toContainText('trade')
    const text = await time.textContent()

    const again = await host.restart()
    const history = new HistoryPage(again)
    await history.open()
    await history.entries.first().click()

    const rows = history.entry.getByRole('group', { name: 'Events', exact: true }).getByRole('listitem')
    await expect(rows.nth(1)).toHaveText(text ?? '')
  })
})

test('a text is shown as it comes, and stays as it was when it is whole, where what was asked for meanwhile is found', async ({
  window,
  serve,
}) => {
  const streams = new Streams()
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' })
    streams.add(response)
  })
  const { response } = await sendTo(window, url)
  const stream = await streams.next()
  const lines = response.region.getByRole('group', { name: 'Response body' })

  stream.write('first line\nsecond ')
  await expect(lines).toContainText('first line')
  await expect(lines).toContainText('second')
  await expect(response.region.getByRole('progressbar', { name: 'Download' })).toBeVisible()
  await lines.focus()
  await window.keyboard.press('ControlOrMeta+F')
  stream.end('line\nlast line')

  await expect(response.region.getByRole('status', { name: 'Size' })).toContainText('32 B')
  await expect(response.region).toContainText('last line')
  await expect(response.region.getByRole('textbox', { name: 'Find', exact: true })).toBeFocused()
})

/** Short texts are shown by the editor once they are whole, long ones by the list that showed them as they came. */
for (const [shownBy, count] of [
  ['the editor', 4000],
  ['the list', 60_000],
] as const) {
  test(`what is done in a text while it comes holds when ${shownBy} shows it whole`, async ({ window, serve }) => {
    const streams = new Streams()
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      streams.add(response)
    })
    // Laid out, an item is three lines.
    const item = (id: number): string => `{"id":${id},"text":"needle ${id} and more of it to fill its line"}`
    const items = Array.from({ length: count }, (_, id) => `,\n${item(id + 1)}`)
    const { response } = await sendTo(window, url)
    const lines = response.region.getByRole('group', { name: 'Response body' })
    const hasFocus = (): Promise<boolean> => response.region.evaluate((region) => region.contains(document.activeElement))
    const arrive = async (): Promise<ServerResponse> => {
      const stream = await streams.next()
      stream.write(`[${item(0)}${items.slice(0, -1).join('')}`)
      await expect(lines).toContainText('needle 0 ')
      await lines.focus()
      return stream
    }
    const last = `${items.at(-1)}]`

    const first = await arrive()
    await window.keyboard.press('Control+End')
    await expect(lines).toContainText(`needle ${count - 1} `)
    first.end(last)
    await expect(response.region).toContainText(`needle ${count} `)
    await expect(response.region).toContainText('"id": ')
    await expect.poll(hasFocus).toBe(true)

    await new EditorPage(window).send.click()
    const second = await arrive()
    for (let pages = 0; pages < 10; pages += 1) await window.keyboard.press('PageDown')
    await expect(lines).not.toContainText('needle 0 ')
    await expect(lines).toContainText(/needle \d+ /)
    const top = Number(/needle (\d+) /.exec(await lines.innerText())?.[1])
    second.end(last)
    await expect(response.region).toContainText('"id": ')
    await expect(response.region).toContainText(`needle ${top} `)
    await expect.poll(hasFocus).toBe(true)
    await window.keyboard.press('Control+Home')
    await expect(response.region).toContainText('needle 0 ')
  })
}

test('who goes to the top while other rows are about to take the place of those in sight stays there', async ({ window, serve }) => {
  const items = Array.from({ length: 60_000 }, (_, id) => ({ id, text: `needle ${id} and more of it to fill its line` }))
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(items))
  })
  // Behind the answer with the rows, and before what comes of it is drawn.
  await window.addInitScript(() => {
    const behind = new MessageChannel()
    const list = (): Element | null => document.querySelector('[role=group][aria-label="Response body"]')
    behind.port1.onmessage = () => list()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', ctrlKey: true, bubbles: true }))
    const asked = /"id":(\d+),"name":"body\.wrap"/
    let wrapId = ''
    globalThis.WebSocket = class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols)
        this.addEventListener('message', ({ data }) => {
          if (wrapId !== '' && String(data).includes(`"id":${wrapId},`)) behind.port2.postMessage(null)
        })
      }
      override send(data: string): void {
        wrapId = asked.exec(data)?.[1] ?? wrapId
        super.send(data)
      }
    }
  })
  await window.reload()
  const { response } = await sendTo(window, url)
  const lines = response.region.getByRole('group', { name: 'Response body' })
  const wrap = response.region.getByRole('button', { name: 'Wrap long lines' })
  await expect(lines).toContainText('needle 0 ')
  await wrap.click()
  await lines.focus()
  for (let pages = 0; pages < 10; pages += 1) await window.keyboard.press('PageDown')
  await expect(lines).not.toContainText('needle 0 ')

  await wrap.click()

  await expect(lines).toContainText('needle 0 ')
})

test('bytes are shown as they come, and the place in them holds; what is no view of a text on its way shows its lines', async ({
  window,
  serve,
}) => {
  const streams = new Streams()
  const url = await serve((request, response) => {
    response.writeHead(200, { 'Content-Type': request.url === '/json' ? 'application/json' : 'application/octet-stream' })
    streams.add(response)
  })
  const { editor, response } = await sendTo(window, url)
  const bytes = response.region.getByRole('group', { name: 'Bytes of the body' })
  const binary = await streams.next()
  binary.write(Buffer.alloc(20_000, '0102ab03', 'hex'))
  await expect(bytes).toContainText('02 ab')
  await bytes.focus()
  await window.keyboard.press('PageDown')
  await expect(bytes).not.toContainText('0000 01 02')
  const top = (await bytes.innerText()).slice(0, 4)

  const height = (): Promise<number> => bytes.evaluate(({ scrollHeight }) => scrollHeight)
  const before = await height()
  binary.write(Buffer.alloc(20_000, '0102cd03', 'hex'))
  await expect.poll(height).toBeGreaterThan(before)
  await expect(bytes).toContainText(top)
  await expect(bytes).toBeFocused()
  binary.end(Buffer.alloc(50_000, '0102ef03', 'hex'))
  await expect(editor.send).toBeVisible()
  await expect(bytes).toBeFocused()
  await expect(bytes).toContainText(top)
  await window.keyboard.press('End')
  await expect(bytes).toContainText('02 ef')

  await editor.url.fill(`${url}/json`)
  await editor.send.click()
  const json = await streams.next()
  json.write('{"first": 1,\n')
  await response.view('Tree')
  await expect(response.region.getByRole('group', { name: 'Response body' })).toContainText('"first": 1,')
  json.end('"last": 2}')
  await expect(response.region.getByRole('tree', { name: 'Response body' })).toContainText('last')
})

test('tens of thousands of rows of NDJSON are a list of which little is drawn', async ({ window, serve }) => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
    response.end(Array.from({ length: 50_000 }, (_, index) => `{"n":${index + 1},"name":"item ${index + 1}"}\n`).join(''))
  })
  const { response } = await sendTo(window, url)

  await expect(response.region.getByRole('status', { name: 'Rows' })).toContainText('50,000 rows')
  const rows = rowsOf(response, 'Rows')
  expect(await rows.count()).toBeLessThan(100)
  // What came at once is read from its beginning, and not from its end.
  await expect(rows.first()).toContainText('"n":1,')
  await response.region.getByRole('group', { name: 'Rows', exact: true }).press('End')
  await expect(rows.last()).toContainText('"n":50000')
  await response.region.getByRole('searchbox', { name: 'Filter rows' }).fill('item 4999')
  await expect(response.region.getByRole('status', { name: 'Rows' })).toContainText('11 of 50,000 rows')

  await response.region.getByRole('button', { name: 'Filter by JSONPath, XPath or CSS' }).click()
  await response.region.getByRole('textbox', { name: 'Filter', exact: true }).fill('$[49999].*')
  await expect(response.region.getByRole('status', { name: 'Matches' })).toContainText('match')
  await window.keyboard.press('Escape')
  await expect(response.region.getByRole('status', { name: 'Rows' })).toContainText('11 of 50,000 rows')
})

test('a download that breaks off is resumed, and is then the whole file', async ({ window, serve }) => {
  const file = Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * 7) % 251))
  const ranges: (string | undefined)[] = []
  const url = await serve((request, response) => {
    const { range } = request.headers
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
    ranges.push(range)
    const disposition = `attachment; filename="x"; filename*=UTF-8''..%2Fb%C3%A9te.bin`
    const headers = { ETag: '"v1"', 'Content-Length': String(file.length - start), 'Content-Disposition': disposition }
    if (start === 0) {
      response.writeHead(200, headers)
      response.write(file.subarray(0, 150_000), () => response.socket?.end())
    } else response.writeHead(206, { ...headers, 'Content-Range': `bytes ${start}-399999/400000` }).end(file.subarray(start))
  })
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill(url)

  await window.getByRole('button', { name: 'Request menu' }).click()
  await window.getByRole('menuitem', { name: 'Send and download…' }).click()
  await expect(response.alert).toContainText('ChunkedEncodingError')
  await expect(response.region).toContainText('150 of 400 kB came')
  const saved = window.waitForEvent('download')
  await expect(response.alert).toContainText('Resume gets the rest')
  await response.region.getByRole('button', { name: 'Resume', exact: true }).click()

  const download = await saved
  expect(download.suggestedFilename()).toBe('béte.bin')
  expect((await readFile(await download.path())).equals(file)).toBe(true)
  expect(ranges).toEqual([undefined, 'bytes=150000-'])
  await expect(response.status).toContainText('206')
  await expect(response.region.getByRole('status', { name: 'Size' })).toHaveText('400 kB')
})

test('an answer on its way is saved once it is whole', async ({ window, serve }) => {
  const streams = new Streams()
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': '11' })
    streams.add(response)
  })
  const { response } = await sendTo(window, `${url}/notes.txt`)
  const stream = await streams.next()
  stream.write('hello ')
  const save = response.region.getByRole('button', { name: 'Download body when it is whole' })
  await save.click()
  await expect(save).toHaveAttribute('aria-pressed', 'true')
  const saved = window.waitForEvent('download')
  stream.end('world')

  const download = await saved
  expect(download.suggestedFilename()).toBe('notes.txt')
  expect(await readFile(await download.path(), 'utf8')).toBe('hello world')
})
