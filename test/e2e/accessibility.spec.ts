/**
 * One walk through every screen of the window, looked at by axe in every look; the main job by the keyboard alone; and
 * that the focus is never lost.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { violationsInEveryLook } from './support/violations.ts'
import { CookiesPage } from './pages/cookies.ts'
import { EditorPage } from './pages/editor.ts'
import { EnvironmentsPage } from './pages/environments.ts'
import { HistoryPage } from './pages/history.ts'
import { ImportPage } from './pages/import.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

test('no screen of a request has a violation that axe can find, in light, dark and high contrast', async ({ window, host, serve }) => {
  test.setTimeout(240_000)
  await window.emulateMedia({ reducedMotion: 'reduce' })
  const look = lookInto(window)
  // Stays in the tree for all that is looked at.
  await writeFile(join(host.dataDir, 'collections', 'My requests', 'broken.yml'), 'info: "no end')
  await requestAndAnswer(window, look)
  await whatGoesWrong(window, look, await serve(() => undefined))
  await window.goto(new URL('/?gallery', window.url()).href)
  await window.getByRole('heading', { name: 'Components' }).waitFor()
  await look('gallery')
})

test('nor has any page, list, menu or dialog', async ({ window }) => {
  test.setTimeout(240_000)
  await window.emulateMedia({ reducedMotion: 'reduce' })
  const look = lookInto(window)
  await new SidebarPage(window).open('Post JSON')
  await new EditorPage(window).send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200 OK/)
  await sideBarViews(window, look)
  await pages(window, look)
  await dialogs(window, look)
})

type Look = (screen: string) => Promise<void>

function lookInto(window: Page): Look {
  return async (screen) => {
    expect.soft(await violationsInEveryLook(window), screen).toEqual([])
  }
}

async function requestAndAnswer(window: Page, look: Look): Promise<void> {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  // A window that is still being filled is no screen.
  await expect(editor.url).toBeVisible()
  await expect(new SidebarPage(window).item('Post JSON')).toBeVisible()
  await look('a new request, nothing sent')
  await new SidebarPage(window).open('Post JSON')
  await expect(editor.url).toHaveValue('{{$echo}}/post')
  await editor.section('Tests')
  await window.getByRole('button', { name: 'Status is 200' }).click()
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  // Two screens at a time: a section of the request beside one of the answer.
  const beside = [
    ['Params', 'Headers'],
    ['Headers', 'Cookies'],
    ['Body', 'Body'],
    ['Auth', 'Redirects'],
    ['Cookies', 'Timing'],
    ['Options', 'Request'],
    ['Tests', 'Tests'],
    ['Scripts', 'Console'],
  ] as const
  for (const [ofRequest, ofAnswer] of beside) {
    await editor.section(ofRequest)
    await response.section(ofAnswer)
    await look(`${ofRequest} beside ${ofAnswer}`)
  }
  // The views of a body, each beside a kind of body to send.
  await response.section('Body')
  for (const [kind, view] of [
    ['Form', 'Raw'],
    ['Multipart', 'Tree'],
    ['GraphQL', 'Hex'],
    ['File', 'Pretty'],
  ] as const) {
    await editor.bodyType(kind)
    await response.view(view)
    await look(`a body of kind ${kind} beside ${view}`)
  }
  await response.region.getByRole('combobox', { name: 'Encoding' }).selectOption('windows-1252')
  await window.getByRole('button', { name: 'How the encoding was found' }).click()
  await expect(window.getByRole('region', { name: 'Encoding evidence' })).toContainText('as you chose')
  await look('what was found of an encoding, and another chosen')
  await window.getByRole('button', { name: 'How the encoding was found' }).click()
  for (const section of ['Docs', 'Variables'] as const) {
    await editor.section(section)
    await look(section)
  }
  for (const kind of ['OAuth 2.0', 'AWS Signature'] as const) {
    await editor.section('Auth')
    await window.getByRole('combobox', { name: 'Auth type' }).selectOption({ label: kind })
    await look(`credentials of kind ${kind}`)
  }
  await secrets(window, look)
  await editor.url.fill('http://127.0.0.1:9/closed')
  await editor.send.click()
  await expect(response.alert).toBeVisible()
  await look('an error')
}

async function secrets(window: Page, look: Look): Promise<void> {
  const editor = new EditorPage(window)
  await window.getByRole('combobox', { name: 'Auth type' }).selectOption({ label: 'Bearer' })
  await window.getByRole('textbox', { name: 'Token', exact: true }).fill('tok-5f3a9c')
  await window.getByRole('button', { name: 'Keep as a secret…' }).click()
  await window.getByRole('dialog', { name: 'Keep as a secret' }).waitFor()
  await look('a secret to be kept')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('textbox', { name: 'Token', exact: true })).toHaveValue('{{token}}')
  await editor.section('Headers')
  await editor.addRow('Headers', 'X-Token', 'tok-5f3a9c')
  await editor.save.click()
  await window.getByRole('dialog', { name: 'A secret would be in the file' }).waitFor()
  await look('a secret in a file')
  await closed(window)
}

/** @param silent the address of a server that never answers */
async function whatGoesWrong(window: Page, look: Look, silent: string): Promise<void> {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill('{{nobody}}/get')
  await expect(editor.prepared).toContainText('nobody')
  await look('a variable without a value')
  await editor.url.fill('{{$echo}}/get')
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  await editor.url.fill(silent)
  await editor.send.click()
  await expect(window.locator('[data-old="true"]')).toBeVisible()
  await window.getByLabel('Filter requests').fill('zzz')
  await expect(window.getByRole('status').filter({ hasText: 'Nothing is named like that.' })).toBeVisible()
  await look('an answer that a new one is waited for over, beside a tree in which nothing is found')
}

