import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { violationsIn } from './support/violations.ts'
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
  await again.getByRole('textbox', { name: 'URL' }).fill('{{$echo}}/json')
  await again.getByRole('button', { name: '发送', exact: true }).click()
  const response = again.getByRole('region', { name: '响应', exact: true })
  await expect(again.getByRole('status', { name: '响应状态' })).toHaveText(/200 OK/)
  // Monaco has its words from elsewhere.
  await response.getByRole('textbox', { name: '响应正文' }).focus()
  await again.keyboard.press('Control+F')
  await expect(response.getByRole('textbox', { name: '查找', exact: true })).toBeFocused()
  await expect(response.getByRole('checkbox', { name: /在选定内容中查找/ })).toBeVisible()
  await again.keyboard.press('Escape')

  await choose(again, '语言', 'English')
  await expect(again.getByRole('button', { name: 'Send', exact: true })).toBeVisible()
  await expect(again.locator('html')).toHaveAttribute('lang', 'en')
})

test.describe('on a system in Chinese', () => {
  test.use({ locale: 'zh-CN', isFirstStart: true })

  test('the window is in Chinese from the start, with the tour and the manual', async ({ window }) => {
    await expect(window.locator('html')).toHaveAttribute('lang', 'zh-CN')
    const items = window.getByRole('tree').getByRole('treeitem')
    await expect(items.first()).toHaveText(/我的请求/)
    expect((await items.allTextContents()).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([])
    await items.filter({ hasText: '1 查询参数' }).click()
    await expect(window.getByRole('button', { name: '下一步：2 JSON 正文' })).toBeVisible()
    // Words in English that are left are names of what is called so everywhere.
    await expect(window.getByRole('button', { name: /^(?:Send|Save|New request|Settings)$/ })).toHaveCount(0)

    await window.keyboard.press('F1')
    const manual = window.getByRole('region', { name: '手册' })
    await manual.getByRole('searchbox', { name: '搜索手册' }).fill('读取超时')
    await manual
      .getByRole('list', { name: '在手册中找到' })
      .getByRole('button', { name: /超时所涵盖的范围/ })
      .click()
    await expect(manual.getByRole('article').locator('mark').first()).toBeVisible()
    await expect(manual.getByRole('article').locator(':focus')).toHaveText('超时所涵盖的范围')
    expect(await violationsIn(window)).toEqual([])
  })
})
