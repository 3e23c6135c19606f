/**
 * Environments, sessions and defaults that are open for editing, each as a draft with its undo steps. Plain data and setters;
 * `actions/layer-drafts` decides what editing and saving mean, and does so for every kind alike.
 */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { LayerDraft } from '#contract/model/draft.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { sameDocument } from '../lib/same-document.ts'
import type { Step, UndoStack } from '../lib/undo-stack.ts'

export type LayerKind = LayerDraft['kind']
export type LayerDraftOf<K extends LayerKind> = Extract<LayerDraft, { readonly kind: K }>
export type LayerValue<K extends LayerKind> = LayerDraftOf<K>['value']

type WithoutEdits<D> = D extends LayerDraft ? Omit<D, 'id' | 'base' | 'value'> : never
/** Which environment, session or defaults: where it is kept. */
export type LayerPlace<K extends LayerKind = LayerKind> = WithoutEdits<LayerDraftOf<K>>

export interface LayerStep extends Step {
  readonly value: LayerDraft['value']
}

export interface LayerEntry {
  readonly draft: LayerDraft
  readonly undo: UndoStack<LayerStep>
  /** What its file holds by now, where that is neither what the edits began with nor what is typed; its value null: nothing. */
  readonly theirs: { readonly value: LayerDraft['value'] | null } | null
  /** Why it could not be read or saved the last time. */
  readonly error: WireError | null
}

interface LayerDraftsState {
  readonly byId: Readonly<Record<DraftId, LayerEntry>>
  put: (entry: LayerEntry) => void
  remove: (id: DraftId) => void
}

export const useLayerDraftsStore = create<LayerDraftsState>()((set) => ({
  byId: {},
  put: (entry) => set((state) => ({ byId: { ...state.byId, [entry.draft.id]: entry } })),
  remove: (id) =>
    set((state) => {
      const { [id]: _gone, ...byId } = state.byId
      return { byId }
    }),
}))

/** Whether what is typed differs from what its file held when the edits began. */
export function isEdited({ base, value }: Pick<LayerDraft, 'base' | 'value'>): boolean {
  return base === null || !sameDocument(base, value)
}

export function isLayerKind<K extends LayerKind>(draft: LayerDraft, kind: K): draft is LayerDraftOf<K> {
  return draft.kind === kind
}

/** For a selector: the draft of an id, if it is of the kind. It keeps its identity until it is edited. */
export function layerDraftOf<K extends LayerKind>(id: DraftId, kind: K): (state: LayerDraftsState) => LayerDraftOf<K> | null {
  return ({ byId }) => {
    const draft = byId[id]?.draft
    return draft && isLayerKind(draft, kind) ? draft : null
  }
}
