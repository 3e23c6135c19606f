/**
 * Takes up wishes for the focus (`stores/focus-store`): a field of the bar for itself, the sections for all that is in
 * them, whichever section is shown when the wish comes.
 */
import { useEffect, useEffectEvent, useMemo, type RefObject } from 'react'
import type { FieldRef } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useFocusStore, type FocusWish } from '../../stores/focus-store.ts'
import type { WantedPlace } from '../../ui/key-value-table/index.ts'
import { SECTIONS, type Section } from './sections.ts'
import { useViewStore } from './view-store.ts'
import { wantedField } from './wanted-field.ts'

/** Focus a field of the bar, its text selected, when that is wished for. */
export function useFocusWish(draftId: DraftId, section: FieldRef['section'], field: () => HTMLInputElement | null): void {
  const wish = useWish(draftId)
  const takeUp = useEffectEvent((taken: FocusWish) => {
    const element = field()
    if (!taken.gently || nothingHasFocus()) {
      element?.focus()
      element?.select()
    }
    useFocusStore.getState().done(taken)
  })
  useEffect(() => {
    if (wish?.where.section === section) takeUp(wish)
  }, [wish, section])
}

/**
 * Show the section of a wished-for field and focus it there.
 *
 * @param panel holds the section's content
 * @returns the cell to be focused, for the tables; null where none is
 */
export function useSectionWish(draftId: DraftId, active: Section, panel: RefObject<HTMLElement | null>): WantedPlace | null {
  const wish = useWish(draftId)
  const section = wish === null ? undefined : SECTIONS.find((one) => one === wish.where.section)
  const target = useMemo(() => {
    const document = useDraftsStore.getState().tabs[draftId]?.draft.document
    return wish && document ? wantedField(wish.where, document) : null
  }, [wish, draftId])
  useEffect(() => {
    if (wish === null || section === undefined) return
    if (section !== active) return useViewStore.getState().show(draftId, section)
    if (target?.kind === 'field') focusIn(panel.current, target.name)
    useFocusStore.getState().done(wish)
  }, [wish, section, target, active, draftId, panel])
  return useMemo(() => (target?.kind === 'cell' && section === active ? target : null), [target, section, active])
}

function useWish(draftId: DraftId): FocusWish | null {
  return useFocusStore(({ wish }) => (wish?.draftId === draftId ? wish : null))
}

function nothingHasFocus(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

const FIELD = 'textarea, input, select'

/** The named field, else the one that is marked wrong, else the first that takes text; else the tab of the section. */
function focusIn(panel: HTMLElement | null, name: string): void {
  const named = panel?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`)
  const field =
    (named?.matches(FIELD) === false ? named.querySelector<HTMLElement>(FIELD) : named) ??
    panel?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
    panel?.querySelector<HTMLElement>('textarea:not([data-cell]), input[type="text"]') ??
    document.getElementById(panel?.getAttribute('aria-labelledby') ?? '')
  field?.focus()
  if (field instanceof HTMLInputElement) field.select()
}
