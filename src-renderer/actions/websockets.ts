/**
 * Speaking on the WebSocket that a tab has open. Connecting is a send like any other; what is done here is for as long
 * as it lasts.
 */
import type { DraftId, ExchangeId } from '#contract/model/ids.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { shownMessage, useMessageStore } from '../stores/message-store.ts'
import { contextOf } from './context.ts'
import { platform } from './platform-ref.ts'
import { seedOf } from './preview.ts'
import { send } from './send.ts'

/** The exchange of the tab's WebSocket, while that is open; null: it is not. */
function openSocketOf(id: DraftId): ExchangeId | null {
  const sending = exchangeOf(id)(useExchangesStore.getState()).sending
  return sending?.socket ? sending.exchangeId : null
}

/** What Ctrl+Enter does: on an open WebSocket it sends the message that is shown, else it sends the request. */
export function sendOrSpeak(id: DraftId): void {
  if (openSocketOf(id) === null) void send(id)
  else void sendMessage(id)
}

/** Send the message that is shown. What keeps it from being sent becomes a notice. */
export async function sendMessage(id: DraftId): Promise<void> {
  const exchangeId = openSocketOf(id)
  const draft = useDraftsStore.getState().tabs[id]?.draft
  if (exchangeId === null || draft?.document.body.kind !== 'websocket') return
  const { document, nodeId } = draft
  const message = draft.document.body.messages[shownMessage(id, draft.document.body.messages)(useMessageStore.getState())]
  if (!message) return
  const { type, data } = message
  const input = { document, nodeId, seed: seedOf(id), context: contextOf(draft), exchangeId, type, data }
  const sent = await platform().call('socket.send', input)
  if (!sent.ok) useAppStore.getState().addNotice(noticeOf(sent.error))
}

/** Close the tab's WebSocket as the protocol asks for; the exchange ends once the server has answered. */
export async function disconnect(id: DraftId): Promise<void> {
  const exchangeId = openSocketOf(id)
  if (exchangeId === null) return
  const closed = await platform().call('socket.close', { exchangeId })
  if (!closed.ok) useAppStore.getState().addNotice(noticeOf(closed.error))
}
