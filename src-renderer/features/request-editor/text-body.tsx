/** A body of text in the editor; under JSON a line says whether it is valid. */
import { useContext, useRef } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { Editor } from '../../monaco/editor.tsx'
import type { EditorHandle, EditorLanguage } from '../../monaco/editor-props.ts'
import { Variables } from '../../ui/variables/variable-lookup.ts'
import { isJsonWithVariables } from './json-format.ts'
import { JsonStatus } from './json-status.tsx'
import { useRequest } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

export type TextKind = 'json' | 'text' | 'xml'

const LANGUAGES: Readonly<Record<TextKind, EditorLanguage>> = { json: 'json', text: 'plaintext', xml: 'xml' }
const PLACEHOLDERS: Readonly<Record<TextKind, string>> = {
  json: '{ "name": "value" }',
  text: t`Any text, sent as UTF-8`,
  xml: '<request/>',
}

export function TextBody({ draftId, kind }: { readonly draftId: DraftId; readonly kind: TextKind }) {
  const handle = useRef<EditorHandle>(null)
  const variables = useContext(Variables)
  const text = useRequest(draftId, ({ body }) => ('text' in body ? body.text : ''))
  return (
    <>
      <div className={styles.editorBox}>
        <Editor
          ref={handle}
          modelKey={`${draftId}/body.${kind}`}
          language={LANGUAGES[kind]}
          label={t`Body text`}
          text={text}
          placeholder={PLACEHOLDERS[kind]}
          onChange={(next) => setBodyText(draftId, 'body.text', next)}
          variables={variables}
          {...(kind === 'json' && { isRight: isJsonWithVariables })}
        />
      </div>
      {kind === 'json' && <JsonStatus draftId={draftId} text={text} onShow={(line, column) => handle.current?.goTo(line, column)} />}
    </>
  )
}

/** Put a text into the body, whichever kind of text it is. */
export function setBodyText(id: DraftId, field: string, text: string): void {
  editDocument(id, field, (document) =>
    'text' in document.body && document.body.text !== text ? { ...document, body: { ...document.body, text } } : document,
  )
}
