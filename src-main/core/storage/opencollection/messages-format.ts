/** The messages of a WebSocket request file: one `{ type, data }`, or a list of `{ title, message }`. */
import { isSeq, type Document } from 'yaml'
import { SOCKET_MESSAGE_KINDS, type SocketMessage } from '#contract/model/websocket.ts'
import { editRows, readRows, type RowFormat } from './rows.ts'
import { changed, editMap, fresh, type Change } from './yaml-edit.ts'
import { followed, isAbsent, textOf, valueOf, type Value } from './yaml-nodes.ts'
import type { Fresh } from './yaml-render.ts'

/** Read the messages; a type that is not known is sent as text. */
export function readMessages(node: Value, document: Document): SocketMessage[] {
  if (isAbsent(node, document)) return []
  return isSeq(followed(node, document)) ? readRows(node, document, VARIANTS) : [readMessage(node, document, '')]
}

/** What to change in the `message` key of a request. */
export function editMessages(node: Value, document: Document, before: readonly SocketMessage[], after: readonly SocketMessage[]): Change {
  if (before.map(keyOf).join('\n') === after.map(keyOf).join('\n')) return undefined
  const [only] = after
  const [first] = before
  const isOne = after.length === 1 && only?.title === ''
  if (isSeq(followed(node, document))) return editRows(node, document, VARIANTS, before, after)
  if (only === undefined) return null
  if (!isOne) return fresh(after.map((message) => VARIANTS.fresh(message)))
  return first ? editMap(node, document, messageChanges(first, only)) : fresh(freshMessage(only))
}

function keyOf({ title, type, data }: SocketMessage): string {
  return JSON.stringify([title, type, data])
}

const VARIANTS: RowFormat<SocketMessage> = {
  read: (node, document) => readMessage(valueOf(node, 'message', document), document, textOf(valueOf(node, 'title', document), document)),
  changes: (node, document, before, after) => ({
    title: changed(before.title, after.title),
    message: editMap(valueOf(node, 'message', document), document, messageChanges(before, after)),
  }),
  fresh: (message) => ({ title: message.title, message: freshMessage(message) }),
  nameOf: ({ title }) => title,
  keyOf,
  readMap: () => [],
}

function readMessage(node: Value, document: Document, title: string): SocketMessage {
  const type = textOf(valueOf(node, 'type', document), document)
  return {
    title,
    type: SOCKET_MESSAGE_KINDS.find((kind) => kind === type) ?? 'text',
    data: textOf(valueOf(node, 'data', document), document),
  }
}

function messageChanges(before: SocketMessage, after: SocketMessage): Readonly<Record<string, Change>> {
  return { type: changed(before.type, after.type), data: changed(before.data, after.data) }
}

function freshMessage({ type, data }: SocketMessage): Fresh {
  return { type, data }
}
