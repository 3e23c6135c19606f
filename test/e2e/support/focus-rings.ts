/** Whether the ring around what has the focus is there, and seen on all sides: it is drawn outside of an element, where a neighbour or an edge may cut it off. */
import type { Locator, Page } from '@playwright/test'

const MOST_STOPS = 80

/** Goes by Tab through a part of the window. @returns what has no ring, or one that is cut off, by what it is called */
export async function faultyRings(page: Page, part: Locator): Promise<{ readonly faults: readonly string[]; readonly stops: number }> {
  const faults = new Set<string>()
  let stops = 0
  await part.locator(':is(button, [tabindex="0"], input, select):visible').first().focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab') // what a key gives the focus to has a ring
  for (; stops < MOST_STOPS; stops += 1) {
    const seen = await part.evaluate(faultOfFocus)
    if (seen === 'elsewhere') break
    if (seen !== null) faults.add(seen)
    await page.keyboard.press('Tab')
  }
  return { faults: [...faults], stops }
}

/** Runs in the page. Null: all is well. */
function faultOfFocus(part: Element): string | null {
  const element = document.activeElement
  if (!element || !part.contains(element)) return 'elsewhere'
  const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const name = `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 30)}`
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return `${name}: no ring`
  const reach = parseFloat(outlineWidth) + parseFloat(outlineOffset)
  const ring = { left: box.left - reach, right: box.right + reach, top: box.top - reach, bottom: box.bottom + reach }
  for (let around = element.parentElement; around; around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around)
    const edge = around.getBoundingClientRect()
    const [left, top] = [edge.left + around.clientLeft, edge.top + around.clientTop]
    const [right, bottom] = [left + around.clientWidth, top + around.clientHeight]
    // What is larger than where it is scrolled cannot be seen whole.
    const isCutX = overflowX !== 'visible' && box.width <= right - left && (ring.left < left - 0.6 || ring.right > right + 0.6)
    const isCutY = overflowY !== 'visible' && box.height <= bottom - top && (ring.top < top - 0.6 || ring.bottom > bottom + 0.6)
    if (isCutX || isCutY) return `${name}: its ring is cut off by ${around.className || around.tagName}`
  }
  return null
}
