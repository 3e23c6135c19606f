/** Shows the manual, wherever in the window it was asked for. */
import { useManualStore } from '../stores/manual-store.ts'
import { usePageStore } from '../stores/page-store.ts'

/**
 * Show the manual in front of the requests.
 *
 * @param page its file below `docs`, without `.md`; left out: where one was last
 * @param heading its name in a link
 */
export function openManual(page?: string, heading: string | null = null): void {
  if (page !== undefined) useManualStore.getState().go({ page, heading })
  usePageStore.getState().show({ kind: 'manual' })
}
