/** Ids of the open requests' tabs and of their panel, for whoever draws either. */
import type { DraftId } from '#contract/model/ids.ts'

export const OPEN_TABS = {
  tabId: (id: DraftId): string => `open-${id}`,
  panelId: 'open-request',
} as const
