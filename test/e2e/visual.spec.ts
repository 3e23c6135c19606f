/**
 * How the main screens look, in both themes and both languages, against pictures of them. Fonts are drawn a little otherwise on
 * each machine, which is let pass; a part that moved, vanished, or lost its colours is not. `npx playwright test visual
 * --update-snapshots` takes the pictures anew.
 */
import type { Page } from '@playwright/test'
import chinese from '../../src-renderer/languages/zh-CN.json' with { type: 'json' }
import { expect, test } from './support/fixtures.ts'

/** What the window calls something, by its English. */
type Say = (english: keyof typeof chinese) => string

for (const [language, locale] of [
  ['en', 'en-US'],
  ['zh', 'zh-CN'],
] as const) {
  const say: Say = (english) => (language === 'zh' ? chinese[english] : english)
  test.describe(locale, () => {
    test.use({ locale })

    test('the main screens, light and dark', async ({ window }) => {
      await window.getByRole('treeitem', { name: 'Post JSON', exact: true }).click()
      await expect(window.getByRole('textbox', { name: 'URL', exact: true })).toHaveValue('{{$echo}}/post')
      await window.keyboard.press('Control+Enter')
      await expect(window.getByRole('status').filter({ hasText: '200 OK' }).first()).toBeVisible()
      await colouredBody(window)
      await inBothThemes(window, `request-${language}`)
      await window.keyboard.press('Control+,')
      await window.getByRole('dialog').waitFor()
      await inBothThemes(window, `settings-${language}`)
      await window.keyboard.press('Escape')
      await runOfThree(window, say)
      await inBothThemes(window, `runner-${language}`)
      await environment(window, say)
      await inBothThemes(window, `environment-${language}`)
      await pastSend(window, say)
      await inBothThemes(window, `history-${language}`)
    })
  })
}

async function runOfThree(window: Page, say: Say): Promise<void> {
  const item = (name: string) => window.getByRole('treeitem', { name, exact: true })
  await item('Get with a query').click()
  await item('Post a form').click({ modifiers: ['Shift'] })
  await item('Post a form').click({ button: 'right' })
  await window.getByRole('menuitem', { name: say('Run %{0}…').replace('%{0}', say('%{0} items').replace('%{0}', '3')) }).click()
  const runner = window.getByRole('region', { name: say('Runner'), exact: true })
  await runner.getByRole('button', { name: say('Start'), exact: true }).click()
  await expect(runner.getByRole('status', { name: say('Run'), exact: true })).toContainText(say('Finished'))
  await expect(runner.getByRole('table').getByRole('row')).toHaveCount(4)
}

async function environment(window: Page, say: Say): Promise<void> {
  await sideView(window, say, 'Environments')
  await window
    .getByRole('button', { name: say('New environment') })
    .first()
    .click()
  const question = window.getByRole('dialog', { name: say('New environment') })
  await question.getByRole('textbox', { name: say('Name') }).fill('staging')
  await question.getByRole('button', { name: say('Create') }).click()
  const table = window.getByRole('table', { name: say('Variables') })
  await table
    .getByRole('textbox', { name: say('Name'), exact: true })
    .first()
    .fill('base_url')
  await table
    .getByRole('textbox', { name: say('Value'), exact: true })
    .first()
    .fill('https://staging.example.com')
}

async function pastSend(window: Page, say: Say): Promise<void> {
  await sideView(window, say, 'History')
  await window.getByRole('option').filter({ hasText: '/post' }).last().click()
  await expect(window.getByRole('region', { name: say('History entry') })).toContainText('200 OK')
  await colouredBody(window)
}

async function sideView(window: Page, say: Say, view: 'Environments' | 'History'): Promise<void> {
  await window
    .getByRole('tablist', { name: say('Side bar views') })
    .getByRole('tab', { name: say(view) })
    .click()
}

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
