import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { CookiesPage } from './pages/cookies.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the main screens have no violations that axe can find (${colorScheme})`, async ({ window }) => {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    await new SidebarPage(window).open('Post JSON')
    await expect(editor.url).toHaveValue('{{$echo}}/post')
    await editor.send.click()
    await expect(response.status).toHaveText(/200 OK/)

    for (const section of ['Params', 'Headers', 'Body', 'Auth', 'Cookies', 'Options', 'Docs'] as const) {
      await editor.section(section)
      expect(await violationsIn(window), section).toEqual([])
    }
    for (const section of ['Headers', 'Cookies', 'Redirects', 'Timing', 'Request'] as const) {
      await response.section(section)
      expect(await violationsIn(window), section).toEqual([])
    }
  })

  test(`tests and scripts have no violations that axe can find (${colorScheme})`, async ({ window }) => {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    await new SidebarPage(window).open('Post JSON')
    await expect(editor.url).toHaveValue('{{$echo}}/post')
    await editor.section('Tests')
    await window.getByRole('button', { name: 'Status is 200' }).click()
    await editor.send.click()
    await expect(response.status).toHaveText(/200 OK/)
    await response.section('Tests')
    expect(await violationsIn(window), 'Tests').toEqual([])
    await editor.section('Scripts')
    await response.section('Console')
    expect(await violationsIn(window), 'Scripts and Console').toEqual([])
  })

  test(`the cookie jar has no violations that axe can find (${colorScheme})`, async ({ window }) => {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const cookies = new CookiesPage(window)
    await cookies.open()
    await cookies.import('example.com\tFALSE\t/\tTRUE\t0\ta\t1')
    await expect(cookies.row('a')).toBeVisible()
    expect(await violationsIn(window), 'the jar').toEqual([])
    await cookies.button('Edit a').click()
    expect(await violationsIn(window), 'a cookie').toEqual([])
  })

  test(`earlier versions and deleted items have no violations that axe can find (${colorScheme})`, async ({ window }) => {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const editor = new EditorPage(window)
    const sidebar = new SidebarPage(window)
    await sidebar.open('Put')
    await editor.url.fill('http://127.0.0.1:9/changed')
    await editor.save.click()
    await sidebar.item('Put').click({ button: 'right' })
    await window.getByRole('menuitem', { name: 'Earlier versions…' }).click()
    await expect(window.getByRole('option', { name: /just now/i })).toHaveCount(1)
    expect(await violationsIn(window), 'earlier versions').toEqual([])
    await window.keyboard.press('Escape')

    await sidebar.item('Put').click({ button: 'right' })
    await window.getByRole('menuitem', { name: 'Delete' }).click()
    await window.getByRole('button', { name: 'Collections menu' }).click()
    await window.getByRole('menuitem', { name: 'Deleted items…' }).click()
    await expect(window.getByRole('button', { name: 'Restore “Put”' })).toBeVisible()
    expect(await violationsIn(window), 'deleted items').toEqual([])
  })
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

async function violationsIn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // A vendor's widget, with an accessibility mode of its own.
    .exclude('.monaco-editor')
    // A best practice only: the dividers can take the focus, and stand between the landmarks that they part.
    .disableRules(['region'])
    .analyze()
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join('; ')}`)
}
