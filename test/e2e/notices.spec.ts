import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { SidebarPage } from './pages/sidebar.ts'

const noticesOf = (window: Page): Locator => window.getByRole('region', { name: 'Notices', exact: true })

async function closeCollection(window: Page, name: string): Promise<void> {
  await new SidebarPage(window).item(name).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Close collection' }).click()
  await expect(noticesOf(window).getByText(`Closed “${name}”`)).toBeVisible()
}

async function newCollection(window: Page, name: string): Promise<void> {
  await window.getByRole('button', { name: 'Collections menu' }).click()
  await window.getByRole('menuitem', { name: 'New collection' }).click()
  await window.getByRole('dialog').getByRole('textbox').fill(name)
  await window.getByRole('dialog').getByRole('textbox').press('Enter')
  await expect(new SidebarPage(window).item(name)).toBeVisible()
}

test('a notice goes once it could be read, is held by the pointer, and what it said can be read later', async ({ window }) => {
  await newCollection(window, 'First')
  await window.clock.install()
  await closeCollection(window, 'First')
  const notice = noticesOf(window).getByRole('status')

  await notice.hover()
  await window.clock.runFor(60_000)
  await expect(notice).toBeVisible()
  await window.mouse.move(300, 10)
  await window.clock.runFor(11_000)
  await expect(notice).toHaveCount(0)

  await window.getByRole('button', { name: '1 past notice' }).click()
  const dialog = window.getByRole('dialog', { name: 'Past notices' })
  await expect(dialog.getByRole('listitem')).toContainText(['Closed “First”'])
  await dialog.getByRole('button', { name: 'Clear' }).click()
  await expect(window.getByRole('button', { name: /past notice/ })).toHaveCount(0)
})

test('notices do not cover the control that is used', async ({ window }) => {
  await window.setViewportSize({ width: 900, height: 600 })
  await newCollection(window, 'First')
  await new EditorPage(window).newRequest()
  await closeCollection(window, 'First')
  const notices = noticesOf(window)
  await expect(notices).toHaveAttribute('data-place', 'bottom-right')

  // Whatever stands where the notice is.
  const { x, y, width } = (await notices.boundingBox()) ?? { x: 0, y: 0, width: 0 }
  const used = window.getByRole('tablist', { name: 'Side bar views' }).getByRole('tab').first()
  await used.evaluate((tab, [left, top]) => Object.assign(tab.style, { position: 'fixed', left: `${left}px`, top: `${top}px` }), [
    x + width / 2,
    y,
  ] as const)
  await used.focus()

  await expect(notices).toHaveAttribute('data-place', 'top-right')
  await expect(notices.getByText('Closed “First”')).toBeVisible()
})
