/**
 * The focus is never lost: where the element that had it goes away (a row that is deleted, a tab that is closed, a dialog
 * whose opener is gone), whoever took it away should say who has it next; where nobody does, this does. It goes to what
 * stands in the same place now, else to what comes next, else to what is nearest.
 */
import { tabbablesIn } from './tabbable.ts'

/** Lists whose items come and go. */
const LISTS = '[role="table"], [role="tablist"], [role="listbox"], [role="toolbar"], ul, ol, table'
/** What floats over the window: the focus was somewhere before it came there. */
const FLOATING = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"][popover]'

interface Place {
  /** The element, then all it stood in; and what stood just before each of them. */
  readonly path: readonly { readonly element: Element; readonly before: Element | null }[]
  readonly list: Element | null
  readonly name: string | null
  /** Among those of its name in the list. */
  readonly index: number
}

/** Watch over the focus of the window. Returns what stops it. */
export function keepFocus(): () => void {
  let last: Place | null = null
  let beneath: Place | null = null
  const remember = (target: EventTarget | null): void => {
    if (!(target instanceof HTMLElement) || target === document.body) return
    last = placeOf(target)
    if (target.closest(FLOATING) === null) beneath = last
  }
  const onFocus = ({ target }: FocusEvent): void => remember(target)
  // Someone quick was somewhere before this was here.
  remember(document.activeElement)
  let asked = 0
  const onChange = (): void => {
    if (asked !== 0 || !isLost(last)) return
    // Two frames: time for whoever has a better place in mind.
    asked = requestAnimationFrame(() => {
      asked = requestAnimationFrame(() => {
        asked = 0
        if (isLost(last)) (nextTo(last) ?? nextTo(beneath) ?? document.querySelector<HTMLElement>('[role="tab"][tabindex="0"]'))?.focus()
      })
    })
  }
  const observer = new MutationObserver(onChange)
  observer.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', onFocus)
  return () => {
    cancelAnimationFrame(asked)
    observer.disconnect()
    document.removeEventListener('focusin', onFocus)
  }
}

/** Whether nothing has the focus because what had it is gone; not where a press on nothing took it. */
function isLost(place: Place | null): place is Place {
  const { activeElement } = document
  return place !== null && (activeElement === null || activeElement === document.body) && place.path[0]?.element.isConnected === false
}

function placeOf(element: HTMLElement): Place {
  const path: Place['path'][number][] = []
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement)
    path.push({ element: at, before: at.previousElementSibling })
  const list = element.closest(LISTS)
  const name = element.getAttribute('aria-label')
  return { path, list, name, index: list === null ? 0 : sameNamed(list, name).indexOf(element) }
}

function sameNamed(list: Element, name: string | null): readonly HTMLElement[] {
  return tabbablesIn(list).filter((element) => element.getAttribute('aria-label') === name)
}

function nextTo(place: Place | null): HTMLElement | null {
  if (place === null) return null
  const { path, list, name, index } = place
  const itself = path[0]?.element
  if (itself instanceof HTMLElement && itself.isConnected && itself.checkVisibility()) return itself
  const alike = list?.isConnected === true ? sameNamed(list, name) : []
  const inList = alike[Math.min(Math.max(index, 0), alike.length - 1)]
  if (inList) return inList
  const stays = path.findIndex(({ element }) => element.isConnected)
  if (stays === -1) return null
  return following(path[stays - 1]?.before ?? null) ?? firstIn(path.slice(stays))
}

/** Where Tab would have led from the place, had what is gone never been there: the next after what stood before it. */
function following(before: Element | null): HTMLElement | null {
  if (before?.isConnected !== true) return null
  for (let part = before.parentElement; part !== null && part.id !== 'root' && part !== document.body; part = part.parentElement) {
    const next = tabbablesIn(part).find((element) => before.compareDocumentPosition(element) === Node.DOCUMENT_POSITION_FOLLOWING)
    if (next) return next
  }
  return null
}

function firstIn(path: Place['path']): HTMLElement | null {
  for (const { element } of path) {
    // Of what floats nothing is left to go to but its frame.
    const first = element.id === 'root' ? undefined : tabbablesIn(element)[0]
    if (first) return first
  }
  return null
}
