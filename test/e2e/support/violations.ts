/** What axe finds in the whole window. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Each violation with the element and what would mend it; Monaco's own are not ours to mend. */
export async function violationsIn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .exclude('.monaco-editor')
    // A best practice only: the dividers can take the focus, and stand between the landmarks that they part.
    .disableRules(['region'])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`))
}
