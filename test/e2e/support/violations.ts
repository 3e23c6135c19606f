/** What axe finds in the whole window: by the rules of WCAG 2.2 A and AA and its best practices, in every look. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

// Of the package that brings it; put into the page once, which its own wrapper does anew, with a page beside it, at each look.
const AXE = readFileSync(createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'), 'utf8')

/** The looks of which only the colours differ. */
const OTHER_LOOKS = [
  { theme: 'dark', contrast: 'normal' },
  { theme: 'dark', contrast: 'more' },
] as const

interface AxeWindow {
  readonly axe?: {
    readonly run: (where: object, options: object) => Promise<{ readonly violations: readonly Violation[] }>
  }
}
interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** Each violation with the element and what would mend it; Monaco's own are not ours to mend. */
export async function violationsIn(page: Page): Promise<readonly string[]> {
  return run(page, {
    // Off by default: of WCAG 2.2. A best practice only: the dividers take the focus, and stand between the landmarks that they part.
    rules: { 'target-size': { enabled: true }, region: { enabled: false } },
  })
}

/** The same; then, in dark and in high contrast, whether all text can be read. */
export async function violationsInEveryLook(page: Page): Promise<readonly string[]> {
  const found = [...(await violationsIn(page))]
  const before = await page.evaluate(() => ({ ...document.documentElement.dataset }))
  for (const look of OTHER_LOOKS) {
    await page.evaluate((dataset) => void Object.assign(document.documentElement.dataset, dataset), look)
    const unread = await run(page, { runOnly: ['color-contrast'] })
    found.push(...unread.map((one) => `${look.theme}, ${look.contrast} contrast: ${one}`))
  }
  await page.evaluate((dataset) => void Object.assign(document.documentElement.dataset, dataset), before)
  return found
}

async function run(page: Page, options: object): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  return page.evaluate(async (given) => {
    const { axe } = window as AxeWindow
    if (!axe) throw new Error('axe is not in the page.')
    const { violations } = await axe.run(
      { exclude: [['.monaco-editor']] },
      { ...given, iframes: false, resultTypes: ['violations'], elementRef: false },
    )
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`))
  }, options)
}
