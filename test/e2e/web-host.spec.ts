// What only a window in a browser goes through: it outlives its host.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { EnvironmentsPage } from './pages/environments.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

const LOST = /kept in this browser/

test('a window whose host is killed goes on by itself, with what was typed meanwhile', async ({ window, host }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('{{$echo}}/get?typed=before')
  await host.journalWritten('typed=before')

  await host.die()
  // The side bar says the same where the host went while it read the collections.
  await expect(window.getByRole('alert').filter({ hasText: LOST }).first()).toBeVisible()
  await editor.url.fill('{{$echo}}/get?typed=while-dead')
  await host.comeBack()

  await expect(window.getByRole('alert').filter({ hasText: LOST })).toHaveCount(0)
  await expect(editor.url).toHaveValue('{{$echo}}/get?typed=while-dead')
  await host.journalWritten('typed=while-dead')
  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200 OK/)
  await window.reload()
  await expect(editor.url).toHaveValue('{{$echo}}/get?typed=while-dead')
})

test('what was typed while the host was dead is there after a reload, also of a page that never reached it again', async ({
  window,
  host,
}) => {
  const editor = new EditorPage(window)
  let isAsleep = false
  await window.routeWebSocket(/\/ws/, (socket) => void (isAsleep ? socket.close() : socket.connectToServer()))
  await window.reload()
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/before')
  await host.journalWritten('http://127.0.0.1:9/before')
  await host.die()
  await editor.url.fill('http://127.0.0.1:9/typed-while-dead')
  await expect(window.getByRole('alert').filter({ hasText: LOST })).toBeVisible()
  await expect.poll(() => window.evaluate(() => Object.values(localStorage).join())).toContain('typed-while-dead')

  isAsleep = true
  await host.comeBack()
  const asked = window.waitForEvent('dialog').then(async (dialog) => {
    const type = dialog.type()
    isAsleep = false
    await dialog.accept()
    return type
  })
  await window.reload()

  await expect(editor.url).toHaveValue('http://127.0.0.1:9/typed-while-dead')
  await host.journalWritten('typed-while-dead')
  expect(await asked).toBe('beforeunload')
  await expect.poll(() => window.evaluate(() => Object.values(localStorage).join())).not.toContain('typed-while-dead')
})

test('a tab of a page whose host died before it told of the other tabs is in front after a reload', async ({ window, host }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/earlier')
  await host.journalWritten('http://127.0.0.1:9/earlier')
  let isHeld = true
  await window.routeWebSocket(/\/ws/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (!isHeld || !String(message).includes('"drafts.load"')) server.send(message)
    })
  })
  await window.reload()
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/early')
  await host.journalWritten('http://127.0.0.1:9/early"')
  await host.die()
  await expect(window.getByRole('alert').filter({ hasText: LOST })).toBeVisible()

  isHeld = false
  await host.comeBack()
  await window.reload()

  await expect(editor.url).toHaveValue('http://127.0.0.1:9/early')
  await expect(window.getByRole('tab', { name: /earlier/ })).toBeVisible()
})

test('what is typed into a secret while its value is being read is what stands there', async ({ window }) => {
  const environments = new EnvironmentsPage(window)
  const held: (() => void)[] = []
  await window.routeWebSocket(/\/ws/, (socket) => {
    const host = socket.connectToServer()
    socket.onMessage((message) => {
      if (String(message).includes('"secret.read"')) held.push(() => host.send(message))
      else host.send(message)
    })
  })
  await window.reload()
  await environments.show()
  await environments.create('dev')
  await environments.name(0).fill('token')
  await environments.row(0).getByRole('combobox', { name: 'Kind' }).selectOption('secret')
  await environments.value(0).fill('before')
  await environments.save.click()
  await expect(environments.unsaved).toBeHidden()
  await environments.create('other')
  await environments.open('dev')

  await environments.row(0).getByRole('button', { name: 'Reveal the secret' }).click()
  await expect.poll(() => held.length).toBe(1)
  await environments.value(0).fill('after')
  held.forEach((send) => send())

  await expect(environments.row(0).getByRole('button', { name: 'Hide the secret' })).toBeVisible()
  await expect(environments.value(0)).toHaveValue('after')
})

const unwritable = test.extend({
  // A folder below a file, which not even root can make.
  dataDir: async ({ dataDir }, use) => {
    await writeFile(join(dataDir, 'file'), '')
    await use(join(dataDir, 'file', 'data'))
  },
})

unwritable('a data folder that cannot be written is told of once, and Save says why it cannot', async ({ window, host }) => {
  const editor = new EditorPage(window)
  const banner = window.getByRole('alert').filter({ hasText: `The data folder ${host.dataDir} cannot be written` })
  await expect(banner).toContainText('--data-dir')
  await editor.newRequest()
  await editor.url.fill('{{$echo}}/get?typed')
  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200 OK/)
  await expect(window.getByRole('alert')).toHaveCount(1)

  await window.keyboard.press('ControlOrMeta+S')

  const dialog = window.getByRole('dialog', { name: 'Save request' })
  await expect(dialog).toContainText('a part of the path is a file, not a folder')
  await dialog.getByRole('button', { name: 'Create collection' }).click()
  // It stands behind the dialog, which says the same.
  const notice = window.getByRole('region', { name: 'Notices', includeHidden: true }).getByRole('alert', { includeHidden: true })
  await expect(notice).toContainText(/could not be written: a part of the path is a file/)
  await dialog.getByRole('button', { name: 'Create collection' }).click()
  await expect(notice).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await window.reload()
  await expect(editor.url).toHaveValue('{{$echo}}/get?typed')
})

test('two windows on one collection see each other’s changes, and both save', async ({ window, host, context, app }) => {
  const other = await context.newPage()
  await other.goto(app.current.url)
  const [here, there] = [new EditorPage(window), new EditorPage(other)]
  await new SidebarPage(window).open('Put')
  await new SidebarPage(other).open('Put')

  await here.url.fill('http://127.0.0.1:9/first')
  await here.save.click()
  await expect(there.url).toHaveValue('http://127.0.0.1:9/first')
  await there.url.fill('http://127.0.0.1:9/second')
  await there.save.click()

  await expect(here.url).toHaveValue('http://127.0.0.1:9/second')
  const file = join(host.dataDir, 'collections', 'My requests', 'Welcome', 'Put.yml')
  await expect.poll(() => readFile(file, 'utf8')).toContain('/second')
})

test('a window asks its host before the rest of it has come', async ({ window }) => {
  const reached = window.waitForEvent('websocket')
  let held = 0
  await window.route(/\/first-[^/]*\.js$/, async (route) => {
    held += 1
    await reached
    await route.continue()
  })

  await window.reload()

  await expect(window.getByRole('tree', { name: 'Collections' })).toBeVisible()
  expect(held).toBe(1)
})
