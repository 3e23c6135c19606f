/** Shows the manual, wherever in the window it was asked for. */
import { useManualStore } from '../stores/manual-store.ts'
import { useOverlayStore } from '../stores/overlay-store.ts'
import { usePageStore } from '../stores/page-store.ts'

/**
 * Show the manual in front of the requests.
 *
 * @param page its file below `docs`, without `.md`; left out: where one was last
 * @param heading its name in a link
 */
export function openManual(page?: string, heading: string | null = null): void {
  if (page !== undefined) useManualStore.getState().go({ page, heading })
  // It would open behind the settings, out of sight.
  useOverlayStore.getState().close()
  usePageStore.getState().show({ kind: 'manual' })
}
