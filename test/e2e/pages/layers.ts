/** The list of sessions and the pages of sessions, folders and collections, by role and name. */
import type { Locator, Page } from '@playwright/test'

type Section = 'Headers' | 'Params' | 'Auth' | 'Variables' | 'Options' | 'Cookies' | 'Adapters' | 'Scripts'

export class LayersPage {
  readonly list: Locator
  readonly save: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('region', { name: 'Sessions', exact: true })
    this.save = page.getByRole('button', { name: 'Save', exact: true })
  }

  async showList(): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Side bar views' }).getByRole('tab', { name: 'Sessions' }).click()
    await this.list.waitFor()
  }

  /** The page of a session or of defaults, such as `Session alice`. */
  frame(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  session(name: string): Locator {
    return this.list.getByRole('button', { name, exact: true })
  }

  async section(strip: 'Session' | 'Defaults', name: Section): Promise<void> {
    await this.page.getByRole('tablist', { name: strip, exact: true }).getByRole('tab', { name, exact: true }).click()
  }

  /** Answer the question for a name. */
  async nameIt(dialog: string, name: string, button: string): Promise<void> {
    const box = this.page.getByRole('dialog', { name: dialog })
    await box.getByRole('textbox', { name: 'Name' }).fill(name)
    await box.getByRole('button', { name: button, exact: true }).click()
    await box.waitFor({ state: 'hidden' })
  }

  /** Choose from the menu of a session in the list. */
  async choose(session: string, item: string): Promise<void> {
    await this.list.getByRole('button', { name: `Actions of ${session}` }).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  /** Type a row into the blank last one of a table. */
  async addRow(table: 'Headers' | 'Query params' | 'Cookies' | 'Variables', name: string, value: string): Promise<void> {
    const names = this.page.getByRole('table', { name: table, exact: true }).getByRole('textbox', { name: 'Name', exact: true })
    // The frame of a page stands before what is in it has been fetched.
    await names.first().waitFor()
    const index = (await names.count()) - 1
    await names.nth(index).fill(name)
    await this.page
      .getByRole('table', { name: table, exact: true })
      .getByRole('textbox', { name: 'Value', exact: true })
      .nth(index)
      .fill(value)
  }

  /** Save, and wait until nothing is left to be saved. */
  async saved(): Promise<void> {
    await this.save.click()
    await this.page.getByRole('img', { name: 'Not saved' }).waitFor({ state: 'hidden' })
  }
}
