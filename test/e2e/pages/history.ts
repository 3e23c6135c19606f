/** The history: the side bar's list, the entry that is shown, and the comparison; by role and name. */
import type { Locator, Page } from '@playwright/test'

export class HistoryPage {
  readonly list: Locator
  readonly entries: Locator
  readonly search: Locator
  readonly entry: Locator
  readonly comparison: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('listbox', { name: 'History entries' })
    this.entries = this.list.getByRole('option')
    this.search = page.getByRole('searchbox', { name: 'Search history' })
    this.entry = page.getByRole('region', { name: 'History entry' })
    this.comparison = page.getByRole('region', { name: 'Comparison of two sends' })
  }

  async open(): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Side bar views' }).getByRole('tab', { name: 'History' }).click()
  }

  async showCollections(): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Side bar views' }).getByRole('tab', { name: 'Collections' }).click()
  }

  /** An item of the menu of an entry. */
  async choose(entry: Locator, item: string): Promise<void> {
    await entry.click({ button: 'right' })
    await this.page.getByRole('menuitem', { name: item, exact: true }).click()
  }

  async filters(): Promise<void> {
    await this.page.getByRole('button', { name: /^Filters/ }).click()
  }
}
