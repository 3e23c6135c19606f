import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

test('build a request, send it, read the answer, keep it, find it again', async ({ window, host }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const sidebar = new SidebarPage(window)

  await editor.newRequest()
  await editor.setMethod('POST')
  await editor.url.fill('{{$echo}}/post?page=1')
  await editor.section('Headers')
  await editor.addRow('Headers', 'X-Trace', 'abc')
  await editor.bodyType('JSON')
  await editor.typeBody('{"name": "Jane", "age": 17}')
  await expect(editor.prepared).toContainText('POST /post?page=1 HTTP/1.1')
  await expect(editor.prepared).toContainText('X-Trace: abc')

  await editor.send.click()

  await expect(response.status).toHaveText(/200 OK/)
  await expect(response.region).toContainText('"X-Trace": "abc"')
  await expect(response.region).toContainText('"name": "Jane"')

  await editor.save.click()
  await sidebar.saveAs('Create user')
  await expect(sidebar.item('Create user')).toBeVisible()
  await expect(editor.tab('Create user')).toBeVisible()

  await window.reload()
  await expect(editor.tab('Create user')).toBeVisible()
  await expect(editor.url).toHaveValue('{{$echo}}/post?page=1')

  const again = await host.restart()
  const reopened = new EditorPage(again)
  await expect(reopened.tab('Create user')).toBeVisible()
  await expect(reopened.url).toHaveValue('{{$echo}}/post?page=1')
  await reopened.send.click()
  await expect(new ResponsePage(again).status).toHaveText(/200 OK/)
})

test('the Params table and the URL follow each other without re-encoding', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()

  await editor.url.fill('http://127.0.0.1:9/p?a=x%20y&b=1')
  const table = editor.table('Query params')
  await expect(table.getByRole('textbox', { name: 'Value', exact: true }).first()).toHaveValue('x y')

  await table.getByRole('textbox', { name: 'Value', exact: true }).nth(1).fill('2 3')
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/p?a=x%20y&b=2+3')

  await editor.addRow('Query params', 'c', 'é')
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/p?a=x%20y&b=2+3&c=%C3%A9')

  await table.getByRole('checkbox', { name: 'Enabled' }).first().click()
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/p?b=2+3&c=%C3%A9')
})

test('undo goes through fields, tab switches and Send', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill('{{$echo}}/get')
  await editor.section('Headers')
  await editor.addRow('Headers', 'X-One', '1')
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/other')
  await editor.tab('GET /get').click()
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)

  await editor.url.focus()
  await window.keyboard.press('ControlOrMeta+Z')
  await expect(editor.table('Headers').getByRole('textbox', { name: 'Value', exact: true }).first()).toHaveValue('')
  await window.keyboard.press('ControlOrMeta+Shift+Z')
  await expect(editor.table('Headers').getByRole('textbox', { name: 'Value', exact: true }).first()).toHaveValue('1')
})

test('what was typed is back after the host is killed', async ({ window, host }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/never-saved')
  await editor.bodyType('Text')
  await editor.typeBody('a body that was never saved')
  await host.journalWritten('a body that was never saved')

  const again = await host.kill9()

  const reopened = new EditorPage(again)
  await expect(reopened.url).toHaveValue('http://127.0.0.1:9/never-saved')
  await reopened.section('Body')
  await expect(again.getByText('a body that was never saved').first()).toBeVisible()
})
