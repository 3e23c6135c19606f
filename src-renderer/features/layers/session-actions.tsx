/** What can be done with a session from its page: use it, and end its connections. */
import Check from 'lucide-react/icons/check'
import Unplug from 'lucide-react/icons/unplug'
import type { DraftId } from '#contract/model/ids.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import { chooseSession } from '../../actions/choices.ts'
import { closeConnections } from '../../actions/sessions.ts'
import { NO_CHOICE, useChoicesStore } from '../../stores/choices-store.ts'
import { layerDraftOf, useLayerDraftsStore } from '../../stores/layer-drafts-store.ts'
import { Button } from '../../ui/button.tsx'
import { t } from '../../lib/t.ts'

export function SessionActions({ id }: { readonly id: DraftId }) {
  const draft = useLayerDraftsStore(layerDraftOf(id, 'session'))
  const chosen = useChoicesStore((state) => (state.byCollection[draft?.collectionId ?? ''] ?? NO_CHOICE).session) ?? DEFAULT_SESSION
  const name = draft?.name ?? null
  if (!draft || name === null) return null
  const { collectionId } = draft
  return (
    <>
      {chosen !== name && (
        <Button
          variant="ghost"
          icon={<Check />}
          onClick={() => chooseSession(collectionId, name === DEFAULT_SESSION ? null : name)}
        >{t`Use`}</Button>
      )}
      <Button
        variant="ghost"
        icon={<Unplug />}
        tooltip={t`Ends the connections that it keeps open, as leaving with Session() does`}
        onClick={() => void closeConnections(collectionId, name)}
      >{t`Close connections`}</Button>
    </>
  )
}
