/** The Import dialog, by the roles and names that docs and screen readers use. */
import type { Locator, Page } from '@playwright/test'

export class ImportPage {
  readonly dialog: Locator
  readonly text: Locator
  readonly found: Locator
  readonly items: Locator
  readonly notes: Locator
  readonly problem: Locator
  readonly submit: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog', { name: 'Import', exact: true })
    this.text = this.dialog.getByRole('textbox', { name: 'Text to import' })
    this.found = this.dialog.getByRole('status', { name: 'Found' })
    this.items = this.dialog.getByRole('list', { name: 'Items' }).getByRole('listitem')
    this.notes = this.dialog.getByRole('region', { name: 'What does not come over as it was' })
    this.problem = this.dialog.getByRole('alert')
    this.submit = this.dialog.getByRole('button', { name: 'Import', exact: true })
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Collections menu' }).click()
    await this.page.getByRole('menuitem', { name: 'Import…' }).click()
    await this.dialog.waitFor()
  }

  into(): Locator {
    return this.dialog.getByRole('combobox', { name: 'Into' })
  }

  /** Drop real files of the disk on a part of the window, as the system's file manager does. */
  async drop(on: Locator, files: readonly string[]): Promise<void> {
    const box = await on.boundingBox()
    if (!box) throw new Error('There is nothing to drop on.')
    const at = { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 40) }
    const client = await this.page.context().newCDPSession(this.page)
    for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const) {
      await client.send('Input.dispatchDragEvent', { type, ...at, data: { items: [], files: [...files], dragOperationsMask: 1 } })
      await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    }
  }

  /** Paste a text as the clipboard would bring it, without the clipboard of the machine. */
  async paste(into: Locator, text: string): Promise<void> {
    await into.focus()
    await into.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', pasted)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
  }
}
