/** The body: its kind, and the editor of that kind. What was typed under another kind is kept for when it comes back. */
import FileText from 'lucide-react/icons/file-text'
import { useId } from 'react'
import { assertNever } from '#contract/result.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { BodyKind } from '#contract/model/request.ts'
import { chooseBodyKind } from '../../actions/edit.ts'
import { BODY_LABELS } from '../../lib/body-labels.ts'
import { OptionWords } from '../../forms/option-words.tsx'
import { HelpMark } from '../../ui/controls/help-mark.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { FileBody } from './file-body.tsx'
import { FormBody } from './form-body.tsx'
import { GraphqlBody } from './graphql-body.tsx'
import { MultipartBody } from './multipart-body.tsx'
import { TextBody } from './text-body.tsx'
import { TextTools } from './text-tools.tsx'
import { useRequest } from './use-request.ts'
import { WebsocketBody } from './websocket-body.tsx'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

const KINDS: readonly SelectOption<BodyKind>[] = (
  ['none', 'json', 'form', 'multipart', 'text', 'xml', 'graphql', 'file', 'websocket'] as const
).map((value) => ({ value, label: BODY_LABELS[value] }))

export function BodySection({ draftId }: { readonly draftId: DraftId }) {
  const id = useId()
  const kind = useRequest(draftId, (document) => document.body.kind)
  return (
    <>
      <div className={styles.toolbar}>
        <Select label={t`Body type`} value={kind} options={KINDS} onChange={(next) => chooseBodyKind(draftId, next)} describedBy={id} />
        <HelpMark label={t`Body type`} id={id}>
          <OptionWords of={`body.${kind}`} />
        </HelpMark>
        {(kind === 'json' || kind === 'xml') && <TextTools draftId={draftId} kind={kind} />}
      </div>
      <BodyContent draftId={draftId} kind={kind} />
    </>
  )
}

/** Not keyed by the tab where it is an editor: that one changes its model, which is cheaper than starting anew. */
function BodyContent({ draftId, kind }: { readonly draftId: DraftId; readonly kind: BodyKind }) {
  switch (kind) {
    case 'none':
      return (
        <EmptyState
          icon={<FileText />}
          title={t`No body`}
        >{t`Choose a type above, or drop a file anywhere on the window to upload it.`}</EmptyState>
      )
    case 'json':
    case 'text':
    case 'xml':
      return <TextBody draftId={draftId} kind={kind} />
    case 'graphql':
      return <GraphqlBody draftId={draftId} />
    case 'form':
      return <FormBody key={draftId} draftId={draftId} />
    case 'multipart':
      return <MultipartBody key={draftId} draftId={draftId} />
    case 'file':
      return <FileBody key={draftId} draftId={draftId} />
    case 'websocket':
      return <WebsocketBody draftId={draftId} />
    default:
      return assertNever(kind)
  }
}
