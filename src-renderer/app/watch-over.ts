/** What works beside the window for people who do not see it or do not point: fetched once it is drawn. */
import { announceExchanges } from './announce.ts'
import { keepFocus } from './keep-focus.ts'

/** For as long as the window lives. */
export function watchOver(): void {
  announceExchanges()
  keepFocus()
}
