/** Which of its WebSocket messages each tab shows. A matter of this window's moment: not kept over a restart. */
import { create } from 'zustand'
import type { DraftId } from '#contract/model/ids.ts'

interface MessageState {
  readonly byTab: Readonly<Record<DraftId, number>>
  show: (id: DraftId, index: number) => void
}

export const useMessageStore = create<MessageState>()((set) => ({
  byTab: {},
  show: (id, index) => set((state) => ({ byTab: { ...state.byTab, [id]: index } })),
}))

/** The index of the message that is shown; 0 where there is none. */
export function shownMessage(id: DraftId, messages: readonly unknown[]): (state: Pick<MessageState, 'byTab'>) => number {
  return ({ byTab }) => Math.max(0, Math.min(byTab[id] ?? 0, messages.length - 1))
}
