/** The session that a request names for itself, whichever is chosen in the top bar. */
import { useId } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import { editDocument } from '../../actions/edit.ts'
import { collectionFor } from '../../lib/collection-of.ts'
import { useChoicesStore } from '../../stores/choices-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useSurroundingsStore } from '../../stores/surroundings-store.ts'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { HelpMark } from '../../ui/controls/help-mark.tsx'
import { withOption } from '../../forms/option-edits.ts'
import { OptionGroup } from '../../forms/option-group.tsx'
import { useRequest } from './use-request.ts'
import controls from '../../ui/controls/controls.module.css'
import { OptionWords } from '../../forms/option-words.tsx'
import { t } from '../../lib/t.ts'

/** No session of its own: a name is never empty. */
const CHOSEN = ''
const ONLY_DEFAULT: readonly string[] = [DEFAULT_SESSION]

const OF = ['session'] as const

export function SessionOption({ draftId }: { readonly draftId: DraftId }) {
  const id = useId()
  const session = useRequest(draftId, (document) => document.options.session)
  const sessions = useSessions(draftId)
  const named = session === undefined || session === '' || sessions.includes(session) ? sessions : [...sessions, session]
  const options: readonly SelectOption<string>[] = [
    { value: CHOSEN, label: t`The one chosen in the top bar` },
    ...named.map((name) => ({ value: name, label: name === DEFAULT_SESSION ? t`Default session` : name })),
  ]
  const choose = (name: string): void =>
    editDocument(draftId, 'options.session', (document) => ({
      ...document,
      options: withOption(document.options, 'session', name === CHOSEN ? undefined : name),
    }))
  return (
    <OptionGroup
      title={t`Session`}
      of={OF}
      startsOpen={session !== undefined}
      summary={session ? t`${session}, by this request` : ''}
      hasProblem={false}
    >
      <div className={controls.option} data-field="session">
        <span className={controls.optionLabel}>
          {t`Goes with`}
          <HelpMark label={t`Goes with`} id={`${id}-help`}>
            <OptionWords of="session" />
          </HelpMark>
        </span>
        <div className={controls.optionBody}>
          <Select label={t`Goes with`} value={session ?? CHOSEN} options={options} onChange={choose} describedBy={`${id}-help`} />
        </div>
      </div>
    </OptionGroup>
  )
}

function useSessions(draftId: DraftId): readonly string[] {
  const nodeId = useDraftsStore((state) => state.tabs[draftId]?.draft.nodeId ?? null)
  const lastUsed = useChoicesStore((state) => state.lastUsed)
  const id = useCollectionsStore((state) => collectionFor(nodeId, state.collections, lastUsed)?.id)
  return useSurroundingsStore((state) => (id === undefined ? undefined : state.byCollection[id])?.sessions ?? ONLY_DEFAULT)
}
