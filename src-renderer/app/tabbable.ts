/** What the Tab key reaches. */

const TABBABLE = 'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable="true"]'

/** The elements in a part of the page that the Tab key stops at, in order. */
export function tabbablesIn(part: Element): readonly HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(TABBABLE)].filter(
    (element) => element.tabIndex >= 0 && !element.matches(':disabled, [hidden] *, [inert] *') && element.checkVisibility(),
  )
}
