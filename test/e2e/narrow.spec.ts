import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

test.use({ viewport: { width: 900, height: 600 } })

test('sections that do not fit are in a menu; the chosen one is always in view', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  const strip = window.getByRole('tablist', { name: 'Request', exact: true })
  const docs = strip.getByRole('tab', { name: 'Docs', exact: true })

  await window.getByRole('button', { name: 'More of Request' }).focus()
  await window.keyboard.press('Enter')
  await window.getByRole('menuitem', { name: 'Docs' }).press('Enter')
  await expect(docs).toHaveAttribute('aria-selected', 'true')
  await expect(docs).toBeInViewport({ ratio: 0.95 })

  await window.getByRole('button', { name: 'More of Request' }).click()
  await window.getByRole('menuitem', { name: 'Params' }).click()
  await expect(strip.getByRole('tab', { name: 'Params', exact: true })).toBeInViewport({ ratio: 0.95 })

  // The strip begins with a whole section, not with the end of one.
  await editor.section('Options')
  const cutAtStart = (): Promise<boolean> =>
    strip.evaluate((list) => {
      const { left } = list.getBoundingClientRect()
      return [...list.children].some((tab) => tab.getBoundingClientRect().left < left - 1 && tab.getBoundingClientRect().right > left + 1)
    })
  await expect.poll(cutAtStart).toBe(false)

  await window.setViewportSize({ width: 1600, height: 900 })
  await expect(window.getByRole('button', { name: 'More of Request' })).toHaveCount(0)
})

test('sections that come with the end of an answer are told of where they do not fit', async ({ window, serve }) => {
  const answer: { end?: () => void } = {}
  const url = await serve((_request, response) => {
    answer.end = () => response.end('the last line')
    response.writeHead(200, { 'Content-Type': 'text/plain' }).write('the first line\n')
  })
  const editor = new EditorPage(window)
  const { region, status } = new ResponsePage(window)
  await window.setViewportSize({ width: 1100, height: 800 })
  await editor.newRequest()
  await editor.url.fill(url)
  await editor.send.click()
  await expect(region.getByText('the first line')).toBeVisible()
  await expect(window.getByRole('button', { name: 'More of Response' })).toHaveCount(0)

  answer.end?.()

  await expect(status).toHaveText(/200 OK/)
  await expect(region.getByText('the last line')).toBeVisible()
  await expect(window.getByRole('button', { name: 'More of Response' })).toBeVisible()
})

test('in a short window the prepared request is folded until it is asked for', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/short')
  const title = editor.prepared.getByRole('button', { name: 'Prepared request' })
  await expect(title).toHaveAttribute('aria-expanded', 'false')

  await title.click()
  await expect(editor.prepared).toContainText('GET /short HTTP/1.1')
  await title.click()

  await window.setViewportSize({ width: 900, height: 800 })
  await expect(editor.prepared).toContainText('GET /short HTTP/1.1')
})

test('header names are whole in their cells: long ones are wrapped, the marks of their variables with them', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.section('Headers')
  const name = editor.table('Headers').getByRole('textbox', { name: 'Name', exact: true }).first()
  const hiddenPart = (): Promise<number> =>
    name.evaluate((field) => Math.max(field.scrollWidth - field.clientWidth, field.scrollHeight - field.clientHeight))
  const lines = (): Promise<number> => name.evaluate((field) => Math.round(field.clientHeight / 20))

  for (const [header, wanted] of [
    ['Authorization', 1],
    ['Content-Type', 1],
    ['If-Modified-Since', 1],
    ['Access-Control-Allow-Origin', 2],
    ['X-{{a_rather_long_name_of_a_variable}}', 3],
  ] as const) {
    await name.fill(header)
    await expect.poll(hiddenPart, header).toBeLessThanOrEqual(0)
    await expect.poll(lines, header).toBe(wanted)
  }
  const mark = editor.table('Headers').locator('[data-reference]').first()
  expect((await mark.boundingBox())?.height).toBeGreaterThan(20)
})