async function sideBarViews(window: Page, look: Look): Promise<void> {
  const history = new HistoryPage(window)
  await history.open()
  await expect(history.entries.first()).toBeVisible()
  await history.filters()
  await history.entries.first().click()
  await expect(history.entry).toBeVisible()
  await look('history')
  const views = window.getByRole('tablist', { name: 'Side bar views' })
  await views.getByRole('tab', { name: 'Sessions' }).click()
  await window.getByRole('button', { name: 'Edit sessions…' }).click()
  await expect(window.getByRole('region', { name: /^Session / })).toBeVisible()
  await look('a session')
  await window.getByRole('tablist', { name: 'Session', exact: true }).getByRole('tab', { name: 'Adapters' }).click()
  await window.getByRole('button', { name: 'Mount an adapter' }).click()
  await window.getByRole('textbox', { name: 'URL prefix' }).fill('https://api.example.com')
  await window.getByRole('button', { name: 'Edit https://api.example.com' }).click()
  await look('an adapter of a session, open')
  await window.getByRole('button', { name: 'Discard changes' }).click()
  await views.getByRole('tab', { name: 'Environments' }).click()
  await look('no environments')
  await new EnvironmentsPage(window).create('staging')
  await look('an environment')
  await history.showCollections()
}

async function pages(window: Page, look: Look): Promise<void> {
  const sidebar = new SidebarPage(window)
  await sidebar.item('Welcome').click({ button: 'right' })
  await look('menu of a folder')
  await window.getByRole('menuitem', { name: 'Defaults…' }).click()
  await window.getByRole('tablist', { name: 'Defaults' }).waitFor()
  await look('defaults')
  await sidebar.item('Get with a query').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Run…' }).click()
  const runner = window.getByRole('region', { name: 'Runner', exact: true })
  await look('plan of a run')
  await runner.getByRole('button', { name: 'Start' }).click()
  await expect(runner.getByRole('status', { name: 'Run', exact: true })).toContainText(/Done|Finished|1 of 1/i)
  await runner.getByRole('table', { name: 'Results' }).getByRole('row').nth(1).click()
  await look('results of a run, and one of them')
  await runner.getByRole('tab', { name: 'Charts' }).click()
  await look('charts of a run')
  await runner.getByRole('tab', { name: 'Earlier runs' }).click()
  await look('earlier runs')
  await runner.getByRole('button', { name: 'Start' }).click()
  await expect(runner.getByRole('tab', { name: 'Earlier runs' })).toContainText('2')
  await runner.getByRole('tab', { name: 'Earlier runs' }).click()
  for (const at of [0, 1])
    await runner
      .getByRole('checkbox', { name: /^Compare/ })
      .nth(at)
      .check()
  await runner.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(runner.getByRole('table', { name: 'Comparison of two runs' })).toBeVisible()
  await look('two runs beside each other')
  await sidebar.open('Put')
}

