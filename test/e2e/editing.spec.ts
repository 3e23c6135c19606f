import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

test.describe('the focus', () => {
  test('a click on the method takes its text to be typed over; the next click places the cursor', async ({ window }) => {
    const editor = new EditorPage(window)
    await editor.newRequest()

    await editor.method.click()
    await window.keyboard.type('post')
    await expect(editor.method).toHaveValue('POST')

    await editor.method.click()
    await window.keyboard.type('x')
    await expect(editor.method).toHaveValue(/X/)
    await expect(editor.method).not.toHaveValue('X')
  })

  test('a new request begins with its address, wherever it was asked for', async ({ window }) => {
    const editor = new EditorPage(window)
    const sidebar = new SidebarPage(window)
    await expect(editor.url).toBeFocused()

    await window.getByRole('searchbox', { name: 'Filter requests' }).click()
    await window.keyboard.press('Control+Alt+N')
    await expect(editor.url).toBeFocused()

    await editor.tab('').first().click()
    await window.keyboard.press('Control+Alt+N')
    await expect(editor.url).toBeFocused()

    await sidebar.open('Patch')
    await window.getByRole('button', { name: 'New request' }).first().click()
    await expect(editor.url).toBeFocused()

    await sidebar.item('Patch').click()
    await window.keyboard.press('ControlOrMeta+K')
    await window.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill('New request')
    await window.keyboard.press('Enter')
    await expect(editor.url).toBeFocused()
    await expect(editor.url).toHaveValue('')
  })

  test('Override of an added header goes to its value', async ({ window }) => {
    const editor = new EditorPage(window)
    await editor.newRequest()
    await editor.url.fill('{{$echo}}/get')
    await editor.section('Headers')
    await window.getByRole('button', { name: 'Override User-Agent' }).click()

    const value = editor.table('Headers').getByRole('textbox', { name: 'Value', exact: true }).first()
    await expect(value).toBeFocused()
    await window.keyboard.type('mine/1')
    await expect(value).toHaveValue('mine/1')
  })

  test('a problem under Prepared request leads to its field', async ({ window }) => {
    const editor = new EditorPage(window)
    await editor.newRequest()
    await editor.url.fill('{{$echo}}/users/:id?q={{nowhere}}')
    await editor.section('Headers')
    await editor.addRow('Headers', 'X-One', '1')
    const name = editor.table('Headers').getByRole('textbox', { name: 'Name', exact: true }).nth(1)
    await name.fill('Bad Name')
    await expect(editor.prepared.getByRole('button', { name: /InvalidHeader/ })).toBeVisible()
    // In the table it is said once the cell is left, and not while it is being typed.
    await expect(name).not.toHaveAttribute('aria-invalid')
    await name.press('Tab')
    await expect(name).toHaveAttribute('aria-invalid', 'true')
    await editor.section('Docs')

    await editor.prepared.getByRole('button', { name: /InvalidHeader/ }).click()
    await expect(name).toBeFocused()

    await editor.prepared.getByRole('button', { name: /nowhere/ }).click()
    await expect(editor.url).toBeFocused()
  })
})

test('a timeout that is no number stays where it was typed and keeps the request from being sent', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const timeout = window.getByRole('spinbutton', { name: 'Read timeout' })
  await editor.newRequest()
  await editor.url.fill('{{$echo}}/get')
  await editor.section('Options')
  await timeout.fill('abc')
  await editor.section('Params')
  await editor.newRequest()
  await editor.tab('').nth(-2).click()

  await editor.section('Options')
  await expect(timeout).toHaveValue('abc')
  await expect(window.getByText('"abc" is not a number of seconds.').first()).toBeVisible()
  await editor.send.click()
  await expect(response.alert).toContainText('Read timeout')

  await timeout.fill('5')
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
})

