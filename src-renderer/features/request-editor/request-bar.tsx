/** Method, address, Send and Save; and under them what is wrong with the first two. */
import Save from 'lucide-react/icons/save'
import { useRef } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { METHODS } from '#contract/model/request-defaults.ts'
import { editDocument } from '../../actions/edit.ts'
import { save } from '../../actions/save.ts'
import { useShortcut } from '../../stores/settings-store.ts'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { AddressProblems } from './address-problems.tsx'
import { SendButton } from './send-button.tsx'
import { UrlInput } from './url-input.tsx'
import { VariablesOf } from '../../forms/variables-of.tsx'
import { useFocusWish } from './use-focus-wish.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import { useUndoKeys } from './use-undo-keys.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

export function RequestBar({ draftId }: { readonly draftId: DraftId }) {
  const box = useRef<HTMLDivElement>(null)
  const onKeyDownCapture = useUndoKeys(draftId, box)
  const methodField = useRef<HTMLInputElement>(null)
  useFocusWish(draftId, 'method', () => methodField.current)
  const method = useRequest(draftId, (document) => document.method)
  const isSocket = useRequest(draftId, ({ body }) => body.kind === 'websocket')
  const isMethodWrong = useSectionProblems(draftId, 'method').length > 0
  return (
    <div ref={box} className={styles.bar} onKeyDownCapture={onKeyDownCapture}>
      <div className={styles.address}>
        {isSocket ? (
          <span className={styles.socket} title={t`A WebSocket is asked for by a GET`}>{t`WebSocket`}</span>
        ) : (
          <span className={styles.method} data-method={method}>
            <Combobox
              ref={methodField}
              label={t`Method`}
              value={method}
              options={METHODS}
              transform={(text) => text.toUpperCase()}
              invalid={isMethodWrong}
              onChange={(next) => editDocument(draftId, 'method', (document) => ({ ...document, method: next.trim() }))}
            />
          </span>
        )}
        <VariablesOf draftId={draftId}>
          <UrlInput draftId={draftId} />
        </VariablesOf>
        <SendButton draftId={draftId} />
        <Button
          icon={<Save />}
          className={styles.save ?? ''}
          tooltip={t`Save`}
          {...useShortcut('request.save')}
          onClick={() => void save(draftId)}
        >{t`Save`}</Button>
      </div>
      <AddressProblems draftId={draftId} />
    </div>
  )
}