async function dialogs(window: Page, look: Look): Promise<void> {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  const cookies = new CookiesPage(window)
  await cookies.open()
  await cookies.import('example.com\tFALSE\t/\tTRUE\t0\ta\t1')
  await expect(cookies.row('a')).toBeVisible()
  await cookies.button('Edit a').click()
  await look('cookie jar')
  await closed(window)

  const imports = new ImportPage(window)
  await imports.open()
  await imports.text.fill('curl https://example.com -d a=1')
  await expect(imports.found).toBeVisible()
  await look('import')
  await closed(window)

  await sidebar.item('Put').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Export…' }).click()
  await look('export')
  await closed(window)

  await window.keyboard.press('Control+,')
  const settings = window.getByRole('dialog', { name: 'Settings' })
  await settings.waitFor()
  await look('settings')
  for (const part of ['Requests', 'Proxies', 'Certificates', 'Shortcuts', 'Data and version']) {
    await settings.getByRole('button', { name: part, exact: true }).click()
    await look(`settings: ${part}`)
  }
  await closed(window)

  await window.keyboard.press('Control+k')
  await window.getByRole('dialog', { name: 'Command palette' }).waitFor()
  await look('command palette')
  await closed(window)
  await window.keyboard.press('Control+p')
  await window.keyboard.type('zzz')
  await expect(window.getByRole('status').filter({ hasText: 'Nothing is named like that.' })).toBeVisible()
  await look('quick open, nothing found')
  await closed(window)

  await editor.url.fill('http://127.0.0.1:9/changed')
  await editor.save.click()
  await sidebar.item('Put').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Earlier versions…' }).click()
  await expect(window.getByRole('option', { name: /just now/i })).toHaveCount(1)
  await look('earlier versions')
  await closed(window)

  await sidebar.item('Put').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Delete' }).click()
  await window.getByRole('button', { name: 'Collections menu' }).click()
  await window.getByRole('menuitem', { name: 'Deleted items…' }).click()
  await expect(window.getByRole('button', { name: 'Restore “Put”' })).toBeVisible()
  await look('deleted items')
  await closed(window)

  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/new')
  await editor.save.click()
  await window.getByRole('dialog', { name: 'Save request' }).waitFor()
  await look('first save')
  await closed(window)
  await window.keyboard.press('Control+Alt+W')
  await window.getByRole('dialog', { name: 'Unsaved changes' }).waitFor()
  await look('unsaved changes')
  await window.getByRole('button', { name: 'Don’t save' }).click()
  await window.keyboard.press('Control+k')
  await window.keyboard.type('Close all tabs')
  await window.keyboard.press('Enter')
  await expect(async () => {
    const ask = window.getByRole('button', { name: 'Don’t save' })
    if (await ask.isVisible()) await ask.click()
    await expect(window.getByText('No request is open')).toBeVisible({ timeout: 500 })
  }).toPass()
  await look('nothing open')
}

/** Esc closes what floats, and the focus is not lost with it. */
async function closed(window: Page): Promise<void> {
  await expect(async () => {
    await window.keyboard.press('Escape')
    await expect(window.getByRole('dialog')).toHaveCount(0, { timeout: 500 })
  }).toPass()
  expect.soft(await focused(window)).not.toBe('BODY')
}

test('a keyboard gets out of a text editor: Esc, then Tab', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.bodyType('JSON')
  await editor.typeBody('[]')
  const text = window.locator('.monaco-editor').getByRole('textbox', { name: 'Body text' })
  await expect(text).toBeFocused()
  await expect(text).toHaveAttribute('aria-description', /Esc, then Tab/)

  await window.keyboard.press('Tab')
  await expect(text).toBeFocused()
  await window.keyboard.press('Escape')
  await window.keyboard.press('x')
  await window.keyboard.press('Tab')
  await expect(text).toBeFocused()
  await window.keyboard.press('Escape')
  await window.keyboard.press('Tab')
  await expect(text).not.toBeFocused()

  await text.focus()
  await window.keyboard.press('Escape')
  await window.keyboard.press('Shift+Tab')
  await expect(window.getByRole('checkbox', { name: 'Send as typed' })).toBeFocused()
})

test('what had the focus is gone: it is where Tab would have led without it', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('localhost/x')
  const mend = window.getByRole('button', { name: 'Use http://' })
  await editor.save.focus()
  await expect(mend).toBeVisible()
  await window.keyboard.press('Tab')
  await expect(mend).toBeFocused()

  await window.keyboard.press('Enter')
  await expect(mend).toHaveCount(0)
  const sections = window.getByRole('tablist', { name: 'Request', exact: true })
  await expect(sections.getByRole('tab', { name: 'Params', exact: true })).toBeFocused()
})

