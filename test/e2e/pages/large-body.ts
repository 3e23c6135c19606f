/** The list of lines that shows a body too large for the editor, with its bars, by role and name. */
import type { Locator, Page } from '@playwright/test'

export class LargeBodyPage {
  readonly body: Locator
  readonly find: Locator
  readonly result: Locator
  readonly problem: Locator
  readonly filter: Locator
  readonly regex: Locator
  readonly words: Locator
  readonly wrap: Locator
  readonly line: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    const region = page.getByRole('region', { name: 'Response', exact: true })
    this.body = region.getByRole('group', { name: 'Response body' })
    this.find = region.getByRole('textbox', { name: 'Find', exact: true })
    this.result = region.getByRole('status', { name: 'Find result' })
    this.problem = region.getByRole('search').getByRole('alert')
    this.filter = region.getByRole('button', { name: 'Only lines with a match' })
    this.regex = region.getByRole('button', { name: 'Regular expression' })
    this.words = region.getByRole('button', { name: 'Whole words' })
    this.wrap = region.getByRole('button', { name: 'Wrap long lines' })
    this.line = region.getByRole('textbox', { name: 'Line', exact: true })
  }

  /** The texts that are marked: every match in view, or the one that is shown. */
  marked(which: 'every' | 'current'): Promise<string[]> {
    return this.#page.evaluate(
      (name) => [...(CSS.highlights.get(name) ?? [])].map((range) => (range instanceof Range ? range.toString() : '')),
      which === 'every' ? 'response-find' : 'response-find-current',
    )
  }

  /** Whether the marked match stands within the view. */
  showsCurrent(): Promise<boolean> {
    return this.body.evaluate((list) => {
      const [range] = CSS.highlights.get('response-find-current') ?? []
      if (!(range instanceof Range)) return false
      const [box, view] = [range.getBoundingClientRect(), list.getBoundingClientRect()]
      return box.top >= view.top && box.bottom <= view.bottom && box.left >= view.left && box.right <= view.right
    })
  }
}
