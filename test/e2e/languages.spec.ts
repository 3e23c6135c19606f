import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'

/** Choose a language in the settings, by the names they have in the language that is shown. */
async function choose(window: Page, row: string, language: string): Promise<void> {
  await window.keyboard.press('Control+,')
  const dialog = window.getByRole('dialog')
  await dialog.getByRole('combobox', { name: row, exact: true }).selectOption({ label: language })
  await expect(dialog).toBeHidden()
}

test('the window speaks Chinese and English, and nothing that is open is lost by the change', async ({ window, host }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/{{nobody}}?a=Send')

  await choose(window, 'Language', '简体中文')
  await expect(window.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(window.getByRole('button', { name: '发送', exact: true })).toBeVisible()
  // What was typed is data: it stays as it is.
  await expect(window.getByRole('textbox', { name: 'URL' })).toHaveValue('http://127.0.0.1:9/{{nobody}}?a=Send')
  // So is what core says, but told in Chinese.
  await expect(window.getByText(/变量.*nobody/).first()).toBeVisible()

  const again = await host.restart()
  await expect(again.getByRole('button', { name: '发送', exact: true })).toBeVisible()
  await choose(again, '语言', 'English')
  await expect(again.getByRole('button', { name: 'Send', exact: true })).toBeVisible()
  await expect(again.locator('html')).toHaveAttribute('lang', 'en')
})

test.describe('on a system in Chinese', () => {
  test.use({ locale: 'zh-CN' })

  test('the window is in Chinese from the start', async ({ window }) => {
    await expect(window.getByRole('tree')).toBeVisible()
    await expect(window.locator('html')).toHaveAttribute('lang', 'zh-CN')
    // Words in English that are left are names: of the collection and its requests, and of what is called so everywhere.
    await expect(window.getByRole('button', { name: /^(?:Send|Save|New request|Settings)$/ })).toHaveCount(0)
  })
})
