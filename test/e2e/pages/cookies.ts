/** The dialog of the cookie jar, by the roles and names that docs and screen readers use. */
import type { Locator, Page } from '@playwright/test'

export class CookiesPage {
  readonly dialog: Locator
  readonly table: Locator
  readonly done: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog', { name: 'Cookies', exact: true })
    this.table = this.dialog.getByRole('table', { name: 'Cookies of the jar' })
    this.done = this.dialog.getByRole('status', { name: 'What was done' })
  }

  async open(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: 'Cookies', exact: true }).click()
    await this.dialog.waitFor()
  }

  row(name: string): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('cell', { name, exact: true }) })
  }

  button(name: string): Locator {
    return this.dialog.getByRole('button', { name, exact: true })
  }

  field(name: string): Locator {
    return this.dialog.getByRole('textbox', { name, exact: true })
  }

  async choose(menu: 'Export' | 'Clear', item: string | RegExp): Promise<void> {
    await this.button(menu).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  async import(text: string): Promise<void> {
    await this.button('Import').click()
    await this.field('Cookies to import').fill(text)
    await this.button('Import cookies').click()
  }
}
