/** What can be done to a JSON or XML body: indent it anew, and for JSON, send it although it is not valid. */
import { useState } from 'react'
import AlignLeft from 'lucide-react/icons/align-left'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { Button } from '../../ui/button.tsx'
import { CheckBox } from '../../ui/controls/check-box.tsx'
import { formatJson } from './json-format.ts'
import { setBodyText } from './text-body.tsx'
import { useRequest } from './use-request.ts'
import { formatXml } from './xml-format.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

interface TextToolsProps {
  readonly draftId: DraftId
  readonly kind: 'json' | 'xml'
}

export function TextTools({ draftId, kind }: TextToolsProps) {
  const isAsTyped = useRequest(draftId, ({ body }) => body.kind === 'json' && body.asTyped)
  const text = useRequest(draftId, ({ body }) => ('text' in body ? body.text : ''))
  const [refused, setRefused] = useState<string | null>(null)
  const format = async (): Promise<void> => {
    const formatted = kind === 'json' ? formatJson(text) : await formatXml(text)
    setRefused(formatted === null ? text : null)
    const { body } = useDraftsStore.getState().tabs[draftId]?.draft.document ?? {}
    // Typed on meanwhile: that counts more than the layout.
    if (formatted !== null && body && 'text' in body && body.text === text) setBodyText(draftId, 'body.format', formatted)
  }
  return (
    <>
      <Button
        variant="ghost"
        icon={<AlignLeft />}
        disabled={text.trim() === ''}
        tooltip={t`Indent anew; nothing but white space changes`}
        onClick={() => void format()}
      >
        {kind === 'json' ? t`Format JSON` : t`Format XML`}
      </Button>
      {kind === 'json' && (
        <CheckBox
          label={t`Send as typed`}
          title={t`Send the text although it is not valid JSON`}
          checked={isAsTyped}
          onChange={(asTyped) =>
            editDocument(draftId, 'body.asTyped', (document) =>
              document.body.kind === 'json' ? { ...document, body: { ...document.body, asTyped } } : document,
            )
          }
        />
      )}
      {refused === text && text !== '' && (
        <span className={styles.statusFault} aria-live="polite">
          {kind === 'json' ? t`Not valid JSON: nothing was changed.` : t`Not well-formed XML: nothing was changed.`}
        </span>
      )}
    </>
  )
}
