import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { SidebarPage } from './pages/sidebar.ts'

test('the settings open in their first field, and one Esc closes them', async ({ window }) => {
  await expect(window.getByRole('tree', { name: 'Collections' })).toBeVisible()
  await window.keyboard.press('ControlOrMeta+,')

  const dialog = window.getByRole('dialog', { name: 'Settings' })
  await expect(dialog.getByRole('searchbox', { name: 'Search settings' })).toBeFocused()
  await expect(window.getByRole('tooltip')).toHaveCount(0)
  await window.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('one Esc closes a dialog whose cross shows its tooltip', async ({ window }) => {
  await expect(window.getByRole('tree', { name: 'Collections' })).toBeVisible()
  await window.keyboard.press('ControlOrMeta+,')
  const dialog = window.getByRole('dialog', { name: 'Settings' })
  await expect(dialog.getByRole('searchbox', { name: 'Search settings' })).toBeFocused()
  await window.keyboard.press('Shift+Tab')
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused()
  await expect(window.getByRole('tooltip')).toBeVisible()

  await window.keyboard.press('Escape')

  await expect(dialog).toBeHidden()
  await expect(window.getByRole('tooltip')).toHaveCount(0)
})

test('what is typed before the palette is there is typed into it, and chosen with Enter; not into the address', async ({ window }) => {
  let letGo = (): void => undefined
  const isLetGo = new Promise<void>((resolve) => (letGo = resolve))
  await window.route(/\/assets\/command-palette-[^/]+\.js$/, async (route) => {
    await isLetGo
    await route.continue()
  })
  await window.reload()
  const editor = new EditorPage(window)
  await editor.url.fill('http://127.0.0.1:9/typed')
  await editor.url.press('End')
  const palette = window.getByRole('dialog', { name: 'Command palette' })

  await window.keyboard.press('Control+k')
  await window.keyboard.type('go to hx')
  await window.keyboard.press('Backspace')
  letGo()
  await expect(palette.getByRole('combobox')).toHaveValue('go to h')
  await window.keyboard.type('ead')
  await window.keyboard.press('Enter')

  await expect(window.getByRole('tab', { name: 'Headers', exact: true })).toHaveAttribute('aria-selected', 'true')
  await expect(palette).toBeHidden()
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/typed')
})

test('what is typed before the manual is there is looked for in it', async ({ window }) => {
  let letGo = (): void => undefined
  const isLetGo = new Promise<void>((resolve) => (letGo = resolve))
  await window.route(/\/assets\/manual-[^/]+\.js$/, async (route) => {
    await isLetGo
    await route.continue()
  })
  const editor = new EditorPage(window)
  await editor.url.fill('http://127.0.0.1:9/typed')
  await window.keyboard.press('F1')
  await window.keyboard.type('read time')
  letGo()
  const search = window.getByRole('searchbox', { name: 'Search the manual' })

  await expect(search).toHaveValue('read time')
  await window.keyboard.type('out')
  await expect(search).toHaveValue('read timeout')
  await window.getByRole('tab', { name: '/typed' }).click()
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/typed')
})

test('Enter is held for the palette that is still to come; while it does not come, keys are the window’s again', async ({ window }) => {
  const waiting: (() => void)[] = []
  await window.route(/\/assets\/command-palette-[^/]+\.js$/, async (route) => {
    await new Promise<void>((resolve) => waiting.push(resolve))
    await route.continue()
  })
  await window.reload()
  const editor = new EditorPage(window)
  const tabs = window.getByRole('tablist', { name: 'Open requests' }).getByRole('tab')
  await editor.url.focus()
  await window.keyboard.press('Control+k')
  await window.keyboard.type('new request')
  await window.keyboard.press('Enter')
  waiting.forEach((go) => go())
  await expect(tabs).toHaveCount(2)
  await expect(window.getByRole('dialog')).toBeHidden()

  waiting.length = 0
  await window.reload()
  await expect(tabs).toHaveCount(2)
  await editor.url.focus()
  await window.keyboard.press('Control+k')
  await expect(async () => {
    await window.keyboard.type('x')
    await expect(editor.url).toHaveValue(/^x/, { timeout: 100 })
  }).toPass()
  waiting.forEach((go) => go())
  await expect(window.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox')).toHaveValue('')
})

test('a file that has changed is asked about with the focus in the differences, and one Esc goes back', async ({ window, host }) => {
  const editor = new EditorPage(window)
  const file = join(host.dataDir, 'collections', 'My requests', 'Welcome', 'Put.yml')
  await new SidebarPage(window).open('Put')
  await editor.url.fill('http://127.0.0.1:9/mine')
  await writeFile(file, (await readFile(file, 'utf8')).replace('{{$echo}}/put', '{{$echo}}/theirs'))
  await window.keyboard.press('ControlOrMeta+S')

  const dialog = window.getByRole('dialog', { name: 'The file has changed' })
  await expect(dialog.getByRole('rowgroup')).toBeFocused()
  await expect(window.getByRole('tooltip')).toHaveCount(0)
  await window.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(editor.url).toBeFocused()
})

test('a dialog without a field has the focus itself', async ({ window }) => {
  await window.getByRole('button', { name: 'Collections menu' }).click()
  await window.getByRole('menuitem', { name: 'Deleted items…' }).click()

  const dialog = window.getByRole('dialog', { name: 'Deleted items' })
  await expect(dialog).toBeFocused()
  await window.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('a key is recorded in the settings with what is in its way, and another window follows, also what a hand writes', async ({
  window,
  host,
  context,
}) => {
  await expect(window.getByRole('tree', { name: 'Collections' })).toBeVisible()
  const other = await context.newPage()
  await other.goto(window.url())
  await expect(other.getByRole('tree', { name: 'Collections' })).toBeVisible()
  await window.keyboard.press('ControlOrMeta+?')
  const dialog = window.getByRole('dialog', { name: 'Settings' })

  await dialog.getByRole('button', { name: 'Change the key of Send', exact: true }).click()
  await window.keyboard.press('ControlOrMeta+s')
  await expect(dialog.getByText('Ctrl+S is the key of “Save”.')).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Change the key of Settings', exact: true }).click()
  await window.keyboard.press('F8')
  await expect(dialog.getByRole('listitem').filter({ hasText: 'F8' })).toContainText('Settings')

  await expect(async () => {
    await other.keyboard.press('F8')
    await expect(other.getByRole('dialog', { name: 'Settings' })).toBeVisible({ timeout: 500 })
  }).toPass()
  const file = join(host.dataDir, 'settings.json')
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ keys: { 'settings.open': ['F8'] } })
  await writeFile(file, '{ "theme": "dark" }')
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark')
  await writeFile(file, '{ "theme": ')
  await expect(other.getByRole('alert').filter({ hasText: 'settings.json cannot be understood' }).first()).toBeVisible()
  await other.getByRole('combobox', { name: 'Theme' }).selectOption('light')
  await expect(other.getByText('The settings were not saved').first()).toBeVisible()
  expect(await readFile(file, 'utf8')).toBe('{ "theme": ')
  await other.close()
})
