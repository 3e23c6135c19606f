/** Two answers compared: the page, and the menu beside an answer that leads to it. */
export { ComparePane } from './compare-pane.tsx'
export { CompareMenu } from './compare-menu.tsx'
