/** The address. One line: a pasted text of several lines is joined, and a notice says so; quotes around a pasted URL go. What is typed here is never encoded or tidied. */
import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument, editDraft, withKindOfUrl } from '../../actions/edit.ts'
import { pasteRequest } from '../../actions/paste-request.ts'
import { sendOrSpeak } from '../../actions/websockets.ts'
import { looksLikeCommand } from '../../lib/looks-like-import.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { VariableLayer } from '../../ui/variables/variable-layer.tsx'
import { ADDRESS_PROBLEMS_ID, useAddressProblems } from './address-problems.tsx'
import { withUrl } from './query-rows.ts'
import { pastedAddress, type PastedAddress } from './joined-lines.ts'
import { useFocusWish } from './use-focus-wish.ts'
import { useRequest } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

export function UrlInput({ draftId }: { readonly draftId: DraftId }) {
  const field = useRef<HTMLInputElement>(null)
  /** What the next change is called: a paste is an undo step of its own, typing goes on with the last. */
  const step = useRef('url')
  const pastes = useRef(0)
  const url = useRequest(draftId, (document) => document.url)
  const isWrong = useAddressProblems(draftId).some((problem) => problem.where?.section === 'url')

  useFocusWish(draftId, 'url', () => field.current)

  const onKeyDown = (event: KeyboardEvent): void => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    if (event.key !== 'Enter' || !isPlain || event.nativeEvent.isComposing) return
    event.preventDefault()
    sendOrSpeak(draftId)
  }
  const onPaste = (event: ClipboardEvent<HTMLInputElement>): void => {
    pastes.current += 1
    step.current = `url.paste#${pastes.current}`
    const text = event.clipboardData.getData('text/plain')
    const input = event.currentTarget
    if (looksLikeCommand(text)) {
      event.preventDefault()
      void pasteRequest(draftId, text).then((isUnderstood) => {
        if (!isUnderstood && input.isConnected) putAddress(input, pastedAddress(text))
      })
      return
    }
    const pasted = pastedAddress(text)
    if (pasted.text === text) return
    event.preventDefault()
    putAddress(input, pasted)
  }
  const putAddress = (input: HTMLInputElement, pasted: PastedAddress): void => {
    const start = input.selectionStart ?? 0
    putText(input, pasted.quoted ?? pasted.text, start, input.selectionEnd ?? 0)
    if (pasted.quoted !== null) {
      // A step of its own: one undo brings the quotes back.
      step.current = `url.unquote#${pastes.current}`
      putText(input, pasted.text, start, start + pasted.quoted.length)
    }
    if (pasted.note !== null) tellOfPaste(draftId, pasted.note, url)
  }
  return (
    <span className={styles.urlField}>
      <input
        ref={field}
        type="text"
        className={styles.url}
        aria-label={t`URL`}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? ADDRESS_PROBLEMS_ID : undefined}
        placeholder={t`https://example.com or {{base_url}}`}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        inputMode="url"
        value={url}
        onChange={(event) => {
          const typed = event.target.value
          editDraft(draftId, step.current, (draft) => withKindOfUrl({ ...draft, document: withUrl(draft.document, typed) }))
          step.current = 'url'
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <VariableLayer field={field} value={url} />
    </span>
  )
}

/** Put a text into the field. The field tells of it as if it had been typed, and keeps its cursor. */
function putText(input: HTMLInputElement, text: string, start: number, end: number): void {
  input.setRangeText(text, start, end, 'end')
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

function tellOfPaste(draftId: DraftId, text: string, before: string): void {
  const takeBack = (): void => editDocument(draftId, 'url.paste.back', (document) => withUrl(document, before))
  useAppStore.getState().addNotice({ id: `paste:${draftId}`, tone: 'info', text, action: { label: t`Undo`, run: takeBack } })
}
