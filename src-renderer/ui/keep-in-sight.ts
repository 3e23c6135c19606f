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
    const chosen = row.querySelector('[role="tab"][aria-selected="true"]')?.getBoundingClientRect()
    const { left, right } = row.getBoundingClientRect()
    // By hand: to scroll it into view would scroll what the row is in, too.
    if (chosen && chosen.left < left) row.scrollLeft -= left - chosen.left
    else if (chosen && chosen.right > right) row.scrollLeft += chosen.right - right
    shown()
  }
  show()
  const observer = new ResizeObserver(show)
  observer.observe(row)
  for (const tab of row.children) observer.observe(tab)
  return () => observer.disconnect()
}
