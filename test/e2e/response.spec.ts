import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

/** Longer than what the editor shows. */
const LINES = 200_000
let server: Server
let address: string

test.beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/latin') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      return void response.end(Buffer.from('<meta charset="iso-8859-1"><p>caf\xe9 cr\xe8me</p>', 'latin1'))
    }
    response.setHeader('content-type', 'text/plain')
    if (request.url === '/one-line') return void response.end(`${'x'.repeat(3_000_000)} the very end`)
    response.end(Array.from({ length: LINES }, (_, index) => `line number ${index + 1}`).join('\n'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
test.afterAll(() => void server.close())

test.describe('Ctrl+F finds in the body of the answer', () => {
  test('of a short one, from the body and from the section tabs', async ({ window }) => {
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    const find = response.region.getByRole('textbox', { name: 'Find', exact: true })
    await editor.newRequest()
    await editor.url.fill('{{$echo}}/json')
    await editor.send.click()
    await expect(response.status).toHaveText(/200 OK/)

    await response.region.getByRole('textbox', { name: 'Response body' }).focus()
    await window.keyboard.press('Control+F')
    await expect(find).toBeFocused()
    await window.keyboard.press('Escape')

    await response.section('Headers')
    await window.keyboard.press('Control+F')
    await expect(find).toBeFocused()
  })

  test('and the keys of the window go on working afterwards, Esc to cancel too', async ({ window, serve }) => {
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    const find = response.region.getByRole('textbox', { name: 'Find', exact: true })
    let sends = 0
    const origin = await serve((_request, answer) => {
      sends += 1
      if (sends === 1) answer.setHeader('content-type', 'application/json').end('{"found":true}')
    })
    await editor.newRequest()
    await editor.url.fill(origin)
    await editor.send.click()
    await expect(response.status).toHaveText(/200 OK/)
    await response.region.getByRole('textbox', { name: 'Response body' }).focus()
    await window.keyboard.press('Control+F')
    await expect(find).toBeFocused()
    await window.keyboard.press('Escape')
    await expect(find).toBeHidden()

    await window.keyboard.press('Control+L')
    await expect(editor.url).toBeFocused()
    await window.keyboard.press('Control+Enter')
    await expect.poll(() => sends).toBe(2)
    await window.keyboard.press('Escape')
    await expect(response.region).toContainText(/cancel/i)
  })

  test('of one that is read by lines', async ({ window }) => {
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    const find = response.region.getByRole('textbox', { name: 'Find', exact: true })
    const result = response.region.getByRole('status', { name: 'Find result' })
    await editor.newRequest()
    await editor.url.fill(address)
    await editor.send.click()
    await expect(response.status).toHaveText(/200 OK/)
    const body = response.region.getByRole('group', { name: 'Response body' })
    await expect(body).toContainText('line number 1')

    await body.focus()
    await window.keyboard.press('Control+F')
    await expect(find).toBeFocused()
    await window.keyboard.type('NUMBER 15000')
    await expect(result).toHaveText('1 of 11')
    await expect(body).toContainText('line number 15000')
    await window.keyboard.press('Enter')
    await expect(result).toHaveText('2 of 11')
    await expect(body).toContainText('line number 150000')
    await window.keyboard.press('Shift+Enter')
    await expect(result).toHaveText('1 of 11')
    await find.fill('nowhere')
    await expect(result).toHaveText('No match')
    await window.keyboard.press('Escape')
    await expect(find).toHaveCount(0)
    await expect(body).toBeFocused()

    await response.region.getByRole('tablist', { name: 'Response', exact: true }).getByRole('tab', { name: 'Timing' }).focus()
    await window.keyboard.press('Control+F')
    await expect(find).toBeFocused()
  })
})

test('a line that is too long to be shown whole can be read to its end', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill(`${address}one-line`)
  await editor.send.click()
  const body = response.region.getByRole('group', { name: 'Response body' })
  const wrap = response.region.getByRole('button', { name: 'Wrap long lines' })
  const secondRow = body.locator('[data-line="1"]')
  await expect(secondRow).toBeVisible()
  await body.focus()
  await window.keyboard.press('End')
  await expect(body).toContainText('the very end')

  await wrap.click()
  await expect(response.region).toContainText('Lines are shown up to 20,000 characters.')
  await expect(body).not.toContainText('the very end')

  await response.region.getByRole('button', { name: 'Show all of it' }).click()

  await expect(secondRow).toBeVisible()
  await body.focus()
  await window.keyboard.press('End')
  await expect(body).toContainText('the very end')
  await response.region.getByRole('button', { name: 'Show lines' }).click()
  await expect(body).not.toContainText('the very end')
  await wrap.click()
})

test('one button stops a request that is under way', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('{{$echo}}/delay/10')
  await editor.send.click()

  await expect(window.getByText(/Waiting/).first()).toBeVisible()
  await expect(window.getByRole('button', { name: /^(Stop|Cancel)$/ })).toHaveCount(1)
  await editor.cancel.click()
  await expect(editor.send).toBeVisible()
})

