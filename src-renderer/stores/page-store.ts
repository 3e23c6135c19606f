/**
 * What of the window is in front: the view of the side bar, and the page that stands before the open requests. A page is not
 * a tab: choosing a request goes back to that.
 */
import { create } from 'zustand'
import type { Example } from '#contract/model/example.ts'
import type { HistoryRead } from '#contract/model/history.ts'
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import type { ComparedSide } from '../lib/compared-side.ts'

export type SideView = 'collections' | 'sessions' | 'environments' | 'history'

/** The sections of the pages of sessions and defaults. */
export type LayerSection = 'headers' | 'params' | 'auth' | 'variables' | 'options' | 'cookies' | 'adapters' | 'scripts'

/** Where in a layer's page the focus is wanted. */
export interface LayerFocus {
  /** The variable, header or other row of this name; where there is none the blank one. */
  readonly name: string
  /** Where there is none of the name, one is to be made. */
  readonly isNew?: boolean
  /** The section it is in; the page knows its sections' names. */
  readonly section?: LayerSection
}

export type Page =
  | { readonly kind: 'historyEntry'; readonly read: HistoryRead }
  | { readonly kind: 'comparison'; readonly left: ComparedSide; readonly right: ComparedSide }
  /** An answer kept in the file of a saved request. */
  | { readonly kind: 'example'; readonly nodeId: NodeId; readonly example: Example }
  /** What is to be run, how it goes, and earlier runs: see `runs-store`. */
  | { readonly kind: 'runner' }
  /** Where in it: see `manual-store`. */
  | { readonly kind: 'manual' }
  /** An environment, a session or defaults, by the id of its draft; `focus` is a new object with each wish. */
  | { readonly kind: 'layer'; readonly id: DraftId; readonly focus: LayerFocus | null }

interface PageState {
  readonly sideView: SideView
  /** In front of the open requests; null: they are. */
  readonly page: Page | null
  show: (page: Page | null) => void
  showSide: (view: SideView) => void
}

export const usePageStore = create<PageState>()((set) => ({
  sideView: 'collections',
  page: null,
  show: (page) => set({ page }),
  showSide: (sideView) => set({ sideView }),
}))
