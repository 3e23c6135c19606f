/** The request editor, by the roles and names that docs and screen readers use. */
import type { Locator, Page } from '@playwright/test'

export class EditorPage {
  readonly url: Locator
  readonly method: Locator
  readonly send: Locator
  readonly cancel: Locator
  readonly save: Locator
  readonly prepared: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.url = page.getByRole('textbox', { name: 'URL', exact: true })
    this.method = page.getByRole('combobox', { name: 'Method' })
    this.send = page.getByRole('button', { name: 'Send', exact: true })
    this.cancel = page.getByRole('button', { name: 'Cancel', exact: true })
    this.save = page.getByRole('button', { name: 'Save', exact: true })
    this.prepared = page.getByRole('region', { name: 'Prepared request' })
  }

  async newRequest(): Promise<void> {
    await this.page.getByRole('button', { name: 'New request' }).first().click()
    await this.url.waitFor()
  }

  async section(
    name: 'Params' | 'Headers' | 'Body' | 'Auth' | 'Cookies' | 'Options' | 'Variables' | 'Docs' | 'Tests' | 'Scripts',
  ): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Request', exact: true }).getByRole('tab', { name, exact: true }).click()
  }

  async setMethod(method: string): Promise<void> {
    await this.method.fill(method)
    await this.method.press('Tab')
  }

  async bodyType(label: string): Promise<void> {
    await this.section('Body')
    await this.page.getByRole('combobox', { name: 'Body type' }).selectOption({ label })
  }

  /** The editor of a text body, once it is ready. */
  async typeBody(text: string): Promise<void> {
    const editor = this.page.getByRole('textbox', { name: 'Body text' })
    await editor.first().focus()
    await this.page.keyboard.press('ControlOrMeta+A')
    await this.page.keyboard.insertText(text)
  }

  table(name: 'Query params' | 'Headers' | 'Form fields' | 'Cookies'): Locator {
    return this.page.getByRole('table', { name, exact: true })
  }

  /** Type a row into the blank last one. */
  async addRow(table: 'Query params' | 'Headers' | 'Form fields' | 'Cookies', name: string, value: string): Promise<void> {
    const names = this.table(table).getByRole('textbox', { name: 'Name', exact: true })
    await names.first().waitFor()
    const index = (await names.count()) - 1
    await names.nth(index).fill(name)
    await this.table(table).getByRole('textbox', { name: 'Value', exact: true }).nth(index).fill(value)
  }

  tab(name: string): Locator {
    return this.page.getByRole('tablist', { name: 'Open requests' }).getByRole('tab', { name })
  }
}
