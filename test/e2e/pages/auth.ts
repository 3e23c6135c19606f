/** The Auth section, by role and name. */
import type { Locator, Page } from '@playwright/test'
import { EditorPage } from './editor.ts'

export class AuthPage {
  readonly token: Locator
  readonly tokenText: Locator
  readonly willBeSent: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.token = page.getByRole('region', { name: 'Access token' })
    this.tokenText = this.token.getByRole('textbox', { name: 'Token', exact: true })
    this.willBeSent = page.getByRole('group', { name: 'Will be sent', exact: true })
  }

  async choose(label: string): Promise<void> {
    await new EditorPage(this.page).section('Auth')
    await this.page.getByRole('combobox', { name: 'Auth type' }).selectOption({ label })
  }

  async flow(label: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Flow' }).selectOption({ label })
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true })
  }

  button(name: string): Locator {
    return this.token.getByRole('button', { name, exact: true })
  }
}
