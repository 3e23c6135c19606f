/** What sessions and defaults have in common, and the edits of it: one way for both. */
import type { DraftId } from '#contract/model/ids.ts'
import type { Auth, Options, Row } from '#contract/model/request.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
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
