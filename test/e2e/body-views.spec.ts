import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createNetServer, type AddressInfo, type Server as NetServer } from 'node:net'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { faultyRings } from './support/focus-rings.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

interface Answer {
  readonly type: string
  readonly body: Buffer | string
}

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const VIDEO = readFileSync(join(import.meta.dirname, '../fixtures/media/count.webm'))

const ROWS = 100_000

const ANSWERS: Readonly<Record<string, Answer>> = {
  '/lying': { type: 'text/plain', body: PNG },
  '/parts': {
    type: 'multipart/mixed; boundary=xyz',
    body:
      '--xyz\r\nContent-Type: application/json\r\n\r\n{"first":1}\r\n' +
      `--xyz\r\nContent-Disposition: attachment; filename="dot.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n${PNG.toString('base64')}\r\n` +
      '--xyz\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\n\r\ninner words\r\n--in--\r\n--xyz--\r\n',
  },
  '/table': {
    type: 'text/csv',
    body: `id,name,note\n${Array.from({ length: ROWS }, (_, index) => (index === 2 ? '2,short' : `${index},"Doe, ${index}","two\nlines"`)).join('\n')}\n`,
  },
  '/json': { type: 'application/json', body: '{"list":[1,{"a":"b"}]}' },
  '/sound': { type: 'audio/wav', body: silence() },
  '/video': { type: 'application/octet-stream', body: VIDEO },
  '/damaged-video': { type: 'video/webm', body: damagedVideo() },
  '/page': {
    type: 'text/html',
    body: '<!doctype html><title>Shop</title><style>p { color: red }</style><h1>Fish &amp; chips</h1><p>Two <b>portions</b></p>',
  },
}

/** Two seconds of nothing, as WAV. */
function silence(): Buffer {
  const samples = 16_000
  const sound = Buffer.alloc(44 + samples, 128)
  sound.write('RIFF____WAVEfmt ', 0)
  sound.writeUInt32LE(36 + samples, 4)
  sound.set([16, 0, 0, 0, 1, 0, 1, 0], 16)
  sound.writeUInt32LE(8000, 24)
  sound.writeUInt32LE(8000, 28)
  sound.set([1, 0, 8, 0], 32)
  sound.write('data', 36)
  sound.writeUInt32LE(samples, 40)
  return sound
}

/** The video, of which the last second has no start code in its whole picture. */
function damagedVideo(): Buffer {
  const bytes = Buffer.from(VIDEO)
  return bytes.fill(0, bytes.lastIndexOf(Buffer.from([0x9d, 0x01, 0x2a])))
}

