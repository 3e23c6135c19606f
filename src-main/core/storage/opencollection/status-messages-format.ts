/** What is shown for a status, `posthaste.status_messages`: `{ status, show, disabled }`. */
import type { StatusMessage } from '#contract/model/capture.ts'
import { freshMarks, markChanges, readMarks, type RowFormat } from './rows.ts'
import { changed, keyText } from './yaml-edit.ts'
import { isNode, textOf, valueOf } from './yaml-nodes.ts'

export const STATUS_MESSAGES: RowFormat<StatusMessage> = {
  read: (node, document) => ({
    status: textOf(valueOf(node, 'status', document), document),
    show: textOf(valueOf(node, 'show', document), document),
    enabled: readMarks(node, document).enabled,
  }),
  changes: (node, document, before, after) => {
    const { disabled, enabled } = markChanges(node, document, before, after)
    return { status: changed(before.status, after.status), show: changed(before.show, after.show), disabled, enabled }
  },
  fresh: ({ status, show, enabled }) => ({ status, show, ...freshMarks({ enabled }) }),
  nameOf: ({ status }) => status,
  keyOf: ({ status, show, enabled }) => JSON.stringify([status, show, enabled]),
  // `400: res.body.message` for each.
  readMap: (node, document) =>
    node.items.map((pair) => ({
      status: keyText(pair.key),
      show: textOf(isNode(pair.value) ? pair.value : null, document),
      enabled: true,
    })),
}