test('what had the focus is gone: also where it came there before anything watched over it', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  let address = ''
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await window.route(/watch-over[^/]*\.js$/, async (route) => {
    address = route.request().url()
    await held
    await route.continue()
  })
  await window.reload()
  await editor.url.fill('localhost/x')
  const mend = window.getByRole('button', { name: 'Use http://' })
  await mend.focus()
  await expect.poll(() => address).not.toBe('')
  letGo()
  await window.evaluate((module) => import(module).then(() => undefined), address)

  await window.keyboard.press('Enter')

  await expect(mend).toHaveCount(0)
  await expect(window.getByRole('tab', { name: 'Params', exact: true })).toBeFocused()
})

test('the main job is done by the keyboard alone, and told to screen readers; the focus is never lost', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce(async (before, key) => {
      await before
      await window.keyboard.press(key)
    }, Promise.resolve())

  await editor.url.waitFor()
  await press('Control+Alt+N')
  await expect(editor.url).toBeFocused()
  await window.keyboard.type('{{$echo}}/post')
  await press('Escape', 'Shift+Tab')
  await expect(editor.method).toBeFocused()
  await window.keyboard.type('POST')
  await press('Escape', 'Tab', 'Tab')
  await expect(editor.send).toBeFocused()

  // The order of Tab is the order of reading: address, Send and its menu, Save, sections, the chosen one's rows.
  await press('Tab', 'Tab')
  await expect(editor.save).toBeFocused()
  await press('Tab')
  const sections = window.getByRole('tablist', { name: 'Request', exact: true })
  await expect(sections.getByRole('tab', { name: 'Params', exact: true })).toBeFocused()
  await press('ArrowRight')
  await expect(sections.getByRole('tab', { name: 'Headers', exact: true })).toBeFocused()
  const names = editor.table('Headers').getByRole('textbox', { name: 'Name', exact: true })
  await tabTo(window, names.first())
  await window.keyboard.type('X-Who')
  await press('Escape', 'Enter')
  await window.keyboard.type('Ada')
  await names.first().focus()
  await press('Control+Backspace')
  await expect(names).toHaveCount(1)
  await expect(names.first()).toBeFocused()
  await window.keyboard.type('X-Who')
  await press('Escape', 'Enter')
  await window.keyboard.type('Grace')

  await press('Shift+F6', 'F6')
  await tabTo(window, sections.getByRole('tab', { name: 'Headers', exact: true }))
  await press('ArrowRight')
  const kind = window.getByRole('combobox', { name: 'Body type' })
  await tabTo(window, kind)
  await window.keyboard.type('JSON')
  await expect(kind).toHaveValue('json')
  await tabTo(window, window.locator('.monaco-editor').getByRole('textbox', { name: 'Body text' }))
  await window.keyboard.insertText('{"a": 1}')
  await press('Control+Enter')
  await expect(response.status).toHaveText(/200 OK/)
  await expect(window.locator('[data-announces]')).toHaveText(/^200 OK, .*(ms|s), .*B$/)

  await press('F6')
  await expect(response.status).toBeFocused()
  const views = response.region.getByRole('tablist', { name: 'Response', exact: true })
  await tabTo(window, views.getByRole('tab', { name: 'Body', exact: true }))
  await expect(response.region).toContainText('"X-Who": "Grace"')

  await press('Control+S')
  const dialog = window.getByRole('dialog', { name: 'Save request' })
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await press('Control+A')
  await window.keyboard.type('By hand')
  await press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(views.getByRole('tab', { name: 'Body', exact: true })).toBeFocused()
  await expect(editor.tab('By hand')).toBeVisible()

  // What has the focus goes away: a tab that is closed, an item that is deleted.
  await editor.tab('By hand').focus()
  await press('Control+Alt+W')
  await expect(editor.tab('By hand')).toHaveCount(0)
  expect(await focused(window)).not.toBe('BODY')
})

/** Tab, as often as it takes: what cannot be reached fails. */
async function tabTo(window: Page, wanted: Locator): Promise<void> {
  for (let tabs = 0; tabs < 30; tabs += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await window.keyboard.press('Tab')
  }
  await expect(wanted).toBeFocused()
}

async function focused(window: Page): Promise<string | undefined> {
  // As long as the window takes to give it to another.
  await window.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))))
  return window.evaluate(() => document.activeElement?.tagName)
}
