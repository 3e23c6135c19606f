import { readFile, readdir, writeFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { SidebarPage } from './pages/sidebar.ts'

const REQUEST = `# kept as it is
info:
  name: List users
  type: http
  seq: 1
http:
  method: GET
  url: "http://127.0.0.1:9/users?page=1"
  params:
    - name: page
      value: "1"
      type: query
unknown: [kept, too]
`

/** A collection as Bruno 3 writes one, with a file that does not parse. */
async function brunoFolder(dataDir: string): Promise<string> {
  const folder = join(dataDir, '..', `bruno-${Math.random().toString(36).slice(2)}`)
  await mkdir(join(folder, 'users'), { recursive: true })
  await writeFile(join(folder, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo:\n  name: Shop API\n')
  await writeFile(join(folder, 'users', 'folder.yml'), 'info:\n  name: users\n  type: folder\n  seq: 1\n')
  await writeFile(join(folder, 'users', 'List users.yml'), REQUEST)
  await writeFile(join(folder, 'users', 'Torn.yml'), 'info:\n  name: [unclosed\n')
  return folder
}

test.describe('a collection folder made elsewhere', () => {
  test('opens as it is, keeps what it does not know, and shows a file that does not parse', async ({ window, host }) => {
    const sidebar = new SidebarPage(window)
    const editor = new EditorPage(window)
    const folder = await brunoFolder(host.dataDir)
    await window.getByRole('button', { name: 'Collections menu' }).click()
    await window.getByRole('menuitem', { name: 'Open collection folder' }).click()
    await window.getByRole('dialog').getByRole('textbox').fill(folder)
    await window.getByRole('dialog').getByRole('textbox').press('Enter')

    await sidebar.item('List users').click()
    await expect(editor.url).toHaveValue('http://127.0.0.1:9/users?page=1')
    await editor.save.click()
    expect(await readFile(join(folder, 'users', 'List users.yml'), 'utf8')).toBe(REQUEST)

    await editor.setMethod('POST')
    await editor.save.click()
    await expect.poll(() => readFile(join(folder, 'users', 'List users.yml'), 'utf8')).toBe(REQUEST.replace('GET', 'POST'))

    await sidebar.tree.getByRole('treeitem', { name: 'Torn' }).click()
    const text = window.getByRole('textbox', { name: /Text of/ })
    await expect(text).toHaveValue('info:\n  name: [unclosed\n')
    await expect(window.getByRole('alert').filter({ hasText: 'Unreadable' })).toBeVisible()
    await text.fill('info:\n  name: Mended\n  type: http\nhttp:\n  method: GET\n  url: http://127.0.0.1:9/\n')
    await editor.save.click()
    await expect(sidebar.item('Mended')).toBeVisible()
  })

  test('a wrong path stays in the dialog to be mended, with the reason beside it', async ({ window, host }) => {
    const folder = await brunoFolder(host.dataDir)
    await window.getByRole('button', { name: 'Collections menu' }).click()
    await window.getByRole('menuitem', { name: 'Open collection folder' }).click()
    const dialog = window.getByRole('dialog', { name: 'Open a collection' })
    const field = dialog.getByRole('textbox', { name: 'Folder' })

    await field.fill(`${folder}-gone`)
    await field.press('Enter')

    await expect(dialog.getByRole('alert')).toContainText(`${folder}-gone`)
    await expect(field).toHaveValue(`${folder}-gone`)
    await expect(field).toBeFocused()
    await field.fill(folder)
    await expect(dialog.getByRole('alert')).toBeHidden()
    await field.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(new SidebarPage(window).item('List users')).toBeVisible()
  })

  test('a change on disk while there are edits asks, with both sides', async ({ window, host }) => {
    const sidebar = new SidebarPage(window)
    const editor = new EditorPage(window)
    const file = join(host.dataDir, 'collections', 'My requests', 'Welcome', 'Put.yml')
    await sidebar.open('Put')
    await expect(editor.url).toHaveValue('{{$echo}}/put')
    await editor.url.fill('http://127.0.0.1:9/mine')
    const theirs = (await readFile(file, 'utf8')).replace('{{$echo}}/put', '{{$echo}}/theirs')
    await writeFile(file, theirs)

    await editor.save.click()

    const dialog = window.getByRole('dialog')
    await expect(dialog).toContainText('/theirs')
    await expect(dialog).toContainText('/mine')
    expect(await readFile(file, 'utf8')).toBe(theirs)
    await dialog.getByRole('button', { name: 'Overwrite' }).click()
    await expect.poll(() => readFile(file, 'utf8')).toContain('/mine')
  })
})

test.describe('the tree', () => {
  test('renames, duplicates, deletes and brings back', async ({ window, host }) => {
    const sidebar = new SidebarPage(window)
    const folder = join(host.dataDir, 'collections', 'My requests', 'Welcome')
    await sidebar.open('Patch')
    await window.keyboard.press('F2')
    await window.keyboard.press('ControlOrMeta+A')
    await window.keyboard.insertText('Change a thing')
    await window.keyboard.press('Enter')
    await expect(sidebar.item('Change a thing')).toBeVisible()
    await expect(window.getByRole('tablist', { name: 'Open requests' }).getByRole('tab', { name: 'Change a thing' })).toBeVisible()

    await window.keyboard.press('ControlOrMeta+D')
    await expect(sidebar.item('Change a thing copy')).toBeVisible()

    await sidebar.item('Change a thing copy').click()
    await window.keyboard.press('Delete')
    await expect(sidebar.item('Change a thing copy')).toHaveCount(0)
    await window.getByRole('button', { name: 'Undo' }).click()
    await expect(sidebar.item('Change a thing copy')).toBeVisible()
    expect((await readdir(folder)).filter((name) => name.includes('Change a thing')).length).toBe(2)
  })

  test('several items are chosen, and duplicated, moved, deleted and run together; one undo each', async ({ window }) => {
    const sidebar = new SidebarPage(window)
    const { tree } = sidebar
    const names = (): Promise<readonly string[]> =>
      tree.getByRole('treeitem').evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? ''))
    await sidebar.item('Put').click()
    const before = await names()
    await sidebar.item('Delete').click({ modifiers: ['ControlOrMeta'] })
    await sidebar.item('Picture').click({ modifiers: ['ControlOrMeta'] })
    await expect(window.getByRole('status', { name: 'Chosen items' })).toHaveText('3 chosen')
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveCount(3)
    await expect(tree).toHaveAttribute('aria-multiselectable', 'true')

    await tree.focus()
    await window.keyboard.press('Control+D')
    await expect.poll(async () => (await names()).length).toBe(before.length + 3)
    await window.keyboard.press('Control+Z')
    await expect.poll(names).toEqual(before)

    await sidebar.item('Put').click()
    await window.keyboard.press('Shift+ArrowDown')
    await window.keyboard.press('Shift+ArrowDown')
    await expect(window.getByRole('status', { name: 'Chosen items' })).toHaveText('3 chosen')
    await sidebar.item('Patch').dragTo(sidebar.item('Get with a query'), { targetPosition: { x: 80, y: 2 } })
    const rest = before.slice(2).filter((name) => !['Put', 'Patch', 'Delete'].includes(name))
    await expect.poll(names).toEqual([...before.slice(0, 2), 'Put', 'Patch', 'Delete', ...rest])
    await tree.focus()
    await window.keyboard.press('Control+Z')
    await expect.poll(names).toEqual(before)

    await sidebar.item('Put').click()
    await sidebar.item('Delete').click({ modifiers: ['Shift'] })
    await sidebar.item('Patch').click({ button: 'right' })
    await window.getByRole('menuitem', { name: 'Export 3 items…' }).click()
    const exported = window.getByRole('dialog', { name: 'Export 3 items' })
    await exported.getByRole('combobox', { name: 'Format' }).selectOption('Postman collection 2.1')
    await expect(exported.locator('.monaco-editor')).toContainText('postman')
    const download = window.waitForEvent('download')
    await exported.getByRole('button', { name: 'Save file' }).click()
    const { item: folders } = JSON.parse(await readFile(await (await download).path(), 'utf8')) as { item: { item: { name: string }[] }[] }
    expect(folders.map(({ item }) => item.map(({ name }) => name))).toEqual([['Put', 'Patch', 'Delete']])

    await tree.focus()
    await window.keyboard.press('Delete')
    await expect.poll(async () => (await names()).length).toBe(before.length - 3)
    await window.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(names).toEqual(before)

    await sidebar.item('Put').click()
    await sidebar.item('Patch').click({ modifiers: ['Shift'] })
    await window.getByRole('button', { name: 'Actions of the chosen items' }).click()
    await window.getByRole('menuitem', { name: 'Run 2 items…' }).click()
    await expect(window.getByRole('region', { name: 'Runner' }).getByText('2 requests in all')).toBeVisible()
    await tree.focus()
    await window.keyboard.press('Escape')
    await expect(window.getByRole('status', { name: 'Chosen items' })).toHaveText('')
  })

  test('moves a request by dragging it', async ({ window }) => {
    const sidebar = new SidebarPage(window)
    const names = (): Promise<string[]> =>
      sidebar.tree.getByRole('treeitem').evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? ''))
    await sidebar.item('Put').waitFor()
    const before = await names()
    const from = await sidebar.item('Put').boundingBox()
    const to = await sidebar.item('Post JSON').boundingBox()
    if (!from || !to) throw new Error('The rows are not on the screen.')

    await window.mouse.move(from.x + 80, from.y + from.height / 2)
    await window.mouse.down()
    await window.mouse.move(from.x + 80, from.y - 10, { steps: 4 })
    await window.mouse.move(to.x + 80, to.y + 3, { steps: 8 })
    await window.mouse.up()

    await expect.poll(async () => (await names()).indexOf('Put')).toBe(before.indexOf('Post JSON'))
  })

  test('a new folder takes a saved request', async ({ window }) => {
    const sidebar = new SidebarPage(window)
    const editor = new EditorPage(window)
    await editor.newRequest()
    await editor.url.fill('{{$echo}}/get')
    await window.keyboard.press('ControlOrMeta+S')
    const dialog = window.getByRole('dialog', { name: 'Save request' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('In Welcome')
    const folders = dialog.getByRole('combobox', { name: 'Folder' })
    await expect(folders.locator('option', { hasText: 'Welcome' })).toHaveCount(1)
    const welcome = await folders
      .locator('option')
      .evaluateAll((options) => options.findIndex((option) => option.textContent?.includes('Welcome')))
    await folders.selectOption({ index: welcome })
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()

    await expect(sidebar.item('In Welcome')).toHaveAttribute('aria-level', '3')
  })
})

test('of many notices the two newest are shown, the others behind a button', async ({ window }) => {
  const sidebar = new SidebarPage(window)
  const notices = window.getByRole('region', { name: 'Notices' })
  const names = ['First', 'Second', 'Third']
  for (const name of names) {
    await window.getByRole('button', { name: 'Collections menu' }).click()
    await window.getByRole('menuitem', { name: 'New collection' }).click()
    await window.getByRole('dialog').getByRole('textbox').fill(name)
    await window.getByRole('dialog').getByRole('textbox').press('Enter')
    await expect(sidebar.item(name)).toBeVisible()
  }
  for (const name of names) {
    await sidebar.item(name).click({ button: 'right' })
    await window.getByRole('menuitem', { name: 'Close collection' }).click()
    await expect(notices.getByText(`Closed “${name}”`)).toBeVisible()
  }

  await expect(notices.getByRole('status')).toHaveCount(2)
  await expect(notices.getByText('Closed “First”')).toBeHidden()
  await notices.getByRole('button', { name: '1 earlier notice' }).click()

  // It was read out when it came.
  const first = notices.getByRole('group').filter({ hasText: 'Closed “First”' })
  await first.getByRole('button', { name: 'Undo' }).click()
  await expect(sidebar.item('First')).toBeVisible()
})

test('Ctrl+Z in the tree takes back what was done there, and leaves the edits of the open request', async ({ window }) => {
  const sidebar = new SidebarPage(window)
  const editor = new EditorPage(window)
  await sidebar.open('Put')
  await editor.url.fill('http://127.0.0.1:9/mine')
  await sidebar.tree.focus()
  await window.keyboard.press('G')
  await expect(sidebar.item('Get with a query')).toHaveAttribute('data-cursor', 'true')
  await window.keyboard.press('Delete')
  await expect(sidebar.item('Get with a query')).toBeHidden()

  await window.keyboard.press('ControlOrMeta+Z')

  await expect(sidebar.item('Get with a query')).toBeVisible()
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/mine')
})

test('the first click into a tree that was scrolled opens what is under the pointer', async ({ window, host }) => {
  const folder = await brunoFolder(host.dataDir)
  for (let number = 10; number < 90; number += 1) {
    await writeFile(join(folder, 'users', `Nr ${number}.yml`), REQUEST.replace('List users', `Nr ${number}`))
  }
  await window.getByRole('button', { name: 'Collections menu' }).click()
  await window.getByRole('menuitem', { name: 'Open collection folder' }).click()
  await window.getByRole('dialog').getByRole('textbox').fill(folder)
  await window.getByRole('dialog').getByRole('textbox').press('Enter')
  const sidebar = new SidebarPage(window)
  await sidebar.open('List users')
  // A tree that is drawn anew has had no cursor yet.
  await window.getByRole('tab', { name: 'History' }).click()
  await window.getByRole('tab', { name: 'Collections' }).click()
  await expect(sidebar.item('List users')).toBeVisible()

  await sidebar.tree.hover()
  await window.mouse.wheel(0, 100_000)
  await sidebar.open('Nr 89')

  await expect(sidebar.item('Nr 89')).toHaveAttribute('aria-selected', 'true')
})