test('at 200 % zoom everything is in reach: the side bar floats while it is needed, and nothing is cut off', async ({ window }) => {
  // What 1280×800 leaves at 200 %.
  await window.setViewportSize({ width: 640, height: 400 })
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  const response = new ResponsePage(window)
  // At once: the tab that the window begins with, once the host has answered, takes nothing away.
  const toggle = window.getByRole('button', { name: 'Side bar', exact: true })
  await toggle.click()
  await expect(editor.url).toBeVisible()
  await sidebar.item('Get with a query').click()
  await expect(sidebar.tree).toBeHidden()
  await expect(editor.url).toHaveValue(/hello=world/)

  await toggle.click()
  await sidebar.tree.focus()
  await window.keyboard.press('Escape')
  await expect(sidebar.tree).toBeHidden()
  await expect(toggle).toBeFocused()

  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  for (const control of [editor.url, editor.send, editor.save, editor.method, response.status, toggle]) {
    await expect(control).toBeInViewport({ ratio: 1 })
  }

  // Below each other: a part of both is in sight, the greater one of the answer.
  await window.keyboard.press('Control+j')
  const lines = response.region.getByText('"args"')
  await expect(lines).toBeInViewport({ ratio: 1 })
  await expect(editor.table('Query params').getByRole('textbox', { name: 'Name' }).first()).toBeInViewport({ ratio: 1 })

  // A menu was opened at a place that is elsewhere now.
  await window.getByRole('button', { name: 'Help' }).click()
  await expect(window.getByRole('menu')).toBeVisible()
  await window.setViewportSize({ width: 1280, height: 800 })
  await expect(window.getByRole('menu')).toBeHidden()
  await expect(sidebar.tree).toBeVisible()
})

test('at 200 % zoom what is said of a body leaves some of the body to be seen', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/low')
  await editor.bodyType('JSON')
  await editor.typeBody('{ "first": "{{nobody}}", "second": "{{nothing}}" }')
  await expect(window.getByRole('group', { name: 'Body status' })).toContainText('{{nothing}}')

  await window.setViewportSize({ width: 640, height: 400 })

  const height = async (): Promise<number> => (await window.locator('.monaco-editor').first().boundingBox())?.height ?? 0
  await expect.poll(height).toBeGreaterThanOrEqual(40)
})

test('at 200 % zoom, below each other, the editor of a body has lines to type in, and all below it is scrolled to', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/low')
  await editor.bodyType('JSON')
  await editor.typeBody('{ "first": 1 }')
  await window.keyboard.press('Control+j')
  await window.setViewportSize({ width: 640, height: 400 })

  const lines = window.locator('.monaco-editor').first()
  await expect.poll(async () => (await lines.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(40)
  const sections = window.getByRole('tablist', { name: 'Request', exact: true })
  for (const control of [
    lines,
    window.getByRole('group', { name: 'Body status' }),
    window.getByRole('button', { name: /^Prepared request/ }),
  ]) {
    await control.scrollIntoViewIfNeeded()
    await expect(control).toBeInViewport({ ratio: 0.5 })
    await expect(sections.getByRole('tab', { name: 'Body' })).toBeInViewport({ ratio: 1 })
  }
})

test('at 200 % zoom a failure is read whole, with what can be done', async ({ window }) => {
  await window.setViewportSize({ width: 640, height: 400 })
  const editor = new EditorPage(window)
  await editor.url.fill('http://127.0.0.1:9/closed')
  await editor.send.click()
  const { alert } = new ResponsePage(window)

  await expect(alert.getByRole('button', { name: 'Try again' })).toBeInViewport({ ratio: 1 })
  await expect(alert).toBeInViewport({ ratio: 1 })
})

test('each layout remembers where its divider stood, over a restart too', async ({ window, host }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/divided')
  const divider = window.getByRole('separator', { name: 'Resize the editor' })
  const share = async (): Promise<number> => Number(await divider.getAttribute('aria-valuenow'))
  const keptLayout = async (): Promise<string | undefined> =>
    /"layout": *"(\w+)"/.exec(await readFile(join(host.dataDir, 'settings.json'), 'utf8').catch(() => ''))?.[1]
  await divider.focus()
  await window.keyboard.press('ArrowLeft')
  await expect.poll(share).toBeLessThan(50)
  const beside = await share()

  await window.keyboard.press('Control+j')
  await expect(divider).toHaveAttribute('aria-orientation', 'horizontal')
  await expect.poll(share).toBe(50)
  await expect.poll(keptLayout).toBe('below')
  await divider.focus()
  await window.keyboard.press('ArrowDown')
  await expect.poll(share).toBeGreaterThan(50)
  const below = await share()
  await window.keyboard.press('Control+j')
  await expect.poll(share).toBe(beside)
  await expect.poll(keptLayout).not.toBe('below')
  await window.keyboard.press('Control+j')
  await expect.poll(share).toBe(below)
  // The layout is a setting, the share a part of the window's journal: each is on disk in its own time.
  await expect.poll(keptLayout).toBe('below')
  await host.journalWritten('"editorShareBelow"')

  const again = await host.restart()
  await expect(again.getByRole('separator', { name: 'Resize the editor' })).toHaveAttribute('aria-valuenow', String(below))
})
