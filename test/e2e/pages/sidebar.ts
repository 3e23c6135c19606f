/** The tree of saved requests and the dialog of the first save, by role and name. */
import type { Locator, Page } from '@playwright/test'

export class SidebarPage {
  readonly tree: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.tree = page.getByRole('tree', { name: 'Collections' })
  }

  item(name: string): Locator {
    return this.tree.getByRole('treeitem', { name, exact: true })
  }

  /** Open a saved request and wait until it is in front. */
  async open(name: string): Promise<void> {
    await this.item(name).click()
    await this.page.getByRole('tablist', { name: 'Open requests' }).getByRole('tab', { name, selected: true }).waitFor()
    await this.page.getByRole('textbox', { name: 'URL', exact: true }).waitFor()
  }

  /** Unfold a folder or collection if it is folded. */
  async unfold(name: string): Promise<void> {
    const item = this.item(name)
    if ((await item.getAttribute('aria-expanded')) === 'false') await item.click()
  }

  /** Fill and confirm the dialog that the first Save opens. */
  async saveAs(name: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: 'Save request' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
}