let server: Server
let origin: string
/** Counts who connects, which nobody may. */
let trap: NetServer
let trapped: number

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = request.url === '/reaching' ? reaching() : ANSWERS[request.url ?? '']
    if (!answer) return void response.writeHead(404).end()
    response.setHeader('content-type', answer.type)
    response.end(answer.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  trapped = 0
  trap = createNetServer((socket) => {
    trapped += 1
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(trap, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => {
  server.close()
  trap.close()
})

/** A page that tries whatever a page can to be heard of. */
function reaching(): Answer {
  const away = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`
  return {
    type: 'text/html; charset=iso-8859-1',
    body: Buffer.from(
      `<!doctype html><head><link rel=preconnect href="${away}"><link rel=stylesheet href="${away}/a.css"><style>h1 { background: url(${away}/b) }</style>` +
        `<script>document.title = 'ran'; fetch('${away}')</script><meta http-equiv=refresh content="0; ${away}"></head>` +
        `<body onload="document.body.textContent = 'ran'"><h1>Caf\xe9</h1><a href="${away}">A link</a><img src="${away}/i" alt="gone">` +
        `<iframe srcdoc="<link rel=preconnect href='${away}'>"></iframe><form action="${away}"><button>Submit</button></form>`,
      'latin1',
    ),
  }
}

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

test('a text that goes from what stands in for the editor into the editor is never there twice', async ({ window }) => {
  await window.route('**/assets/read-only-view-*.js', async (route) => {
    await window.locator('[data-line]', { hasText: '"list"' }).waitFor()
    await route.continue()
  })
  await window.addInitScript(() => {
    const seen = { most: 0 }
    Object.assign(globalThis, { seen })
    const holds = (line: Element): boolean => line.textContent.includes('"list"')
    new MutationObserver(() => {
      seen.most = Math.max(seen.most, [...document.querySelectorAll('[data-line], .view-line')].filter(holds).length)
    }).observe(document, { childList: true, characterData: true, subtree: true })
  })
  await window.reload()

  const response = await get(window, `${origin}/json`)

  await expect(response.region.locator('.view-line', { hasText: '"list"' })).toBeVisible()
  expect(await window.evaluate<number>('seen.most')).toBe(1)
})

test('the source of a page has its colours, that of the doctype too', async ({ window }) => {
  const response = await get(window, `${origin}/page`)
  await response.view('Pretty')

  const colours = (): Promise<readonly string[]> =>
    window.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'))
      const spans = [...document.querySelectorAll('.view-line span span')]
      const of = (element: Element | undefined): string => (element ? getComputedStyle(element).color : 'none')
      const named = ['--text-muted', '--info'].map((name) => {
        probe.style.color = `var(${name})`
        return getComputedStyle(probe).color
      })
      probe.remove()
      return [
        of(spans.find((span) => /^<!doctype/.test(span.textContent))),
        of(spans.find((span) => span.textContent === 'title')),
        ...named,
      ]
    })
  await expect.poll(async () => (await colours()).slice(0, 2)).toEqual((await colours()).slice(2))
})

test('a page is drawn without scripts and reaches for nothing, also when its links are followed', async ({ window }) => {
  const response = await get(window, `${origin}/reaching`)

  await response.view('Preview')

  const page = response.region.frameLocator('iframe[title="Preview of the page"]')
  await expect(page.getByRole('heading', { name: 'Café' })).toBeVisible()
  await page.getByRole('link', { name: 'A link' }).click()
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByRole('heading', { name: 'Café' })).toBeVisible()
  expect(trapped).toBe(0)
})

test('the parts of a multipart body are opened like bodies, nested ones too', async ({ window }) => {
  const response = await get(window, `${origin}/parts`)
  const parts = response.region.getByRole('list', { name: 'Parts' }).first()

  await expect(parts.getByRole('button')).toHaveCount(3)
  await expect(response.region.getByRole('region', { name: 'Part 1' })).toContainText('"first"')

  // What the request says of its answer reads the whole body, so that a value of a part is of no use to it.
  await response.region.getByRole('button', { name: 'Filter by JSONPath, XPath or CSS' }).click()
  await response.region.getByRole('textbox', { name: 'Filter', exact: true }).fill('$.first')
  await response.region.getByRole('group', { name: 'Matches', exact: true }).getByRole('button').click()
  await expect(response.region.getByRole('region', { name: 'Match', exact: true })).toContainText('1')
  await expect(response.region.getByRole('button', { name: 'Use as an assertion' })).toHaveCount(0)

  await parts.getByRole('button', { name: /dot\.png/ }).click()
  await expect(response.region.getByRole('img', { name: 'Body of the response' })).toBeVisible()

  await parts.getByRole('button', { name: /multipart\/alternative/ }).click()
  await expect(response.region.getByRole('region', { name: 'Part 1' })).toContainText('inner words')
})

test('audio and video can be played, and jumped in, also where the type says nothing', async ({ window }) => {
  for (const [path, facts] of [
    ['/sound', '2.00 s · audio/wav'],
    ['/video', '64 × 36 · 4.00 s · video/webm'],
  ] as const) {
    const response = await get(window, `${origin}${path}`)
    await expect(response.region).toContainText(facts)
    const player = response.region.getByLabel('Body of the response')
    await player.evaluate((element: HTMLMediaElement) => {
      element.currentTime = 1.5
    })
    await expect.poll(() => player.evaluate((element: HTMLMediaElement) => !element.seeking && element.currentTime)).toBe(1.5)
  }
})

test('a video that is damaged on the way says from when on, and can be played again', async ({ window }) => {
  const response = await get(window, `${origin}/damaged-video`)
  const player = response.region.getByLabel('Body of the response')
  await expect(response.region).toContainText('64 × 36 · 4.00 s')

  await player.evaluate((element: HTMLMediaElement) => {
    element.currentTime = 3.5
  })
  await expect(response.region).toContainText('This video breaks off at 3.50 s')

  await response.region.getByRole('button', { name: 'Play again' }).click()
  await expect(player).toBeVisible()
})

test('a table of many rows has its header in sight, and each cell in full', async ({ window }) => {
  const response = await get(window, `${origin}/table`)
  const table = response.region.getByRole('table', { name: 'Response body' })

  await expect(response.region).toContainText('100,000 rows · 3 columns · parted by commas · 1 row longer or shorter than the first')
  await expect(table.getByRole('columnheader')).toHaveText(['#', 'id', 'name', 'note'])
  await expect(table.getByRole('row')).not.toHaveCount(ROWS)

  await table.getByRole('rowgroup', { name: 'Rows of the table' }).focus()
  await window.keyboard.press('End')
  await table.getByRole('cell', { name: 'Doe, 99999' }).click()
  await window.keyboard.press('ArrowRight')
  await expect(response.region.getByRole('region', { name: 'Chosen cell' })).toContainText('two\nlines')
  await expect(table.getByRole('columnheader', { name: 'note' })).toBeVisible()

  await response.region.getByRole('button', { name: 'First row is a header' }).click()
  await expect(table.getByRole('columnheader')).toHaveText(['#', 'A', 'B', 'C'])
})

test('rows of a table are filtered by what their cells say', async ({ window }) => {
  const response = await get(window, `${origin}/table`)
  const table = response.region.getByRole('table', { name: 'Response body' })
  const found = response.region.getByRole('status', { name: 'Rows found' })
  const filter = response.region.getByRole('searchbox', { name: 'Filter rows' })
  await expect(table.getByRole('columnheader')).toHaveText(['#', 'id', 'name', 'note'])

  await filter.fill('DOE, 9999')
  await expect(found).toHaveText('11 of 100,000')
  await expect(table.getByRole('cell')).toHaveText(
    [9999, ...Array.from({ length: 10 }, (_, index) => 99_990 + index)].flatMap((id) => [String(id), `Doe, ${id}`, 'two ⏎ lines']),
  )
  await expect(table.getByRole('rowheader').first()).toHaveText('10000')
  await table.getByRole('cell', { name: 'Doe, 99991' }).click()
  await window.keyboard.press('ArrowRight')
  await expect(response.region.getByRole('region', { name: 'Chosen cell' })).toContainText('two\nlines')

  await filter.fill('name')
  await expect(found).toHaveText('0 of 100,000')
  await expect(table.getByRole('columnheader')).toHaveText(['#', 'id', 'name', 'note'])
  await filter.press('Escape')
  await expect(found).toHaveText('')
  await expect(table.getByRole('rowheader').first()).toHaveText('1')
})

test('bytes are gone to by their offset, found, chosen and copied', async ({ window }) => {
  await window.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const response = await get(window, `${origin}/sound`)
  await response.view('Hex')
  const rows = response.region.getByRole('group', { name: 'Bytes of the body' })
  const selection = response.region.getByRole('status', { name: 'Selection' })
  await expect(rows).toContainText('52 49 46 46')

  await rows.focus()
  await window.keyboard.press('Control+G')
  await expect(response.region.getByRole('textbox', { name: 'Offset' })).toBeFocused()
  await window.keyboard.type('0x2000')
  await window.keyboard.press('Enter')
  await expect(selection).toHaveText('0x2000 · byte 8,192')
  await expect(rows).toContainText('2000')

  await response.region.getByRole('textbox', { name: 'Find bytes or text' }).fill('WAVE')
  await window.keyboard.press('Enter')
  await expect(selection).toHaveText(/^0x8–0xb · 4 bytes$/)

  await rows.focus()
  await window.keyboard.press('Shift+ArrowLeft')
  await window.keyboard.press('Control+C')
  await expect.poll(() => window.evaluate(() => navigator.clipboard.readText())).toBe('57 41 56')
})

test('by the keyboard, the ring of what has the focus is seen whole, in every view and section', async ({ window }) => {
  const response = await get(window, `${origin}/table`)
  const looked = async (what: string, part = response.region.getByRole('tabpanel').first()): Promise<void> => {
    const { faults, stops } = await faultyRings(window, part)
    expect.soft(faults, what).toEqual([])
    expect(stops, what).toBeGreaterThan(0)
  }
  await looked('all, with a table', response.region)
  await response.view('Hex')
  await looked('Hex')
  for (const section of ['Headers', 'Timing', 'Request'] as const) {
    await response.section(section)
    await looked(section)
  }
  await get(window, `${origin}/json`)
  await response.view('Tree')
  await looked('Tree')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the views of bodies have no violations that axe can find (${colorScheme})`, async ({ window }) => {
    await window.emulateMedia({ colorScheme })
    for (const [path, view] of [
      ['/table', 'Pretty'],
      ['/parts', 'Preview'],
      ['/page', 'Preview'],
      ['/sound', 'Preview'],
      ['/lying', 'Preview'],
      ['/lying', 'Hex'],
    ] as const) {
      const response = await get(window, `${origin}${path}`)
      await response.view(view)
      const found = await new AxeBuilder({ page: window }).include('[aria-label="Response"]').exclude('iframe').analyze()
      expect(found.violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    }
  })
}
