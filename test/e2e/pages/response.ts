/** The response pane, by role and name. */
import type { Locator, Page } from '@playwright/test'

export class ResponsePage {
  readonly region: Locator
  readonly status: Locator
  readonly alert: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Response', exact: true })
    this.status = page.getByRole('status', { name: 'Response status' })
    this.alert = this.region.getByRole('alert')
  }

  async section(name: 'Body' | 'Headers' | 'Cookies' | 'Redirects' | 'Timing' | 'Request' | 'Pages' | 'Tests' | 'Console'): Promise<void> {
    await this.region.getByRole('tablist', { name: 'Response', exact: true }).getByRole('tab', { name, exact: true }).click()
  }

  async view(name: 'Pretty' | 'Raw' | 'Tree' | 'Text' | 'Preview' | 'Hex'): Promise<void> {
    await this.region.getByRole('tablist', { name: 'Body view' }).getByRole('tab', { name, exact: true }).click()
  }
}
