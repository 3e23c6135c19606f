/** How the editor's parts read the request of their tab: each takes only what it shows. */
import { useCallback, useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { FieldRef, WireError } from '#contract/errors.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { editDocument } from '../../actions/edit.ts'
import { tableStep } from '../../lib/table-step.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { problemsIn } from '../../forms/problems.ts'

const NO_REQUEST = emptyRequest()
const NO_PROBLEMS: readonly WireError[] = []

/** A part of the tab's request; drawn again only when that part changes. */
export function useRequest<T>(id: DraftId, pick: (document: RequestDocument) => T): T {
  return useDraftsStore((state) => pick(state.tabs[id]?.draft.document ?? NO_REQUEST))
}

/** Everything that keeps the request from being sent, as of the last preview. */
export function useProblems(id: DraftId): readonly WireError[] {
  return usePreviewsStore((state) => state.byTab[id]?.problems ?? NO_PROBLEMS)
}

/** The problems of one section. */
export function useSectionProblems(id: DraftId, section: FieldRef['section']): readonly WireError[] {
  const problems = useProblems(id)
  return useMemo(() => problemsIn(problems, section), [problems, section])
}

/**
 * The edit function of a table, for `KeyValueTable`. Typing in one cell is one undo step; anything else is one each.
 *
 * @param section first part of the field's name, such as `headers`
 * @param apply puts changed rows into the document
 */
export function useRowEdits<R>(
  id: DraftId,
  section: string,
  apply: (document: RequestDocument, change: (rows: readonly R[]) => readonly R[]) => RequestDocument,
): (what: string, change: (rows: readonly R[]) => readonly R[]) => void {
  return useCallback(
    (what, change) => {
      editDocument(id, tableStep(section, what), (document) => apply(document, change))
    },
    [id, section, apply],
  )
}
