/** What sessions and defaults have in common, and the edits of it: one way for both. */
import { useCallback } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { Auth, Options, Row } from '#contract/model/request.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
import type { OptionsForm } from '../../forms/options-form.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'

export type PartsDraft = LayerDraftOf<'session'> | LayerDraftOf<'defaults'>

export interface Parts {
  readonly headers: Row[]
  readonly auth: Auth
  readonly options: Options
}

/** As `editLayer`, for a part that both kinds have. */
export function editParts(
  id: DraftId,
  kind: PartsDraft['kind'],
  field: string,
  change: (value: Parts) => Partial<Parts>,
  step: 'joins' | 'alone' = 'joins',
): void {
  if (kind === 'session') editLayer(id, 'session', field, (value) => ({ ...value, ...change(value) }), step)
  else editLayer(id, 'defaults', field, (value) => ({ ...value, ...change(value) }), step)
}

/** How the options of a draft are changed; keeps its identity. */
export function useOptionsEdit({ id, kind }: PartsDraft): OptionsForm['edit'] {
  return useCallback(
    (field, change) => editParts(id, kind, `options.${field}`, ({ options }) => ({ options: change(options) })),
    [id, kind],
  )
}
