/**
 * The parts of the window that F6 goes through, as in browsers and editors: the side bar, the open tabs, the request or
 * the page, its answer, the bar on top. Each takes the focus where one begins to work in it.
 */
import { tabbablesIn } from './tabbable.ts'
import { labelled } from '../lib/labelled.ts'
import { t } from '../lib/t.ts'

interface Part {
  readonly within: string
  /** What takes the focus in it; else the first that can. */
  readonly first?: string
}

/** In reading order; one that stands in another comes after it. */
const PARTS: readonly Part[] = [
  { within: 'header' },
  { within: '[data-side-bar]', first: '[role="tree"], [role="listbox"]' },
  { within: `[role="tablist"]${labelled(t`Open requests`)}`, first: '[role="tab"][tabindex="0"]' },
  { within: '#open-request', first: labelled(t`URL`) },
  { within: `#open-request ${labelled(t`Response`)}`, first: '[role="status"][tabindex="0"]' },
]

/** Put the focus in the next part of the window, or the one before. */
export function goToPart(step: 1 | -1): boolean {
  const parts = PARTS.flatMap((part) => {
    const element = document.querySelector<HTMLElement>(part.within)
    return element?.checkVisibility() === true ? [{ ...part, element }] : []
  })
  const now = parts.findLastIndex(({ element }) => element.contains(document.activeElement))
  const from = now < 0 && step < 0 ? 0 : now
  for (let away = 1; away <= parts.length; away += 1) {
    const part = parts[(from + step * away + parts.length * 2) % parts.length]
    if (part && takesFocus(part.element, part.first)) return true
  }
  return false
}

function takesFocus(part: HTMLElement, first: string | undefined): boolean {
  const wanted = first === undefined ? null : part.querySelector<HTMLElement>(first)
  const target = wanted ?? tabbablesIn(part)[0]
  target?.focus()
  return target !== undefined
}