test('a token that was pasted with its prefix can be rid of it', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('{{$echo}}/get')
  await editor.section('Auth')
  await window.getByRole('combobox', { name: 'Auth type' }).selectOption({ label: 'Bearer' })
  const token = window.getByRole('textbox', { name: 'Token', exact: true })
  await token.fill('Bearer abc.def')

  await window.getByRole('button', { name: 'Remove the prefix' }).click()

  await expect(token).toHaveValue('abc.def')
  await expect(window.getByRole('button', { name: 'Remove the prefix' })).toHaveCount(0)
})

test('a URL pasted in quotes loses them, and one undo brings them back', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.focus()

  await editor.url.evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', '"https://h.test/a?b=1"')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })

  await expect(editor.url).toHaveValue('https://h.test/a?b=1')
  await window.keyboard.press('ControlOrMeta+Z')
  await expect(editor.url).toHaveValue('"https://h.test/a?b=1"')
  await window.keyboard.press('ControlOrMeta+Z')
  await expect(editor.url).toHaveValue('')
})

test('undo from outside the editor shows what it changed; in the answer nothing is undone', async ({ window, serve }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill(await serve((_request, answer) => void answer.end('ok')))
  await editor.section('Headers')
  await editor.addRow('Headers', 'X-One', '1')
  const value = editor.table('Headers').getByRole('textbox', { name: 'Value', exact: true }).first()
  await expect(value).toHaveValue('1')
  await editor.section('Docs')
  await editor.send.click()
  await expect(response.status).toHaveText(/200/)
  await response.region.getByRole('tab', { name: 'Timing', exact: true }).focus()

  await window.keyboard.press('ControlOrMeta+Z')
  await expect(editor.prepared).toContainText('X-One: 1')
  await editor.send.focus()
  await window.keyboard.press('ControlOrMeta+Z')

  await expect(value).toBeFocused()
  await expect(value).toHaveValue('')
})

test('the editor that is made ready where nobody sees it goes when one is opened', async ({ window }) => {
  // Nothing is idle until the test says so.
  await window.addInitScript(() => {
    const held: IdleRequestCallback[] = []
    Object.assign(globalThis, {
      requestIdleCallback: (work: IdleRequestCallback) => held.push(work),
      cancelIdleCallback: () => undefined,
      beIdle: () => held.splice(0).forEach((work) => work({ didTimeout: false, timeRemaining: () => 50 })),
    })
  })
  await window.reload()
  const editor = new EditorPage(window)
  await editor.newRequest()
  const editors = window.locator('.monaco-editor')
  const made = async (): Promise<number> => {
    await window.evaluate(() => (Reflect.get(globalThis, 'beIdle') as () => void)())
    return editors.count()
  }
  await expect.poll(made).toBe(1)
  await expect(editors).toBeHidden()

  await editor.bodyType('JSON')

  await expect(window.getByRole('textbox', { name: 'Body text' }).first()).toBeVisible()
  await expect(editors).toHaveCount(1)
  await expect(editors).toBeVisible()
})

test('an undo that takes the field with it leaves the keyboard at its section', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.bodyType('JSON')
  await expect(window.locator('.monaco-editor')).toBeVisible()
  await window.getByRole('textbox', { name: 'Body text' }).first().focus()

  await window.keyboard.press('ControlOrMeta+Z')

  await expect(window.getByRole('combobox', { name: 'Body type' })).toHaveValue('none')
  await expect(window.getByRole('tab', { name: 'Body', exact: true })).toBeFocused()
})

test('params are typed as one text, in step with the address, and undo goes through it', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/x?a=1')
  await window.getByRole('button', { name: 'Edit as text' }).click()

  const text = window.getByRole('textbox', { name: 'Query params as text' })
  await expect(text).toBeFocused()
  await text.fill('a: 1\n# off: 2\nb=3&c=4')
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/x?a=1&b=3&c=4')
  await window.getByRole('button', { name: 'Edit as rows' }).click()

  const rows = window.getByRole('table', { name: 'Query params' }).getByRole('row')
  await expect(rows.getByRole('textbox', { name: 'Name' })).toHaveCount(5)
  await window.keyboard.press('ControlOrMeta+z')
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/x?a=1')
})
