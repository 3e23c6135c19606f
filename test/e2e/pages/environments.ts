/** The list of environments in the side bar and the page of one, by role and name. */
import type { Locator, Page } from '@playwright/test'

export class EnvironmentsPage {
  readonly list: Locator
  readonly table: Locator
  readonly inherited: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('region', { name: 'Environments' })
    this.table = page.getByRole('table', { name: 'Variables' })
    this.inherited = page.getByRole('list', { name: 'Inherited variables' })
  }

  /** Show the list. */
  async show(): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Side bar views' }).getByRole('tab', { name: 'Environments' }).click()
    await this.list.waitFor()
  }

  item(name: string): Locator {
    return this.list.getByRole('listitem').filter({ has: this.page.getByRole('button', { name, exact: true }) })
  }

  /** Open the page of an environment from the list. */
  async open(name: string): Promise<void> {
    await this.list.getByRole('button', { name, exact: true }).click()
    await this.frame(name).waitFor()
  }

  frame(name: string): Locator {
    return this.page.getByRole('region', { name: `Environment ${name}`, exact: true })
  }

  /** Make one from the list. */
  async create(name: string): Promise<void> {
    await this.list.getByRole('button', { name: 'New environment' }).first().click()
    const dialog = this.page.getByRole('dialog', { name: 'New environment' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await dialog.getByRole('button', { name: 'Create' }).click()
    await this.frame(name).waitFor()
  }

  async choose(name: string, action: string): Promise<void> {
    await this.list.getByRole('button', { name: `Actions of ${name}`, exact: true }).click()
    await this.page.getByRole('menuitem', { name: action }).click()
  }

  row(index: number): Locator {
    return this.table.getByRole('row').nth(index)
  }

  name(index: number): Locator {
    return this.row(index).getByRole('textbox', { name: 'Name' })
  }

  value(index: number): Locator {
    return this.row(index).getByRole('textbox', { name: 'Value' })
  }

  /** Type a variable into the blank last row. */
  async add(index: number, name: string, value: string): Promise<void> {
    await this.name(index).fill(name)
    await this.value(index).fill(value)
  }

  get save(): Locator {
    return this.page.getByRole('button', { name: 'Save', exact: true })
  }

  get unsaved(): Locator {
    return this.page.getByRole('img', { name: 'Not saved' })
  }
}
