/** The messages of a WebSocket request: one is shown, to be edited and, while the connection is open, sent as often as one likes. */
import MessageSquare from 'lucide-react/icons/message-square'
import Plus from 'lucide-react/icons/plus'
import SendHorizontal from 'lucide-react/icons/send-horizontal'
import Trash from 'lucide-react/icons/trash-2'
import { useContext } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { SOCKET_MESSAGE_KINDS, type SocketMessage } from '#contract/model/websocket.ts'
import { editDocument } from '../../actions/edit.ts'
import { sendMessage } from '../../actions/websockets.ts'
import { Editor } from '../../monaco/editor.tsx'
import type { EditorLanguage } from '../../monaco/editor-props.ts'
import { useShortcut } from '../../stores/settings-store.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { shownMessage, useMessageStore } from '../../stores/message-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { Variables } from '../../ui/variables/variable-lookup.ts'
import { isJsonWithVariables } from './json-format.ts'
import { useRequest } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

type Kind = SocketMessage['type']

const LABELS: Readonly<Record<Kind, string>> = { text: t`Text`, json: 'JSON', xml: 'XML', binary: t`Binary (Base64)` }
const KINDS: readonly SelectOption<Kind>[] = SOCKET_MESSAGE_KINDS.map((value) => ({ value, label: LABELS[value] }))
const LANGUAGES: Readonly<Record<Kind, EditorLanguage>> = { text: 'plaintext', json: 'json', xml: 'xml', binary: 'plaintext' }
const NONE: readonly SocketMessage[] = []

export function WebsocketBody({ draftId }: { readonly draftId: DraftId }) {
  const messages = useRequest(draftId, ({ body }) => (body.kind === 'websocket' ? body.messages : NONE))
  const shown = useMessageStore(shownMessage(draftId, messages))
  const message = messages[shown]
  const add = (): void => {
    editMessages(draftId, 'body.messages.add', (all) => [...all, { title: '', type: message?.type ?? 'text', data: '' }])
    useMessageStore.getState().show(draftId, messages.length)
  }
  if (!message) {
    return (
      <EmptyState icon={<MessageSquare />} title={t`No messages`}>
        <p>{t`Messages are sent one by one once the WebSocket is open.`}</p>
        <Button icon={<Plus />} onClick={add}>{t`Add message`}</Button>
      </EmptyState>
    )
  }
  const change = (field: keyof SocketMessage, part: Partial<SocketMessage>): void =>
    editMessages(draftId, `body.messages.${shown}.${field}`, (all) =>
      all.map((one, index) => (index === shown ? { ...one, ...part } : one)),
    )
  return (
    <>
      <div className={styles.toolbar}>
        <Select
          label={t`Message`}
          value={String(shown)}
          options={messages.map((one, index) => ({ value: String(index), label: titleOf(one, index) }))}
          onChange={(value) => useMessageStore.getState().show(draftId, Number(value))}
        />
        <IconButton label={t`Add message`} icon={<Plus />} onClick={add} />
        <IconButton
          label={t`Delete message`}
          icon={<Trash />}
          onClick={() => editMessages(draftId, 'body.messages.delete', (all) => all.filter((_one, index) => index !== shown))}
        />
        <Select label={t`Message type`} value={message.type} options={KINDS} onChange={(type) => change('type', { type })} />
        <TextInput
          label={t`Message title`}
          className={styles.messageTitle ?? ''}
          placeholder={titleOf({ ...message, title: '' }, shown)}
          value={message.title}
          onChange={(title) => change('title', { title })}
        />
        <SendMessage draftId={draftId} />
      </div>
      <MessageText key={shown} draftId={draftId} shown={shown} message={message} onChange={(data) => change('data', { data })} />
    </>
  )
}

interface MessageTextProps {
  readonly draftId: DraftId
  readonly shown: number
  readonly message: SocketMessage
  readonly onChange: (data: string) => void
}

function MessageText({ draftId, shown, message, onChange }: MessageTextProps) {
  const variables = useContext(Variables)
  const { type, data } = message
  return (
    <div className={styles.editorBox}>
      <Editor
        modelKey={`${draftId}/body.websocket.${shown}.${type}`}
        language={LANGUAGES[type]}
        label={t`Message text`}
        text={data}
        placeholder={type === 'binary' ? t`Bytes as Base64, such as AP8H` : t`What to send once the WebSocket is open`}
        variables={variables}
        onChange={onChange}
        {...(type === 'json' && { isRight: isJsonWithVariables })}
      />
    </div>
  )
}

function SendMessage({ draftId }: { readonly draftId: DraftId }) {
  const isOpen = useExchangesStore((state) => (exchangeOf(draftId)(state).sending?.socket ?? null) !== null)
  const shortcut = useShortcut('request.send')
  return (
    <Button
      icon={<SendHorizontal />}
      disabled={!isOpen}
      tooltip={isOpen ? t`Send message` : t`Connect first`}
      {...(isOpen && shortcut)}
      onClick={() => void sendMessage(draftId)}
    >{t`Send message`}</Button>
  )
}

function titleOf({ title }: SocketMessage, index: number): string {
  return title.trim() === '' ? t`Message ${index + 1}` : title
}

function editMessages(id: DraftId, field: string, change: (messages: readonly SocketMessage[]) => SocketMessage[]): void {
  editDocument(id, field, (document) =>
    document.body.kind === 'websocket' ? { ...document, body: { ...document.body, messages: change(document.body.messages) } } : document,
  )
}
