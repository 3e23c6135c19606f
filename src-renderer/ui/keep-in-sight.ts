/** Keeps the chosen tab of a row that scrolls sideways in sight, whatever grows or shrinks: the row, a tab, its neighbours. */

/**
 * Show the chosen tab now, and again whenever the row or one of its tabs has another size.
 *
 * @param row   holds the tabs, each an element of its own; asked for anew once tabs come or go
 * @param shown called each time after the row may have scrolled
 * @returns what stops it
 */
export function keepChosenInSight(row: HTMLElement, shown: () => void = () => undefined): () => void {
  const show = (): void => {
    const tab = row.querySelector('[role="tab"][aria-selected="true"]')
    if (tab) {
      intoSight(row, tab)
      toWholeFirst(row, tab)
    }
    shown()
  }
  show()
  const observer = new ResizeObserver(show)
  observer.observe(row)
  for (const tab of row.children) observer.observe(tab)
  return () => observer.disconnect()
}

/** By hand: to scroll it into view would scroll what the row is in, too. */
function intoSight(row: HTMLElement, tab: Element): void {
  const { left, right } = row.getBoundingClientRect()
  const chosen = tab.getBoundingClientRect()
  if (chosen.left < left) row.scrollLeft -= left - chosen.left
  else if (chosen.right > right) row.scrollLeft += chosen.right - right
}

/** The row begins with a whole tab where it can, not with the end of one: that one comes into sight, or goes out of it. */
function toWholeFirst(row: HTMLElement, tab: Element): void {
  const { left, right } = row.getBoundingClientRect()
  const first = [...row.children].find((child) => child.getBoundingClientRect().right > left + 1)
  const cut = first?.getBoundingClientRect()
  if (!cut || cut.left >= left - 1 || first?.contains(tab) === true) return
  const hidden = left - cut.left
  row.scrollLeft += tab.getBoundingClientRect().right + hidden <= right ? -hidden : cut.right - left
}
