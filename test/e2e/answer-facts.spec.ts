/** What an answer tells beside its body: its headers in words, the pages after it, its cookies, its course and its times. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

async function sent(window: Page, url: string): Promise<ResponsePage> {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill(url)
  await editor.send.click()
  const response = new ResponsePage(window)
  await expect(response.status).toBeVisible()
  return response
}

async function expectNoViolations(window: Page, selector: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page: window }).include(selector).analyze()
    expect(violations).toEqual([])
  }
}

test('headers say what they are for and what they come to', async ({ window, serve }) => {
  const url = await serve((_request, response) => {
    response.setHeader('X-RateLimit-Limit', '60')
    response.setHeader('X-RateLimit-Remaining', '57')
    response.setHeader('X-RateLimit-Reset', '23')
    response.setHeader('Cache-Control', 'max-age=300')
    response.setHeader('Age', '20')
    response.setHeader('X-Mine', 'yes')
    response.end('ok')
  })

  const answer = await sent(window, url)
  const { region } = answer
  await answer.section('Headers')

  await expect(region.getByText('57 of 60 left, resets in 23 s')).toBeVisible()
  await expect(region.getByText('fresh for 5 min, 20 s old')).toBeVisible()
  await region.getByText('Cache-Control', { exact: true }).hover()
  await expect(window.getByText('RFC 9111 §5.2').first()).toBeVisible()
  await expectNoViolations(window, '[aria-label="Response"]')
  await region.getByRole('textbox', { name: 'Filter headers' }).fill('mine')
  await expect(region.getByText('1 of ')).toBeVisible()
  await expect(region.getByRole('table', { name: 'Response headers' }).getByRole('row')).toHaveCount(2)
})