test('a quote typed over a selection in the body replaces it', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.bodyType('JSON')
  await editor.typeBody('abc')
  await window.keyboard.press('ControlOrMeta+A')
  await window.keyboard.type('"')
  await expect(editor.prepared).not.toContainText('abc')
})

test('what each source says of the encoding can be seen, and another reads the same bytes at once', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill(`${address}latin`)
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  await response.view('Raw')
  await expect(response.region).toContainText('caf\ufffd')

  await response.region.getByRole('button', { name: 'How the encoding was found' }).click()
  const evidence = response.region.getByRole('region', { name: 'Encoding evidence' })
  await expect(evidence.getByRole('row', { name: 'Content-Type header utf-8' })).toContainText('believed')
  await expect(evidence.getByRole('row', { name: '<meta> of the page' })).toContainText('windows-1252says “iso-8859-1”')
  await response.region.getByRole('combobox', { name: 'Encoding' }).selectOption('windows-1252')

  await expect(response.region).toContainText('café crème')
  await expect(evidence).toContainText('Read as windows-1252, as you chose')

  await response.view('Tree')
  await expect(evidence).toContainText('Read as windows-1252, as you chose')
  await response.region.getByRole('combobox', { name: 'Encoding' }).selectOption('windows-1251')
  await expect(response.region.getByRole('tree')).toContainText('cafй')
  await response.view('Preview')
  const page = response.region.frameLocator('iframe').locator('body')
  await expect(page).toContainText('cafй')

  // The choice is for this answer, until it is kept for all.
  await editor.send.click()
  await expect(page).toContainText('caf\ufffd')
  await response.region.getByRole('combobox', { name: 'Encoding' }).selectOption('windows-1251')
  await evidence.getByRole('button', { name: 'Use it for every answer to this request' }).click()
  await expect(evidence).toContainText('as its Options say')
  await editor.send.click()
  await expect(response.region.getByRole('combobox', { name: 'Encoding' })).toHaveValue('automatic')
  await expect(page).toContainText('cafй')
})

test('a text of forty million characters is not copied but saved to a file', async ({ window, serve }) => {
  test.setTimeout(180_000)
  const text = `${'0123456789 '.repeat(9)}\n`.repeat(400_000)
  const origin = await serve((_request, answer) => void answer.setHeader('content-type', 'text/plain').end(text))
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill(origin)
  await editor.send.click()
  const body = response.region.getByRole('group', { name: 'Response body' })
  await expect(body.locator('[data-line="0"] > [data-start]')).toContainText('0123456789', { timeout: 60_000 })

  const notices = window.getByRole('region', { name: 'Notices' })
  const question = window.getByRole('dialog', { name: 'Save this text to a file?' })
  // All of a text that still arrives or grows, or is wrapped meanwhile, is all of it then.
  await body.focus()
  await window.keyboard.press('ControlOrMeta+A')
  await expect(body.locator('xpath=ancestor::*[@aria-busy][1]')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 })
  await window.keyboard.press('ControlOrMeta+C')
  await expect(question).toContainText('about 40 million characters', { timeout: 60_000 })
  // A window of Electron asks for the place in a dialog of the system, which no test can answer.
  const canSave = new URL(window.url()).protocol === 'http:'
  const saved = canSave ? window.waitForEvent('download') : null
  await question.getByRole('button', { name: canSave ? 'Save to a file' : 'Cancel' }).click()
  if (saved) expect((await stat(await (await saved).path())).size).toBe(text.length)

  await response.region.getByRole('button', { name: 'Copy body', exact: true }).click()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toBeHidden()
  await expect(notices).not.toContainText('Copied')
})
