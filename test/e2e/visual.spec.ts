/**
 * How the main screens look, in both themes and both languages, against pictures of them. Fonts are drawn a little otherwise on
 * each machine, which is let pass; a part that moved, vanished, or lost its colours is not. `npx playwright test visual
 * --update-snapshots` takes the pictures anew.
 */
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'

for (const [language, locale] of [
  ['en', 'en-US'],
  ['zh', 'zh-CN'],
] as const)
  test.describe(locale, () => {
    test.use({ locale })

    test('a request with its answer, and the settings, light and dark', async ({ window }) => {
      await window.getByRole('treeitem', { name: 'Post JSON', exact: true }).click()
      await expect(window.getByRole('textbox', { name: 'URL', exact: true })).toHaveValue('{{$echo}}/post')
      await window.keyboard.press('Control+Enter')
      await expect(window.getByRole('status').filter({ hasText: '200 OK' }).first()).toBeVisible()
      await colouredBody(window)
      await inBothThemes(window, `request-${language}`)
      await window.keyboard.press('Control+,')
      await window.getByRole('dialog').waitFor()
      await inBothThemes(window, `settings-${language}`)
    })
  })

async function inBothThemes(window: Page, screen: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(window).toHaveScreenshot(`${screen}-${theme}.png`, {
      animations: 'disabled',
      caret: 'hide',
      maxDiffPixelRatio: 0.04,
      threshold: 0.3,
    })
  }
}

/** The colours of a body come a moment after its text. */
async function colouredBody(window: Page): Promise<void> {
  // The first class is that of text without a colour of its own.
  const coloured = '.view-line span[class^="mtk"]:not(.mtk1)'
  await expect(
    window
      .getByRole('region', { name: /^(?:Response|响应)$/ })
      .locator(coloured)
      .first(),
  ).toBeVisible()
}
